// Every refusal of this room, the most important first. Each says at which character the fault is.
#pragma once

#include <string_view>

namespace fazhi::text::errors {

inline constexpr std::string_view kInvalidUtf8 = "text.invalid_utf8";
inline constexpr std::string_view kNullCharacter = "text.null_character";
// Controls, also line breaks and tabs where one line is asked for, and code points that are no
// characters.
inline constexpr std::string_view kControlCharacter = "text.control_character";
// Marks that turn the direction of writing: what is read is not what is stored.
inline constexpr std::string_view kDirectionMark = "text.direction_mark";
// Zero-width and other invisible characters: two texts that look alike and are not equal.
inline constexpr std::string_view kInvisibleCharacter = "text.invisible_character";
inline constexpr std::string_view kTooLong = "text.too_long";

}  // namespace fazhi::text::errors
