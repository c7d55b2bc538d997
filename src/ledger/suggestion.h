// The nearest of several names to one that was mistyped (definitions.md §1: a suggestion). Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fazhi::ledger {

// Nothing ("") where none is near: more than a third of the characters differ.
std::string nearest_name(std::string_view typed, const std::vector<std::string>& names);

}  // namespace fazhi::ledger
