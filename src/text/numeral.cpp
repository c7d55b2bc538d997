#include "text/numeral.h"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/invariant.h"
#include "text/utf8.h"

namespace fazhi::text {
namespace {

constexpr std::int64_t kWan = 10'000;
constexpr std::int64_t kYi = 100'000'000;
constexpr std::size_t kWrittenMax = 64;  // code points; no numeral up to kNumeralMax is as long

struct Glyphs {
    std::array<const char*, 10> digits;
    std::array<const char*, 4> units;  // of 1, 10, 100, 1000
    const char* wan;
    const char* yi;
};
constexpr Glyphs kPlain = {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
                           {"", "十", "百", "千"},
                           "万",
                           "亿"};
constexpr Glyphs kCapital = {{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
                             {"", "拾", "佰", "仟"},
                             "万",
                             "亿"};

// 1-9999, 一十 in full; a zero inside, none at either end.
std::string section_text(std::int64_t section, const Glyphs& glyphs) {
    std::string out;
    bool zero = false;
    std::int64_t place_value = 1000;
    for (std::size_t place = 4; place-- > 0; place_value /= 10) {
        const auto digit = static_cast<std::size_t>(section / place_value % 10);
        if (digit == 0) {
            zero = true;
            continue;
        }
        if (zero && !out.empty()) out += glyphs.digits[0];
        zero = false;
        out += glyphs.digits.at(digit);
        out += glyphs.units.at(place);
    }
    return out;
}

// `high` of the big unit, then `rest`; a rest that does not reach the next lower place takes a zero
// before it.
std::string joined(const std::string& high, const char* unit, const std::string& rest, bool gap) {
    if (high.empty()) return rest;
    return high + unit + (gap ? "零" : "") + rest;
}

std::string below_yi_text(std::int64_t number, const Glyphs& glyphs) {
    const std::int64_t rest = number % kWan;
    return joined(section_text(number / kWan, glyphs), glyphs.wan, section_text(rest, glyphs),
                  rest > 0 && rest < 1000);
}

std::string full_text(std::int64_t number, const Glyphs& glyphs) {
    INVARIANT(number >= 0 && number <= kNumeralMax);
    if (number == 0) return glyphs.digits[0];
    const std::int64_t rest = number % kYi;
    return joined(below_yi_text(number / kYi, glyphs), glyphs.yi, below_yi_text(rest, glyphs),
                  rest > 0 && rest < 10'000'000);
}

// A Chinese numeral's character: what it stands for, in the plain spelling.
struct Glyph {
    char32_t written;
    char32_t plain;
    std::int64_t value;  // of a digit below 10, else the unit's
};
constexpr std::array<Glyph, 36> kGlyphs = {{
    {U'零', U'零', 0},    {U'〇', U'零', 0},    {U'○', U'零', 0},     {U'一', U'一', 1},
    {U'二', U'二', 2},    {U'三', U'三', 3},    {U'四', U'四', 4},    {U'五', U'五', 5},
    {U'六', U'六', 6},    {U'七', U'七', 7},    {U'八', U'八', 8},    {U'九', U'九', 9},
    {U'壹', U'一', 1},    {U'贰', U'二', 2},    {U'叁', U'三', 3},    {U'肆', U'四', 4},
    {U'伍', U'五', 5},    {U'陆', U'六', 6},    {U'柒', U'七', 7},    {U'捌', U'八', 8},
    {U'玖', U'九', 9},    {U'貳', U'二', 2},    {U'叄', U'三', 3},    {U'陸', U'六', 6},
    {U'两', U'二', 2},    {U'兩', U'二', 2},    {U'十', U'十', 10},   {U'拾', U'十', 10},
    {U'百', U'百', 100},  {U'佰', U'百', 100},  {U'千', U'千', 1000}, {U'仟', U'千', 1000},
    {U'万', U'万', kWan}, {U'萬', U'万', kWan}, {U'亿', U'亿', kYi},  {U'億', U'亿', kYi},
}};

const Glyph* glyph_of(char32_t c) {
    for (const Glyph& glyph : kGlyphs) {
        if (glyph.written == c) return &glyph;
    }
    return nullptr;
}

bool is_digit(const Glyph& glyph) {
    return glyph.value < 10;
}

// 两 counts hundreds and more, or stands alone; elsewhere (十两) it is a weight.
bool pairs_are_sound(const std::vector<Glyph>& glyphs) {
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        if (glyphs[i].written != U'两' && glyphs[i].written != U'兩') continue;
        const bool counts = i + 1 < glyphs.size() && glyphs[i + 1].value >= 100;
        if (!counts && glyphs.size() > 1) return false;
    }
    return true;
}

// The characters as glyphs, 廿 and 卅 written out and 十 without a digit as 一十. Nothing where one
// is no numeral.
std::optional<std::vector<Glyph>> glyphs_of(std::u32string_view text) {
    const Glyph ten = *glyph_of(U'十');
    std::vector<Glyph> out;
    for (const char32_t c : text) {
        if (c == U'廿' || c == U'卅') {
            out.push_back(*glyph_of(c == U'廿' ? U'二' : U'三'));
            out.push_back(ten);
            continue;
        }
        const Glyph* glyph = glyph_of(c);
        if (glyph == nullptr) return std::nullopt;
        if (glyph->value == 10) {
            const bool after_digit = !out.empty() && is_digit(out.back()) && out.back().value > 0;
            if (!after_digit) out.push_back(*glyph_of(U'一'));
        }
        out.push_back(*glyph);
    }
    return pairs_are_sound(out) ? std::optional(out) : std::nullopt;
}

// 二〇二三: digits only, no leading zero but in zero itself.
std::optional<std::int64_t> digit_by_digit(const std::vector<Glyph>& glyphs) {
    if (glyphs.size() > 16 || (glyphs.size() > 1 && glyphs.front().value == 0)) return std::nullopt;
    std::int64_t number = 0;
    for (const Glyph& glyph : glyphs) {
        if (!is_digit(glyph)) return std::nullopt;
        number = number * 10 + glyph.value;
    }
    return number;
}

// What the glyphs add up to, well formed or not: the caller compares with the canonical text.
std::int64_t sum_of(const std::vector<Glyph>& glyphs) {
    std::int64_t total = 0;
    std::int64_t ten_thousands = 0;
    std::int64_t section = 0;
    std::int64_t digit = 0;
    for (const Glyph& glyph : glyphs) {
        if (is_digit(glyph)) {
            digit = glyph.value;
        } else if (glyph.value < kWan) {
            section += digit * glyph.value;
            digit = 0;
        } else if (glyph.value == kWan) {
            ten_thousands = (section + digit) * kWan;
            section = digit = 0;
        } else {
            total = (ten_thousands + section + digit) * kYi;
            ten_thousands = section = digit = 0;
        }
    }
    return total + ten_thousands + section + digit;
}

// 五, 十二, 二十, 二十三: nearly all there are. Nothing where it is another.
std::optional<std::int64_t> below_hundred(std::u32string_view text) {
    if (text.size() > 3) return std::nullopt;
    std::array<std::int64_t, 3> values{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const Glyph* glyph = glyph_of(text[i]);
        const bool counts = glyph != nullptr && glyph->value > 0 && glyph->value <= 10;
        if (!counts || glyph->written == U'两' || glyph->written == U'兩') return std::nullopt;
        values[i] = glyph->value;
    }
    const auto [first, second, third] = values;
    if (text.size() == 1) return first;
    if (first == 10 && second < 10 && third == 0) return first + second;
    if (first < 10 && second == 10 && third < 10) return first * second + third;
    return std::nullopt;
}

// A numeral is sound exactly when writing its number again gives it back.
std::optional<std::int64_t> chinese_number(std::u32string_view text) {
    if (const auto number = below_hundred(text)) return number;
    const auto glyphs = glyphs_of(text);
    if (!glyphs || glyphs->empty()) return std::nullopt;
    if (const auto number = digit_by_digit(*glyphs)) return number;
    const std::int64_t number = sum_of(*glyphs);
    if (number > kNumeralMax) return std::nullopt;
    std::u32string plain;
    for (const Glyph& glyph : *glyphs) plain += glyph.plain;
    return full_text(number, kPlain) == from_code_points(plain) ? std::optional(number)
                                                                : std::nullopt;
}

struct Unit {
    std::u32string_view written;
    std::int64_t value;
};
constexpr std::array<Unit, 11> kUnits = {{{U"", 1},
                                          {U"百", 100},
                                          {U"千", 1000},
                                          {U"万", kWan},
                                          {U"十万", 10 * kWan},
                                          {U"百万", 100 * kWan},
                                          {U"千万", 1000 * kWan},
                                          {U"亿", kYi},
                                          {U"十亿", 10 * kYi},
                                          {U"百亿", 100 * kYi},
                                          {U"万亿", kWan* kYi}}};

std::optional<std::int64_t> unit_of(std::u32string_view written) {
    for (const Unit& unit : kUnits) {
        if (unit.written == written) return unit.value;
    }
    return std::nullopt;
}

bool is_ascii_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

// The digits before the point, without their commas. Nothing on a comma out of place or a needless
// zero in front.
std::optional<std::u32string> whole_digits(std::u32string_view written) {
    std::u32string digits;
    const bool grouped = written.find(U',') != std::u32string_view::npos;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const bool comma_place = grouped && i > 0 && (written.size() - i) % 4 == 0;
        if ((written[i] == U',') != comma_place) return std::nullopt;
        if (!comma_place) digits += written[i];
    }
    if (digits.size() > 1 && digits.front() == U'0') return std::nullopt;
    if (digits.empty() || digits.size() > 16) return std::nullopt;
    return digits;
}

std::int64_t value_of(std::u32string_view digits) {
    std::int64_t number = 0;
    for (const char32_t c : digits) number = number * 10 + static_cast<std::int64_t>(c - U'0');
    return number;
}

// "1,200", "5.5万".
std::optional<std::int64_t> arabic_number(std::u32string_view text) {
    std::size_t end = 0;
    while (end < text.size() && (is_ascii_digit(text[end]) || text[end] == U',')) ++end;
    const auto digits = whole_digits(text.substr(0, end));
    if (!digits) return std::nullopt;

    std::u32string_view fraction;
    if (end < text.size() && text[end] == U'.') {
        const std::size_t begin = ++end;
        while (end < text.size() && is_ascii_digit(text[end])) ++end;
        fraction = text.substr(begin, end - begin);
        if (fraction.empty() || fraction.size() > 6) return std::nullopt;
    }
    const auto unit = unit_of(text.substr(end));
    if (!unit) return std::nullopt;

    const std::int64_t whole = value_of(*digits);
    if (whole > kNumeralMax / *unit) return std::nullopt;
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < fraction.size(); ++i) scale *= 10;
    const std::int64_t parts = value_of(fraction) * *unit;  // below 10^18: six decimals of a 万亿
    if (parts % scale != 0) return std::nullopt;
    const std::int64_t number = whole * *unit + parts / scale;
    return number <= kNumeralMax ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> number_from(std::string_view text) {
    if (text.size() > kWrittenMax * 4) return std::nullopt;
    return number_from(code_points(fold_width(text)));
}

std::optional<std::int64_t> number_from(std::u32string_view text) {
    if (text.empty() || text.size() > kWrittenMax) return std::nullopt;
    return is_ascii_digit(text.front()) ? arabic_number(text) : chinese_number(text);
}

std::string numeral_text(std::int64_t number) {
    const std::string full = full_text(number, kPlain);
    constexpr std::string_view kOneTen = "一十";
    constexpr std::string_view kOne = "一";
    return full.starts_with(kOneTen) ? full.substr(kOne.size()) : full;
}

std::string capital_numeral_text(std::int64_t number) {
    return full_text(number, kCapital);
}

std::string digits_text(std::int64_t number) {
    INVARIANT(number >= 0);
    std::string out;
    for (const char digit : fmt::format("{}", number)) {
        out += digit == '0' ? "〇" : kPlain.digits.at(static_cast<std::size_t>(digit - '0'));
    }
    return out;
}

std::string ordinal_text(int level, int number) {
    INVARIANT(level >= 1 && level <= 4);
    INVARIANT(number >= 1);
    if (level == 1) return numeral_text(number) + "、";
    if (level == 2) return fmt::format("（{}）", numeral_text(number));
    if (level == 3) return fmt::format("{}.", number);
    return fmt::format("（{}）", number);
}

std::string article_text(int article) {
    INVARIANT(article >= 1);
    return fmt::format("第{}条", numeral_text(article));
}

}  // namespace fazhi::text
