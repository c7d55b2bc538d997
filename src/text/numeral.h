// Numbers as Chinese text writes them (数字): 一百二十, 壹佰贰拾, 二〇二三, 5.5万, 1,200.
//
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi::text {

inline constexpr std::int64_t kNumeralMax = 9'999'999'999'999'999;  // 九千九百九十九万…亿…

// The whole number that the entire text writes, or nothing: 0 to kNumeralMax.
// Chinese numerals in lower or upper case (零〇一二两…, 廿 卅, 十百千万亿, 壹贰叁…拾佰仟萬億),
// digit by digit (二〇二三), or digits of either width with 百 千 万 亿 behind (5.5万) and commas
// between thousands (1,200). Nothing for what has two readings or breaks the rules: 一百百, 一百二,
// 十万万, 1.5, 1,20, 007, -1.
std::optional<std::int64_t> number_from(std::string_view text);
// The same of characters in half width.
std::optional<std::int64_t> number_from(std::u32string_view text);

// 0 to kNumeralMax: 120 → 一百二十, 10 → 十, 10010 → 一万零一十.
std::string numeral_text(std::int64_t number);
// The form for cheques and verdicts (大写): 120 → 壹佰贰拾, 10 → 壹拾.
std::string capital_numeral_text(std::int64_t number);
// Digit by digit: 2023 → 二〇二三.
std::string digits_text(std::int64_t number);

// The number before a heading, GB/T 9704: level 1 一、 · 2 （一） · 3 1. · 4 （1）. `number` ≥ 1,
// level 1-4.
std::string ordinal_text(int level, int number);
// 第一百二十条. `article` ≥ 1.
std::string article_text(int article);

}  // namespace fazhi::text
