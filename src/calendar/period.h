// Periods (期限): a length and how it is counted.
//
// Pure functions and values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fazhi::calendar {

// How the law counts: every day (日), working days (工作日), months (月), years (年), hours (小时).
enum class Unit { Days, Workdays, Months, Years, Hours };

// 100 years, 1200 months, else 9999.
int length_max(Unit unit);

struct Period {
    int length = 0;  // 1 to length_max(unit)
    Unit unit = Unit::Days;

    friend bool operator==(const Period&, const Period&) = default;
};

// "days", "workdays", "months", "years", "hours", as packs write it. Refuses kNotAPeriod.
Result<Unit> parse_unit(std::string_view text);
std::string_view to_text(Unit unit);

// "30 days", "20 workdays", "1 month": a number, one space, a unit, singular or plural. Refuses
// kNotAPeriod.
Result<Period> parse_period(std::string_view text);
// A length computed or typed elsewhere, checked against the bounds. Refuses kNotAPeriod.
Result<Period> make_period(std::int64_t length, Unit unit);

std::string to_text(Period period);       // "20 workdays", "1 month"
std::string chinese_text(Period period);  // "20个工作日", "30日", "1个月", "2年", "24小时"

}  // namespace fazhi::calendar
