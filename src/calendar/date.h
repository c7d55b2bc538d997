// Civil dates (日期) and instants (时刻), read and printed.
//
// Dates are civil days in Asia/Shanghai, which is UTC+8 all year (no summer time since 1991);
// instants are UTC seconds. Years run from 1 to 9999. Pure functions; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fazhi::calendar {

using Date = std::chrono::year_month_day;
using Instant = std::chrono::sys_seconds;

// A wall-clock reading in Asia/Shanghai.
struct CivilTime {
    Date date{};
    int hour = 0;    // 0-23
    int minute = 0;  // 0-59
    int second = 0;  // 0-59

    friend bool operator==(const CivilTime&, const CivilTime&) = default;
};

// Strictly "2025-02-27", as packs, journals and the database write it; what clerks type is parsed
// in written_date.h. Refuses kNotADate, and kNoSuchDay saying how many days the month has.
Result<Date> parse_date(std::string_view text);
std::optional<Date> date_from(std::string_view text);  // the same without a reason
// The day, if there is one: refuses kNoSuchDay.
Result<Date> make_date(int year, int month, int day);

std::string to_text(Date date);       // "2025-02-27"
std::string chinese_text(Date date);  // "2025年2月27日"
int month_number(Date date);          // 202502, for the month columns
std::string_view weekday_text(Date);  // "星期四"
bool is_weekend(Date date);           // Saturday or Sunday, whatever the notice says

Date add_days(Date date, int days);           // days may be negative
int days_between(Date from, Date to);         // 0 on the same day, negative when `to` is earlier
Date last_day_of_month(int year, int month);  // month 1-12
Date first_day_of_year(int year);
Date last_day_of_year(int year);

// Strictly "2025-02-27T08:00:00Z". Refuses kNotAnInstant and kNoSuchDay.
Result<Instant> parse_instant(std::string_view text);
std::string to_text(Instant instant);       // "2025-02-27T08:00:00Z"
std::string chinese_text(Instant instant);  // "2025年2月27日16:00", civil time

Date civil_date(Instant instant);  // the day it is then in Asia/Shanghai
CivilTime civil_time(Instant instant);
Instant instant_of(const CivilTime& time);  // the reverse of civil_time

}  // namespace fazhi::calendar
