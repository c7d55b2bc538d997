// Reading back what this program's journal wrote, where nothing is proved by it: for followers.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/value.h"

namespace fazhi::journal {

// As parse_canonical, but not held against the canonical form, which costs as much again. Nothing
// where it is no JSON that a record may be.
std::optional<Value> parse_own(std::string_view text);

}  // namespace fazhi::journal
