// Exact decimal numbers without floating point: "12.50" with scale 2 is 1250. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi::text {

inline constexpr int kScaleMax = 9;

// Digits, perhaps a sign and a point; no more than `scale` (0-9) digits after it; within ±10^15
// units. Nothing otherwise.
std::optional<std::int64_t> scaled_decimal(std::string_view text, int scale);
// The reverse, with exactly `scale` digits after the point.
std::string decimal_text(std::int64_t scaled, int scale);
// The same without trailing zeros: 1250, 2 → "12.5".
std::string short_decimal_text(std::int64_t scaled, int scale);

}  // namespace fazhi::text
