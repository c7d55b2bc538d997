#include "action/review_tools.h"

#include <doctest/doctest.h>

#include "action/errors.h"

namespace fazhi::action {

// A file's bytes are asked for once a place to read it at is taken: what is asked for then is asked
// while it is.
TEST_CASE("as many files as there are readers are read at once, and no more") {
    ReviewTools tools;
    tools.read_with({FAZHI_EXTRACTION_CHILD, {}});
    std::size_t places = 0;
    std::optional<Error> third;
    std::function<std::optional<std::string>()> taken = [&]() -> std::optional<std::string> {
        ++places;
        const auto next = tools.text_of({std::to_string(places), "a.txt", taken});
        if (places == kReadersMax && !next) third = next.error();
        return "街道2024年法治政府建设报告\n";
    };
    REQUIRE(tools.text_of({"first", "a.txt", taken}));
    CHECK(places == kReadersMax);
    REQUIRE(third);
    CHECK(third->code == errors::kReadersBusy);
    CHECK(third->kind == ErrorKind::Unavailable);
    // Given back: the next is read, and what was read stands.
    CHECK(tools.text_of({"again", "a.txt", [] { return std::optional<std::string>("一\n"); }}));
    CHECK(tools.text_of({"first", "a.txt", [] { return std::optional<std::string>(); }}));
    // Also where there are no bytes.
    for (std::size_t i = 0; i < kReadersMax + 1; ++i) {
        const auto gone =
            tools.text_of({"gone", "a.txt", [] { return std::optional<std::string>(); }});
        REQUIRE_FALSE(gone);
        CHECK(gone.error().code == errors::kFileGone);
    }
}

}  // namespace fazhi::action
