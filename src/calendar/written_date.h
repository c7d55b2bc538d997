// Dates as clerks write them (手写日期), in forms and spreadsheets.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/date.h"
#include "calendar/period.h"

namespace fazhi::calendar {

// Accepts 2023-05-06, 2023/5/6, 2023.5.6, 2023年5月6日 (日 or 号), 20230506, with full-width digits
// and marks, and with spaces at either end. The order is always year, month, day, the year in four
// digits. Refuses kYearMissing ("5月6日", "5/6"), kNoSuchDay (31 June) and kNotADate, each saying
// what to write instead.
Result<Date> parse_written_date(std::string_view text);

// The text with this year put before a day that names none ("5月6日" and "5/6" in 2023 are
// "2023年5月6日" and "2023/5/6"); every other text as it is.
std::string with_year(std::string_view text, int year);

// A date, then a time of day: "2023-05-06 9:30", "2023年5月6日 09:30:00", "2023年5月6日9时30分", or
// the canonical "2023-05-06T01:30:00Z". Civil time. Refuses as parse_written_date does, and
// kNotAnInstant.
Result<Instant> parse_written_time(std::string_view text);

// A length of time: 20个工作日, 30日 or 30天, 2个月, 1年, 24小时, or "20 workdays", the digits
// full-width or not. Refuses kNotAPeriod.
Result<Period> parse_written_period(std::string_view text);

}  // namespace fazhi::calendar
