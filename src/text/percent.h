// Shares and changes (比率、增减) as a report prints them. Whole-number arithmetic only.
//
// Numbers are within ±2^53. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace fazhi::text {

// The share in percent without the sign, at most two decimals, half up, zeros dropped: 2/3 →
// "66.67", 1/1 → "100", 1/8 → "12.5". Nothing where the denominator is 0. The denominator is not
// negative.
std::optional<std::string> ratio_text(std::int64_t numerator, std::int64_t denominator);

// Against the earlier figure: "增长25%", "下降12.5%", "持平" (also 0 and 0), "基本持平" where the
// change rounds to 0. Nothing where the earlier figure is 0 and this one is not; neither is
// negative.
std::optional<std::string> change_text(std::int64_t now, std::int64_t before);

}  // namespace fazhi::text
