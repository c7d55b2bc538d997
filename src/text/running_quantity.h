// Numbers in running prose (正文中的数量): each with the words that qualify it and the unit behind.
//
// Finds what stands there; whether it counts anything is the reader's to judge. Digits are ASCII
// (fold_width first); a space between number, 余 and unit is passed over. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/approximate.h"
#include "text/word_index.h"

namespace fazhi::text {

inline constexpr int kQuantityScale = 4;  // values are in units of 10^-4

enum class Notation { Arabic, Chinese };

// Positions are characters of the text; the end is not included.
struct RunningQuantity {
    std::uint32_t begin = 0;  // with the qualifier before
    std::uint32_t end = 0;    // with unit and the qualifier behind
    std::uint32_t number_begin = 0;
    std::uint32_t number_end = 0;  // with 余 and 万
    std::uint32_t unit_begin = 0;
    std::uint32_t unit_end = 0;  // = unit_begin: none of `units` stands there
    std::int64_t value = 0;
    std::int64_t low = 0;  // it says low ≤ v ≤ high
    std::int64_t high = 0;
    Qualifier qualifier = Qualifier::Exact;
    Notation notation = Notation::Arabic;
    bool is_percent = false;  // %, 百分之
};

// 5.5万余份, 近百场, 七十余人次, 百分之九十五, 3至5次 (at least 3, at most 5), 1+15个 (16). Left
// out: 第3次, 三分之一, 几十, and numerals that break the rules.
std::vector<RunningQuantity> running_quantities(std::u32string_view text, const WordIndex& units);

}  // namespace fazhi::text
