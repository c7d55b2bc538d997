// Every refusal of this room, the most important first.
#pragma once

#include <string_view>

namespace fazhi::review::errors {

// The file cannot be read from the disk.
inline constexpr std::string_view kUnreadable = "review.unreadable";
// The file is larger than what is read.
inline constexpr std::string_view kTooLarge = "review.too_large";
// The file is no text this program reads.
inline constexpr std::string_view kNotText = "review.not_text";
// A table of a pack's reference/ folder cannot be used.
inline constexpr std::string_view kBadTable = "review.bad_table";

}  // namespace fazhi::review::errors
