#include "calendar/written_date.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/invariant.h"
#include "calendar/errors.h"

namespace fazhi::calendar {
namespace {

// text/ stands on the same floor, so the few folds a date needs are done here: each sequence as one
// ASCII character. Y, M, D, h, m, s are the Chinese marks, which clerks do not type as letters.
struct Fold {
    std::string_view written;
    char folded;
};
constexpr std::array<Fold, 30> kFolds = {{
    {"０", '0'}, {"１", '1'}, {"２", '2'}, {"３", '3'}, {"４", '4'}, {"５", '5'},
    {"６", '6'}, {"７", '7'}, {"８", '8'}, {"９", '9'}, {"－", '-'}, {"—", '-'},
    {"–", '-'},  {"／", '/'}, {"．", '.'}, {"。", '.'}, {"：", ':'}, {"　", ' '},
    {"年", 'Y'}, {"月", 'M'}, {"日", 'D'}, {"号", 'D'}, {"时", 'h'}, {"点", 'h'},
    {"分", 'm'}, {"秒", 's'}, {"Ｔ", 'T'}, {"Ｚ", 'Z'}, {"\t", ' '}, {"\xC2\xA0", ' '},
}};

constexpr std::size_t kWrittenMax = 80;  // bytes; nothing longer is a date

bool is_idle(char before, char after) {
    return before == ' ' || before == 'Y' || before == 'M' || after == 'Y' || after == 'M' ||
           after == 'D' || after == ' ';
}

// Drops the spaces at both ends and beside 年 and 月 ("2023 年 5 月 6 日"); the one before a time
// of day stays.
std::string without_idle_spaces(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char before = out.empty() ? ' ' : out.back();
        const char after = i + 1 < text.size() ? text[i + 1] : ' ';
        if (text[i] != ' ' || !is_idle(before, after)) out += text[i];
    }
    return out;
}

// Nothing when a character has no place in a date.
std::optional<std::string> folded(std::string_view text) {
    if (text.size() > kWrittenMax) return std::nullopt;
    std::string out;
    while (!text.empty()) {
        const char c = text.front();
        const bool plain = (c >= '0' && c <= '9') || c == '-' || c == '/' || c == '.' || c == ':' ||
                           c == ' ' || c == 'T' || c == 'Z';
        if (plain) {
            out += c;
            text.remove_prefix(1);
            continue;
        }
        const Fold* found = nullptr;
        for (const Fold& fold : kFolds) {
            if (c == fold.written.front() && text.starts_with(fold.written)) {
                found = &fold;
                break;
            }
        }
        if (found == nullptr) return std::nullopt;
        out += found->folded;
        text.remove_prefix(found->written.size());
    }
    return without_idle_spaces(out);
}

// Numbers and the marks between them: "2023Y5M6D" is numbers 2023, 5, 6 and marks "YMD".
struct Pieces {
    std::vector<std::string> numbers;
    std::string marks;
    bool well_formed = true;  // begins with a number, one mark behind each but perhaps the last
};

Pieces pieces_of(std::string_view folded_text) {
    Pieces out;
    std::string number;
    for (const char c : folded_text) {
        if (c >= '0' && c <= '9') {
            number += c;
            continue;
        }
        if (number.empty()) out.well_formed = false;
        out.numbers.push_back(std::exchange(number, {}));
        out.marks += c;
    }
    if (!number.empty()) out.numbers.push_back(number);
    if (out.numbers.empty()) out.well_formed = false;
    for (const std::string& each : out.numbers) {
        if (each.empty() || each.size() > 8) out.well_formed = false;
    }
    return out;
}

Refusal not_a_date() {
    return refuse(ErrorKind::InvalidInput, errors::kNotADate,
                  "无法识别为日期，请按“年月日”填写，例如 2023-05-06 或 2023年5月6日。");
}

Result<Date> date_of_pieces(const Pieces& pieces) {
    const auto& [numbers, marks, well_formed] = pieces;
    if (!well_formed) return not_a_date();

    if (marks.empty() && numbers.size() == 1 && numbers.front().size() == 8) {
        const std::string& all = numbers.front();
        return make_date(std::stoi(all.substr(0, 4)), std::stoi(all.substr(4, 2)),
                         std::stoi(all.substr(6, 2)));
    }
    const bool same_marks = marks == "--" || marks == "//" || marks == "..";
    const bool chinese = marks == "YMD" || marks == "YM";
    if (numbers.size() == 3 && (same_marks || chinese)) {
        if (numbers[0].size() != 4) {
            return refuse(ErrorKind::InvalidInput, errors::kNotADate,
                          "年份请写四位并放在最前，例如 2023-05-06。");
        }
        if (numbers[1].size() > 2 || numbers[2].size() > 2) return not_a_date();
        return make_date(std::stoi(numbers[0]), std::stoi(numbers[1]), std::stoi(numbers[2]));
    }
    const bool two = marks == "MD" || marks == "M" || marks == "/" || marks == "-" || marks == ".";
    if (numbers.size() == 2 && two && numbers[0].size() <= 2 && numbers[1].size() <= 2) {
        return refuse(ErrorKind::InvalidInput, errors::kYearMissing,
                      fmt::format("日期缺少年份，请写成“2023年{}月{}日”这样的完整日期。",
                                  std::stoi(numbers[0]), std::stoi(numbers[1])));
    }
    if ((numbers.size() == 2 && (marks == "YM" || marks == "-" || marks == "/" || marks == ".")) ||
        (numbers.size() == 1 && marks == "Y")) {
        return refuse(ErrorKind::InvalidInput, errors::kNotADate,
                      "日期不完整，请写明年、月、日，例如 2023年5月6日。");
    }
    return not_a_date();
}

Refusal not_a_time() {
    return refuse(ErrorKind::InvalidInput, errors::kNotAnInstant,
                  "无法识别为时间，请写明日期和时分，例如 2023-05-06 09:30。");
}

// "9:30", "09:30:00", "9h30m", "9h": hour, minute, second.
std::optional<std::array<int, 3>> time_of_day(std::string_view text) {
    const Pieces pieces = pieces_of(text);
    const std::string& marks = pieces.marks;
    const bool known =
        marks == ":" || marks == "::" || marks == "hm" || marks == "h" || marks == "hms";
    if (!pieces.well_formed || !known || pieces.numbers.size() > 3) return std::nullopt;
    // A colon promises another number behind it.
    if (marks.front() == ':' && pieces.numbers.size() != marks.size() + 1) return std::nullopt;
    if (marks.front() == 'h' && pieces.numbers.size() > marks.size() + 1) return std::nullopt;

    std::array<int, 3> out{};
    for (std::size_t i = 0; i < pieces.numbers.size(); ++i) {
        if (pieces.numbers[i].size() > 2) return std::nullopt;
        out.at(i) = std::stoi(pieces.numbers[i]);
    }
    if (out[0] > 23 || out[1] > 59 || out[2] > 59) return std::nullopt;
    return out;
}

}  // namespace

