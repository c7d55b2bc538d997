#include "definition/testing/fault_cases.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "definition/testing/packs.h"

namespace fazhi::definition::testing {

void check_faults(std::span<const FaultCase> cases) {
    for (const FaultCase& each : cases) {
        CAPTURE(each.to);
        const PackSource before = office_pack();
        const int line = line_with(before, each.path, each.from);
        const Loaded loaded = build_set({changed(before, each.path, each.from, each.to)});
        CHECK(loaded.set == nullptr);
        const bool said = std::any_of(
            loaded.problems.begin(), loaded.problems.end(), [&](const Problem& problem) {
                return problem.file == "packs/office/" + std::string(each.path) &&
                       problem.line == line && problem.key_path == each.key_path &&
                       problem.message.find(each.message) != std::string::npos &&
                       !problem.source.empty();
            });
        CHECK_MESSAGE(said, "expected line ", line, " ", each.key_path, " ", each.message, "\n",
                      all_of(loaded.problems));
    }
}

}  // namespace fazhi::definition::testing
