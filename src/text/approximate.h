// Approximate figures (约数): 70余人次, 5.5万余份, 约200人. How a report rounds, and whether what
// it says holds.
//
// N余 holds v when N ≤ v < N + one unit of N's last non-zero digit: 70余 70-79, 200余
// 200-299, 5.5万余 55,000-55,999. The unit always follows directly: about_text(v) + unit is "70余"
// + "人次". Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi::text {

// N = v cut to its two leading digits, below 100 to tens, in 万 from 10,000 and in 亿 from
// 100,000,000: 78 → "70余", 8234 → "8200余", 55800 → "5.5万余". The plain digits where v = N or v <
// 10: 70 → "70", 55000 → "55000".
std::string about_text(std::int64_t value);

// In 万 with one decimal, cut, a zero dropped: 55800 → "5.5万", 60321 → "6万". Below 10,000 the
// plain digits.
std::string ten_thousands_text(std::int64_t value);

enum class Qualifier {
    Exact,  // 70, 七十
    AtLeast,  // 余 多 (bounded above, see top) · 以上 不少于 至少 不低于 · 超过 超 逾 突破
    About,  // 约 大约 左右 上下: half a unit either side · 近 将近 接近: half a unit below
    AtMost,  // 不超过 至多 最多 以内 以下 · 不足 不到
};

// A figure as written. It says low ≤ v ≤ high.
struct Quantity {
    std::int64_t value = 0;
    Qualifier qualifier = Qualifier::Exact;
    std::string unit;  // what follows the number: 人次, 份, %; may be empty
    std::int64_t low = 0;
    std::int64_t high = 0;

    friend bool operator==(const Quantity&, const Quantity&) = default;
};

// "5.5万余份", "10余次", "近200人", "20余万元", "50场以上", "十余次", "百余人". Spaces between are
// allowed. Nothing where no whole number is written (几十人, 数百, 66.67%) or two qualifiers
// disagree.
std::optional<Quantity> parse_quantity(std::string_view text);

inline bool holds(const Quantity& said, std::int64_t value) {
    return said.low <= value && value <= said.high;
}

}  // namespace fazhi::text