Result<Date> parse_written_date(std::string_view text) {
    if (const auto as_stored = date_from(text)) return *as_stored;
    const auto plain = folded(text);
    if (!plain || plain->empty()) return not_a_date();
    return date_of_pieces(pieces_of(*plain));
}

std::string with_year(std::string_view text, int year) {
    const auto date = parse_written_date(text);
    const auto form = folded(text);
    if (date || !form || date.error().code != errors::kYearMissing) return std::string(text);
    const std::size_t mark = form->find_first_not_of("0123456789");
    INVARIANT(mark != std::string::npos);  // A day without a year is a month and a day.
    const std::string_view between =
        (*form)[mark] == 'M' ? "年" : std::string_view(*form).substr(mark, 1);
    return fmt::format("{}{}{}", year, between, text.substr(text.find_first_not_of(' ')));
}

Result<Instant> parse_written_time(std::string_view text) {
    const auto plain = folded(text);
    if (!plain || plain->empty()) return not_a_time();
    if (plain->back() == 'Z') return parse_instant(*plain);

    // The date ends at a space or T, else behind the mark of the day.
    std::size_t split = plain->find_first_of(" T");
    std::size_t rest = split == std::string::npos ? split : split + 1;
    if (split == std::string::npos) {
        const std::size_t day_mark = plain->find('D');
        if (day_mark == std::string::npos) return not_a_time();
        split = rest = day_mark + 1;
    }
    TRY(const Date date, date_of_pieces(pieces_of(std::string_view(*plain).substr(0, split))));
    std::string_view time = std::string_view(*plain).substr(rest);
    while (time.starts_with(' ')) time.remove_prefix(1);
    const auto parsed = time_of_day(time);
    if (!parsed) return not_a_time();
    return instant_of({date, (*parsed)[0], (*parsed)[1], (*parsed)[2]});
}

Result<Period> parse_written_period(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kUnits = {{
        {"个工作日", "workdays"},
        {"工作日", "workdays"},
        {"个月", "months"},
        {"个小时", "hours"},
        {"小时", "hours"},
        {"日", "days"},
        {"天", "days"},
        {"月", "months"},
        {"年", "years"},
    }};
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    for (const auto& [written, unit] : kUnits) {
        if (!text.ends_with(written)) continue;
        const auto digits = folded(text.substr(0, text.size() - written.size()));
        return parse_period(fmt::format("{} {}", digits.value_or(""), unit));
    }
    return parse_period(text);
}

}  // namespace fazhi::calendar
