// Tables of mistakes: one text of the pack "office" replaced, and what must be said of it, on which
// line.
#pragma once

#include <span>
#include <string_view>

namespace fazhi::definition::testing {

struct FaultCase {
    std::string_view path;
    std::string_view from;  // replaced by `to`; the problem stands on the line where `to` begins
    std::string_view to;
    std::string_view key_path;
    std::string_view message;  // part of it
};

// Loads the pack once per case; each must be refused with that problem.
void check_faults(std::span<const FaultCase>);

}  // namespace fazhi::definition::testing
