#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "exchange/xlsx_reader.h"

// How a spreadsheet keeps dates: as days since an epoch, told from numbers by their format alone.
namespace fazhi::exchange {
namespace {

constexpr double kDaysMost = 2'958'465;  // 9999-12-31
constexpr int kMinutesOfDay = 24 * 60;

// Built-in formats (ECMA-376 part 1, §18.8.30, with those of Chinese and Japanese editions).
bool is_date_id(int id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

// A letter of years, months, days or hours outside of quotes, brackets and escapes.
bool is_date_code(std::string_view code) {
    bool quoted = false;
    bool bracketed = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\\' || c == '_' || c == '*') {
            ++i;
            continue;
        }
        if (c == '[') bracketed = true;
        if (c == ']') bracketed = false;
        if (bracketed) continue;
        if (c == ';') return false;  // Only the first section says what a positive number is.
        if (std::string_view("yYmMdDhH").find(c) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace

std::string date_text(double number, int format_id, std::string_view format_code, bool epoch_1904) {
    const bool is_date = format_code.empty() ? is_date_id(format_id) : is_date_code(format_code);
    if (!is_date || number < 0 || number > kDaysMost) return {};
    auto days = static_cast<int>(std::floor(number));
    auto minutes = static_cast<int>(std::lround((number - std::floor(number)) * kMinutesOfDay));
    if (minutes == kMinutesOfDay) {
        ++days;
        minutes = 0;
    }
    const std::string time = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
    if (days == 0 && !epoch_1904) return time;
    using std::chrono::December;
    using std::chrono::January;
    using std::chrono::sys_days;
    using std::chrono::year;
    // Spreadsheets took 1900 for a leap year: day 60 is 29 February 1900, which never was.
    if (!epoch_1904 && days == 60) return {};
    const sys_days epoch = epoch_1904 ? sys_days(year(1904) / January / 1)
                                      : sys_days(year(1899) / December / (days < 60 ? 31 : 30));
    const std::chrono::year_month_day date(epoch + std::chrono::days(days));
    std::string out =
        fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    if (minutes != 0) out += " " + time;
    return out;
}

}  // namespace fazhi::exchange
