#include "document/characters.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace fazhi::document {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// What Chinese fonts draw in a full square, in order.
constexpr std::array<Range, 25> kFullWidth{{
    {0x1100, 0x115F},    // Hangul
    {0x2014, 0x2014},    // —
    {0x2018, 0x2019},    // ‘ ’
    {0x201C, 0x201D},    // “ ”
    {0x2026, 0x2026},    // …
    {0x2030, 0x2030},    // ‰
    {0x2103, 0x2103},    // ℃
    {0x2116, 0x2116},    // №
    {0x2160, 0x217F},    // Ⅰ
    {0x2190, 0x2193},    // ←
    {0x221A, 0x221A},    // √
    {0x2460, 0x24FF},    // ①
    {0x25A0, 0x25CF},    // ■
    {0x2605, 0x2606},    // ★
    {0x2713, 0x2714},    // ✓
    {0x2E3A, 0x2E3A},    // ⸺
    {0x2E80, 0x303E},    // radicals, 〇 and 、。《》
    {0x3041, 0x4DBF},    // kana to CJK extension A
    {0x4E00, 0xA4CF},    // CJK
    {0xAC00, 0xD7A3},    // Hangul
    {0xF900, 0xFAFF},    // CJK compatibility
    {0xFE30, 0xFE4F},    // vertical forms
    {0xFF01, 0xFF60},    // full-width ASCII
    {0xFFE0, 0xFFE6},    // ￥
    {0x1F300, 0x3FFFD},  // pictures, CJK extensions
}};

constexpr std::u32string_view kClosing = U"，。、；：！？）》〉】〕〗」』”’％‰℃～·•,.;:!?)]}%°";
constexpr std::u32string_view kOpening = U"（《〈【〔〖「『“‘￥＄№([{$¥";

bool is_among(std::u32string_view characters, char32_t c) {
    return characters.find(c) != std::u32string_view::npos;
}

}  // namespace

bool is_full_width(char32_t c) {
    return std::any_of(kFullWidth.begin(), kFullWidth.end(),
                       [c](Range range) { return c >= range.first && c <= range.last; });
}

bool may_not_begin(char32_t c) {
    return is_among(kClosing, c);
}

bool may_not_end(char32_t c) {
    return is_among(kOpening, c);
}

bool joins_previous(char32_t c) {
    const bool is_mark = c >= 0x0300 && c <= 0x036F;
    const bool is_joiner = c == 0x200B || c == 0x200C || c == 0x200D;
    const bool is_selector = (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    return is_mark || is_joiner || is_selector;
}

bool doubles(char32_t c) {
    return c == 0x2014 || c == 0x2026;
}

}  // namespace fazhi::document
