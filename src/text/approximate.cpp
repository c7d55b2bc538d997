#include "text/approximate.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "text/numeral.h"
#include "text/qualifier.h"
#include "text/utf8.h"

namespace fazhi::text {
namespace {

constexpr std::int64_t kWan = 10'000;
constexpr std::int64_t kYi = 100'000'000;

// The two leading digits, zeros behind; below 100 the leading one. value ≥ 10.
std::int64_t cut_to_leading_digits(std::int64_t value) {
    std::int64_t place = 10;
    while (value / place >= 100) place *= 10;
    return value / place * place;
}

// `number` in units of `unit`, exactly, its decimals as short as they go: 55000 in 万 is "5.5".
std::string in_units_of(std::int64_t number, std::int64_t unit) {
    const std::int64_t tenths = number / (unit / 10);
    return tenths % 10 == 0 ? fmt::format("{}", tenths / 10)
                            : fmt::format("{}.{}", tenths / 10, tenths % 10);
}

std::optional<Quantity> bounded(std::int64_t value, Said said, std::string unit) {
    const auto bounds = bounds_of(value, said);
    if (!bounds) return std::nullopt;
    return Quantity{value, qualifier_of(said), std::move(unit), bounds->low, bounds->high};
}

// Takes the first of the words that `rest` begins with.
template <std::size_t count>
std::optional<Said> take_front(std::string_view& rest,
                               const std::array<QualifierWord, count>& words) {
    for (const QualifierWord& word : words) {
        if (!rest.starts_with(word.written)) continue;
        rest.remove_prefix(word.written.size());
        return word.said;
    }
    return std::nullopt;
}

std::optional<Said> take_back(std::string_view& rest) {
    for (const QualifierWord& word : kBehindUnit) {
        if (!rest.ends_with(word.written)) continue;
        rest.remove_suffix(word.written.size());
        return word.said;
    }
    return std::nullopt;
}

std::string_view take_number(std::string_view& rest) {
    static const std::u32string kMarks =
        U"0123456789.,零〇○一二三四五六七八九两兩廿卅十百千万亿壹贰叁肆伍陆柒捌玖貳叄陸拾佰仟萬億";
    std::size_t end = 0;
    for (const std::string_view character : characters(rest)) {
        if (kMarks.find(code_points(character).front()) == std::u32string::npos) break;
        end += character.size();
    }
    const std::string_view number = rest.substr(0, end);
    rest.remove_prefix(end);
    return number;
}

// 20余万: the unit that belongs to the number may stand behind 余.
std::int64_t take_big_unit(std::string_view& rest) {
    struct BigUnit {
        std::string_view written;
        std::int64_t value;
    };
    constexpr std::array<BigUnit, 3> kBigUnits = {
        {{"万亿", kWan * kYi}, {"万", kWan}, {"亿", kYi}}};
    for (const BigUnit& unit : kBigUnits) {
        if (!rest.starts_with(unit.written)) continue;
        rest.remove_prefix(unit.written.size());
        return unit.value;
    }
    return 1;
}

std::string without_spaces(std::string_view text) {
    std::string out = fold_width(text);
    out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
    return out;
}

}  // namespace

std::string about_text(std::int64_t value) {
    if (value < 10) return fmt::format("{}", value);
    const std::int64_t cut = cut_to_leading_digits(value);
    if (cut == value) return fmt::format("{}", value);
    if (cut >= kYi) return in_units_of(cut, kYi) + "亿余";
    if (cut >= kWan) return in_units_of(cut, kWan) + "万余";
    return fmt::format("{}余", cut);
}

std::string ten_thousands_text(std::int64_t value) {
    if (value < kWan) return fmt::format("{}", value);
    return in_units_of(value, kWan) + "万";
}

std::optional<Quantity> parse_quantity(std::string_view text) {
    const std::string plain = without_spaces(text);
    std::string_view rest = plain;
    const auto before = take_front(rest, kBeforeNumber);
    const std::string_view written = take_number(rest);
    if (written.empty()) return std::nullopt;
    const auto behind = take_front(rest, kBehindNumber);
    const std::int64_t big_unit = behind ? take_big_unit(rest) : 1;
    const auto at_end = take_back(rest);
    if (before.has_value() + behind.has_value() + at_end.has_value() > 1) return std::nullopt;

    auto number = number_from(written);
    if (!number && behind) number = number_from("一" + std::string(written));  // 百余人
    if (!number || *number > kNumeralMax / big_unit) return std::nullopt;
    const Said said = before ? *before : behind ? *behind : at_end.value_or(Said::Exact);
    return bounded(*number * big_unit, said, std::string(rest));
}

}  // namespace fazhi::text
