// The words that make a figure approximate (余, 约, 不少于), and what they let it mean. For the
// sources of this room; others ask approximate.h or running_quantity.h.
//
// Pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "text/approximate.h"

namespace fazhi::text {

inline constexpr std::int64_t kUnbounded = std::numeric_limits<std::int64_t>::max();

// How a qualifier moves the bounds. 民法典 第一千二百五十九条: 以上, 以下, 以内 include the number;
// 不满, 超过 do not.
enum class Said { Exact, Over, AtLeast, MoreThan, About, Nearly, AtMost, LessThan };

struct QualifierWord {
    std::string_view written;
    Said said;
};
// The longer before the shorter it begins with, and before the shorter it ends with.
inline constexpr std::array<QualifierWord, 21> kBeforeNumber = {
    {{"不少于", Said::AtLeast}, {"不低于", Said::AtLeast}, {"至少", Said::AtLeast},
     {"不超过", Said::AtMost},  {"不多于", Said::AtMost},  {"不高于", Said::AtMost},
     {"至多", Said::AtMost},    {"最多", Said::AtMost},    {"不足", Said::LessThan},
     {"不到", Said::LessThan},  {"不满", Said::LessThan},  {"超过", Said::MoreThan},
     {"突破", Said::MoreThan},  {"超", Said::MoreThan},    {"逾", Said::MoreThan},
     {"大约", Said::About},     {"约", Said::About},       {"将近", Said::Nearly},
     {"接近", Said::Nearly},    {"近", Said::Nearly},      {"最少", Said::AtLeast}}};
inline constexpr std::array<QualifierWord, 2> kBehindNumber = {
    {{"余", Said::Over}, {"多", Said::Over}}};
inline constexpr std::array<QualifierWord, 5> kBehindUnit = {{{"以上", Said::AtLeast},
                                                              {"以下", Said::AtMost},
                                                              {"以内", Said::AtMost},
                                                              {"左右", Said::About},
                                                              {"上下", Said::About}}};

Qualifier qualifier_of(Said);

struct Bounds {
    std::int64_t low = 0;
    std::int64_t high = 0;
};
// What the number may stand for; nothing where that is impossible (less than none).
std::optional<Bounds> bounds_of(std::int64_t value, Said);

}  // namespace fazhi::text
