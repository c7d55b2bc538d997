#include "text/decimal.h"

#include <fmt/format.h>

#include "base/invariant.h"

namespace fazhi::text {
namespace {

constexpr std::int64_t kUnitsMax = 1'000'000'000'000'000;

std::int64_t power_of_ten(int exponent) {
    std::int64_t out = 1;
    for (int i = 0; i < exponent; ++i) out *= 10;
    return out;
}

}  // namespace

std::optional<std::int64_t> scaled_decimal(std::string_view text, int scale) {
    INVARIANT(scale >= 0 && scale <= kScaleMax);
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::int64_t limit = kUnitsMax * 10;
    std::int64_t value = 0;
    int after_point = -1;
    int digits = 0;
    for (const char c : text) {
        if (c == '.' && after_point < 0 && digits > 0) {
            after_point = 0;
            continue;
        }
        if (c < '0' || c > '9' || after_point == scale || value > limit / 10) return std::nullopt;
        value = value * 10 + (c - '0');
        ++digits;
        if (after_point >= 0) ++after_point;
    }
    if (digits == 0 || after_point == 0) return std::nullopt;
    const std::int64_t factor = power_of_ten(scale - (after_point > 0 ? after_point : 0));
    if (value > limit / factor) return std::nullopt;
    value *= factor;
    return negative ? -value : value;
}

std::string decimal_text(std::int64_t scaled, int scale) {
    INVARIANT(scale >= 0 && scale <= kScaleMax);
    if (scale == 0) return std::to_string(scaled);
    const std::int64_t factor = power_of_ten(scale);
    const std::int64_t size = scaled < 0 ? -scaled : scaled;
    return fmt::format("{}{}.{:0{}}", scaled < 0 ? "-" : "", size / factor, size % factor, scale);
}

std::string short_decimal_text(std::int64_t scaled, int scale) {
    std::string out = decimal_text(scaled, scale);
    if (scale == 0) return out;
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
    return out;
}

}  // namespace fazhi::text
