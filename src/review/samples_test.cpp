#include "review/samples.h"

#include <doctest/doctest.h>

#include "review/testing/national_lexicon.h"

namespace fazhi::review {

TEST_CASE("every sample of the national checks holds") {
    const auto reviewer = Reviewer::of(national_definitions());
    REQUIRE(reviewer);
    const SampleRun run = try_samples(*reviewer);
    for (const SampleFault& fault : run.faults) {
        const std::string said = fault.check + "：" + fault.sample + " " + fault.message;
        CHECK_MESSAGE(false, said);
    }
    CHECK(run.checks > 25);
    CHECK(run.samples >= 4 * run.checks);
}

}  // namespace fazhi::review
