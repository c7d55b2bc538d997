// Numbers as people type them into forms and tables: "1,234.5", "５００份", "5.5万", "2亿元".
//
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi::text {

// In whole units of 10^-scale: "5.5万", scale 2, is 5500000. Full-width digits, commas between
// thousands, `unit` behind, and 万 or 亿 behind the digits are understood. Nothing for what is no
// number, not exact at that scale, or larger than 10^15 units.
std::optional<std::int64_t> written_number(std::string_view typed, std::string_view unit,
                                           int scale);

// An amount of money as typed, in fen; 元 behind it may stay away.
inline constexpr int kMoneyScale = 2;
std::optional<std::int64_t> written_fen(std::string_view typed);

}  // namespace fazhi::text
