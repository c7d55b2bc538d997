// Bodies as trees of data, and back. Numbers are whole; what has a fraction is written as text.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/value.h"

namespace fazhi::http {

inline constexpr std::size_t kJsonDepthMax = 20;

// A JSON text that is one object. Refuses kBadBody: no JSON, deeper than kJsonDepthMax, a fraction,
// a number beyond ±2⁵³, the same key twice, text that is not UTF-8.
Result<Value> parse_body(std::string_view text);

}  // namespace fazhi::http
