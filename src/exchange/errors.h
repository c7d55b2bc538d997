// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::exchange::errors {

// The file is larger, longer or wider than is taken.
inline constexpr std::string_view kTooLarge = "exchange.too_large";
// The file is not UTF-8 text.
inline constexpr std::string_view kNotUtf8 = "exchange.not_utf8";
// The file has no head line, or no CSV can be read from it.
inline constexpr std::string_view kNotCsv = "exchange.not_csv";
// Two columns have the same head, or a head is empty above cells that are not.
inline constexpr std::string_view kBadHead = "exchange.bad_head";
// A row has more cells than there are heads.
inline constexpr std::string_view kTooManyCells = "exchange.too_many_cells";

}  // namespace fazhi::exchange::errors
