// One code point at a time, in and out of UTF-8. For the sources of this room; others ask utf8.h.
//
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi::text {

inline constexpr char32_t kReplacement = U'\uFFFD';

// The code point at byte `at` (< text.size()); moves `at` behind it. Nothing, and one byte on,
// where no well-formed sequence stands: overlong forms, surrogates and what lies beyond U+10FFFF
// are none (Unicode table 3-7).
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at);

// A surrogate or a value beyond U+10FFFF is written as U+FFFD.
void append_utf8(char32_t code_point, std::string& out);

}  // namespace fazhi::text
