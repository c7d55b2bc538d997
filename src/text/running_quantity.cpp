#include "text/running_quantity.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/numeral.h"
#include "text/qualifier.h"
#include "text/utf8.h"
#include "text/written_number.h"

namespace fazhi::text {
namespace {

constexpr std::int64_t kScaleFactor = 10'000;
constexpr std::int64_t kValueMax = 1'000'000'000'000'000;
constexpr std::u32string_view kChinese =
    U"零〇一二三四五六七八九两兩廿卅十百千万亿壹贰叁肆伍陆柒捌玖貳叄陸拾佰仟萬億";
constexpr std::u32string_view kBigUnits = U"百千万亿";
constexpr std::u32string_view kRangeMarks = U"-—–~～至到";
constexpr std::u32string_view kPercentBefore = U"百分之";
constexpr std::u32string_view kFraction = U"分之";
// 签约5家, 村规民约3份, 最近3次: what stands before 约, 近, 超 and makes another word of it.
constexpr std::u32string_view kJoinsQualifier = U"签预节契合违民公履制最附新靠临亲赶";

bool is_one_of(char32_t c, std::u32string_view marks) {
    return marks.find(c) != std::u32string_view::npos;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

// Asked of every character of a text: by number, a bit for each that is a numeral.
constexpr auto kNumerals = [] {
    std::array<std::uint64_t, 0x10000 / 64> out{};
    for (const char32_t numeral : kChinese) out[numeral / 64] |= 1ULL << (numeral % 64);
    return out;
}();

bool is_chinese(char32_t c) {
    return c < 0x10000 && (kNumerals[c / 64] >> (c % 64) & 1) != 0;
}

struct WideWord {
    std::u32string written;
    Said said;
};

template <std::size_t count>
std::vector<WideWord> wide(const std::array<QualifierWord, count>& words) {
    std::vector<WideWord> out;
    for (const QualifierWord& word : words) out.push_back({code_points(word.written), word.said});
    return out;
}

// Reads one number and what is around it, moving on through the text.
class Scanner {
public:
    Scanner(std::u32string_view text, const WordIndex& units) : text_(text), units_(units) {}

    std::vector<RunningQuantity> all();

private:
    [[nodiscard]] bool stands(std::size_t at, std::u32string_view word) const {
        return text_.substr(std::min(at, text_.size())).starts_with(word);
    }
    [[nodiscard]] std::size_t past_space(std::size_t at) const {
        return at < text_.size() && text_[at] == U' ' ? at + 1 : at;
    }
    [[nodiscard]] std::size_t run_end(std::size_t at) const;
    [[nodiscard]] static std::optional<std::int64_t> value_of(std::u32string_view written);
    std::optional<std::int64_t> take_more(std::int64_t value, std::int64_t& upper);
    std::optional<Said> take_behind_number();
    void take_unit(RunningQuantity& quantity);
    [[nodiscard]] std::optional<Said> said_before(std::uint32_t& begin) const;
    std::optional<RunningQuantity> quantity_from(std::size_t begin);

    std::u32string_view text_;
    const WordIndex& units_;
    std::size_t at_ = 0;
};

// 1,200.5万; or Chinese numerals. `at` if none stands there.
std::size_t Scanner::run_end(std::size_t at) const {
    std::size_t end = at;
    if (end < text_.size() && is_digit(text_[end])) {
        const auto joins = [&](std::size_t i) {
            return (text_[i] == U'.' || text_[i] == U',') && i + 1 < text_.size() &&
                   is_digit(text_[i + 1]);
        };
        while (end < text_.size() && (is_digit(text_[end]) || joins(end))) ++end;
        while (end < text_.size() && is_one_of(text_[end], kBigUnits)) ++end;
        return end;
    }
    while (end < text_.size() && is_chinese(text_[end])) ++end;
    return end;
}

// In units of 10^-4.
std::optional<std::int64_t> Scanner::value_of(std::u32string_view written) {
    const auto whole = number_from(written);
    if (whole && *whole <= kValueMax / kScaleFactor) return *whole * kScaleFactor;
    if (!is_digit(written.front())) return std::nullopt;
    return written_number(from_code_points(written), "", kQuantityScale);
}

// 3至5 and 1+15: the other number. The value, and the upper one of a range.
std::optional<std::int64_t> Scanner::take_more(std::int64_t value, std::int64_t& upper) {
    while (at_ < text_.size()) {
        const bool adds = text_[at_] == U'+';
        const bool ranges = is_one_of(text_[at_], kRangeMarks);
        if (!adds && !ranges) break;
        const std::size_t end = run_end(at_ + 1);
        const auto other =
            end > at_ + 1 ? value_of(text_.substr(at_ + 1, end - at_ - 1)) : std::nullopt;
        if (!other || (ranges && *other <= value)) break;
        at_ = end;
        if (ranges) {
            upper = *other;
            break;
        }
        value += *other;
        if (value > kValueMax) return std::nullopt;
    }
    return value;
}

std::optional<Said> Scanner::take_behind_number() {
    static const std::vector<WideWord> kWords = wide(kBehindNumber);
    const std::size_t at = past_space(at_);
    for (const WideWord& word : kWords) {
        if (!stands(at, word.written)) continue;
        at_ = at + word.written.size();
        return word.said;
    }
    return std::nullopt;
}

void Scanner::take_unit(RunningQuantity& quantity) {
    const std::size_t at = past_space(at_);
    quantity.unit_begin = quantity.unit_end = static_cast<std::uint32_t>(at_);
    if (at < text_.size() && text_[at] == U'%') {
        quantity.is_percent = true;
        quantity.unit_begin = static_cast<std::uint32_t>(at);
        quantity.unit_end = quantity.unit_begin + 1;
    } else if (const auto unit = units_.longest_at(text_, at)) {
        quantity.unit_begin = unit->begin;
        quantity.unit_end = unit->end;
    }
    at_ = std::max<std::size_t>(at_, quantity.unit_end);
}

std::optional<Said> Scanner::said_before(std::uint32_t& begin) const {
    static const std::vector<WideWord> kWords = wide(kBeforeNumber);
    std::u32string_view before = text_.substr(0, begin);
    if (before.ends_with(U' ')) before.remove_suffix(1);
    for (const WideWord& word : kWords) {
        if (!before.ends_with(word.written)) continue;
        const std::size_t at = before.size() - word.written.size();
        if (word.written.size() == 1 && at > 0 && is_one_of(text_[at - 1], kJoinsQualifier))
            return std::nullopt;
        begin = static_cast<std::uint32_t>(at);
        return word.said;
    }
    return std::nullopt;
}

// 20余万: the unit that belongs to the number may stand behind 余.
std::int64_t big_unit_at(std::u32string_view rest, std::size_t& length) {
    length = 1;
    if (rest.starts_with(U"万")) return 10'000;
    if (rest.starts_with(U"亿")) return 100'000'000;
    length = 0;
    return 1;
}

std::optional<RunningQuantity> Scanner::quantity_from(std::size_t begin) {
    static const std::vector<WideWord> kAtEnd = wide(kBehindUnit);
    RunningQuantity out;
    const bool percent = stands(begin, kPercentBefore);
    const std::size_t number = percent ? begin + kPercentBefore.size() : begin;
    const std::size_t end = run_end(number);
    at_ = std::max(end, begin + 1);
    if (end == number) return std::nullopt;
    if (stands(end, kFraction)) {
        at_ = std::max(run_end(end + kFraction.size()), end);
        return std::nullopt;
    }
    if (begin > 0 && text_[begin - 1] == U'第') return std::nullopt;
    out.notation = is_digit(text_[number]) ? Notation::Arabic : Notation::Chinese;
    auto value = value_of(text_.substr(number, end - number));
    std::int64_t upper = 0;
    if (value) value = take_more(*value, upper);
    out.begin = static_cast<std::uint32_t>(begin);
    const auto before = said_before(out.begin);
    std::optional<Said> said = take_behind_number();
    if (!value && (said || before)) {  // 百余人, 近百人
        value = value_of(U"一" + std::u32string(text_.substr(number, end - number)));
    }
    if (!value) return std::nullopt;
    if (said) {
        std::size_t length = 0;
        const std::int64_t factor = big_unit_at(text_.substr(at_), length);
        if (*value > kValueMax / factor) return std::nullopt;
        *value *= factor;
        at_ += length;
    }
    out.is_percent = percent;
    out.number_begin = static_cast<std::uint32_t>(begin);
    out.number_end = static_cast<std::uint32_t>(at_);
    take_unit(out);
    if (!said) said = before;
    for (const WideWord& word : kAtEnd) {
        if (said || !stands(at_, word.written)) continue;
        said = word.said;
        at_ += word.written.size();
    }
    if (upper != 0) said = Said::AtLeast;
    const auto bounds = bounds_of(*value, said.value_or(Said::Exact));
    if (!bounds) return std::nullopt;
    out.value = *value;
    out.low = bounds->low;
    out.high = upper != 0 ? upper : bounds->high;
    out.qualifier = qualifier_of(said.value_or(Said::Exact));
    out.end = static_cast<std::uint32_t>(at_);
    return out;
}

std::vector<RunningQuantity> Scanner::all() {
    std::vector<RunningQuantity> out;
    for (std::size_t at = 0; at < text_.size();) {
        if (!is_digit(text_[at]) && !is_chinese(text_[at])) {
            ++at;
            continue;
        }
        if (const auto quantity = quantity_from(at)) out.push_back(*quantity);
        at = at_;
    }
    return out;
}

}  // namespace

std::vector<RunningQuantity> running_quantities(std::u32string_view text, const WordIndex& units) {
    return Scanner(text, units).all();
}

}  // namespace fazhi::text
