#include "text/percent.h"

#include <cstdlib>

#include <fmt/format.h>

#include "base/invariant.h"

namespace fazhi::text {
namespace {

constexpr std::int64_t kMax = std::int64_t{1} << 53;  // so that a hundred times any of them fits

// numerator / denominator in hundredths of a percent, half up. Neither is negative, the denominator
// is not 0. The whole part is split off first: ten thousand times the numerator would not fit.
std::int64_t hundredths_of_percent(std::int64_t numerator, std::int64_t denominator) {
    const std::int64_t percent = numerator * 100;
    const std::int64_t rest = percent % denominator;
    return percent / denominator * 100 + (rest * 200 + denominator) / (2 * denominator);
}

// 6667 → "66.67", 1250 → "12.5", 10000 → "100".
std::string hundredths_text(std::int64_t hundredths) {
    std::string out = fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
    return out;
}

}  // namespace

std::optional<std::string> ratio_text(std::int64_t numerator, std::int64_t denominator) {
    INVARIANT(std::abs(numerator) <= kMax);
    INVARIANT(denominator >= 0 && denominator <= kMax);
    if (denominator == 0) return std::nullopt;
    const std::int64_t hundredths = hundredths_of_percent(std::abs(numerator), denominator);
    const bool negative = numerator < 0 && hundredths > 0;
    return (negative ? "-" : "") + hundredths_text(hundredths);
}

std::optional<std::string> change_text(std::int64_t now, std::int64_t before) {
    INVARIANT(now >= 0 && now <= kMax);
    INVARIANT(before >= 0 && before <= kMax);
    if (now == before) return "持平";
    if (before == 0) return std::nullopt;
    const std::int64_t hundredths = hundredths_of_percent(std::abs(now - before), before);
    if (hundredths == 0) return "基本持平";
    return fmt::format("{}{}%", now > before ? "增长" : "下降", hundredths_text(hundredths));
}

}  // namespace fazhi::text
