#include "calendar/date.h"

#include <array>

#include <fmt/format.h>

#include "base/invariant.h"
#include "calendar/errors.h"

namespace fazhi::calendar {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::chrono::hours kShanghaiOffset{8};

// The digits at [from, from + count), or nothing when one of them is no ASCII digit.
std::optional<int> number_at(std::string_view text, std::size_t from, std::size_t count) {
    int number = 0;
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

// Whether `text` has the shape of `pattern`, where 0 stands for any digit.
bool has_shape(std::string_view text, std::string_view pattern) {
    if (text.size() != pattern.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool fits =
            pattern[i] == '0' ? (text[i] >= '0' && text[i] <= '9') : text[i] == pattern[i];
        if (!fits) return false;
    }
    return true;
}

int year_of(Date date) {
    return static_cast<int>(date.year());
}

unsigned month_of(Date date) {
    return static_cast<unsigned>(date.month());
}

unsigned day_of(Date date) {
    return static_cast<unsigned>(date.day());
}

Date date_of(int year, int month, int day) {
    return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
            std::chrono::day(static_cast<unsigned>(day))};
}

// Over the zeros that end at `last`. By hand, for a record of the journal holds several dates.
void put_number(std::string& text, std::size_t last, int number) {
    for (; number > 0; number /= 10) text[last--] = static_cast<char>('0' + number % 10);
}

}  // namespace

Result<Date> make_date(int year, int month, int day) {
    if (year < 1 || year > 9999) {
        return refuse(ErrorKind::InvalidInput, errors::kNoSuchDay, "年份应在1至9999之间。");
    }
    if (month < 1 || month > 12) {
        return refuse(ErrorKind::InvalidInput, errors::kNoSuchDay,
                      fmt::format("没有{}月这个月份，月份应在1至12之间。", month));
    }
    const int last = static_cast<int>(day_of(last_day_of_month(year, month)));
    if (day < 1 || day > last) {
        return refuse(
            ErrorKind::InvalidInput, errors::kNoSuchDay,
            fmt::format("{}年{}月只有{}天，没有{}日，请核对日期。", year, month, last, day));
    }
    return date_of(year, month, day);
}

Result<Date> parse_date(std::string_view text) {
    if (!has_shape(text, "0000-00-00")) {
        return refuse(ErrorKind::InvalidInput, errors::kNotADate,
                      "日期应写成“年-月-日”，年四位、月和日各两位，例如 2025-02-27。");
    }
    return make_date(*number_at(text, 0, 4), *number_at(text, 5, 2), *number_at(text, 8, 2));
}

std::optional<Date> date_from(std::string_view text) {
    const auto parsed = parse_date(text);
    return parsed ? std::optional<Date>(*parsed) : std::nullopt;
}

std::string to_text(Date date) {
    constexpr int kLastYear = 9999;
    const int year = year_of(date);
    if (year < 0 || year > kLastYear)
        return fmt::format("{}-{:02}-{:02}", year, month_of(date), day_of(date));
    std::string text = "0000-00-00";
    put_number(text, 3, year);
    put_number(text, 6, static_cast<int>(month_of(date)));
    put_number(text, 9, static_cast<int>(day_of(date)));
    return text;
}

std::string chinese_text(Date date) {
    return fmt::format("{}年{}月{}日", year_of(date), month_of(date), day_of(date));
}

int month_number(Date date) {
    return year_of(date) * 100 + static_cast<int>(month_of(date));
}

std::string_view weekday_text(Date date) {
    static constexpr std::array<std::string_view, 7> kNames = {
        "星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"};
    return kNames.at(std::chrono::weekday(sys_days(date)).c_encoding());
}

bool is_weekend(Date date) {
    const std::chrono::weekday weekday{sys_days(date)};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Date add_days(Date date, int count) {
    INVARIANT(date.ok());
    return sys_days(date) + days(count);
}

int days_between(Date from, Date to) {
    return static_cast<int>((sys_days(to) - sys_days(from)).count());
}

Date last_day_of_month(int year, int month) {
    INVARIANT(month >= 1 && month <= 12);
    return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
           std::chrono::last;
}

Date first_day_of_year(int year) {
    return date_of(year, 1, 1);
}

Date last_day_of_year(int year) {
    return date_of(year, 12, 31);
}

Result<Instant> parse_instant(std::string_view text) {
    if (!has_shape(text, "0000-00-00T00:00:00Z")) {
        return refuse(ErrorKind::InvalidInput, errors::kNotAnInstant,
                      "时刻应写成协调世界时，例如 2025-02-27T08:00:00Z。");
    }
    TRY(const Date date, parse_date(text.substr(0, 10)));
    const int hour = *number_at(text, 11, 2);
    const int minute = *number_at(text, 14, 2);
    const int second = *number_at(text, 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
        return refuse(ErrorKind::InvalidInput, errors::kNotAnInstant,
                      "时刻应在00:00:00至23:59:59之间。");
    }
    return Instant(sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

std::string to_text(Instant instant) {
    const auto day = std::chrono::floor<days>(instant);
    const std::chrono::hh_mm_ss time(instant - day);
    std::string text = to_text(Date(day)) + "T00:00:00Z";
    const std::size_t end = text.size();
    put_number(text, end - 8, static_cast<int>(time.hours().count()));
    put_number(text, end - 5, static_cast<int>(time.minutes().count()));
    put_number(text, end - 2, static_cast<int>(time.seconds().count()));
    return text;
}

std::string chinese_text(Instant instant) {
    const CivilTime time = civil_time(instant);
    return fmt::format("{}{:02}:{:02}", chinese_text(time.date), time.hour, time.minute);
}

Date civil_date(Instant instant) {
    return std::chrono::floor<days>(instant + kShanghaiOffset);
}

CivilTime civil_time(Instant instant) {
    const auto local = instant + kShanghaiOffset;
    const auto day = std::chrono::floor<days>(local);
    const std::chrono::hh_mm_ss time(local - day);
    return {day, static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
            static_cast<int>(time.seconds().count())};
}

Instant instant_of(const CivilTime& time) {
    INVARIANT(time.date.ok());
    return Instant(sys_days(time.date)) + std::chrono::hours(time.hour) +
           std::chrono::minutes(time.minute) + std::chrono::seconds(time.second) - kShanghaiOffset;
}

}  // namespace fazhi::calendar
