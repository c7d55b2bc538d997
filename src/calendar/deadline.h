// Statutory deadlines (法定期限): the last civil day on which a step is still on time, and why.
// Basis: 民法典 第二百条 to 第二百零三条: the day a period starts on is not counted; months and
// years end on the corresponding day, without one on the month's last; where the law grants it, a
// last day that is a rest day gives way to the first workday after.
//
// Days are civil days in Asia/Shanghai. Everything here is a pure function of its arguments; any
// thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/date.h"
#include "calendar/period.h"
#include "calendar/workday_table.h"

namespace fazhi::calendar {

enum class StartDay { Excluded, Included };
enum class RollForward { No, Yes };

// How a law counts (reference/laws). The defaults are how an office's own deadlines are read:
// strictly.
struct CountingRule {
    StartDay start_day = StartDay::Excluded;
    RollForward roll_forward = RollForward::No;

    friend bool operator==(const CountingRule&, const CountingRule&) = default;
};

// Whole days, both ends included; last >= first. Days the law does not count (征求第三方意见, 鉴定,
// 公告) are paused: overlapping pauses skip a day once.
struct DayRange {
    Date first{};
    Date last{};

    friend bool operator==(const DayRange&, const DayRange&) = default;
};

// The last day on which a step is on time whose period began on `start`. Without roll-forward a
// period in days, months or years needs no table. Every paused day among months and years moves the
// end one day on. Refuses kYearNotPublished rather than guess a rest day, kHoursNeedAMoment,
// kTooFar.
Result<Date> last_day_on_time(Date start, Period period, const WorkdayTable& table,
                              CountingRule rule = {}, std::span<const DayRange> pauses = {});
// The same of a period and what was granted on top of it (延长): each begins on the last day of the
// one before, that day not counted again; only the last one's end gives way to a workday.
Result<Date> last_day_on_time(Date start, std::span<const Period> periods,
                              const WorkdayTable& table, CountingRule rule = {},
                              std::span<const DayRange> pauses = {});
// The last day for what must be done `period` before something on `event` (举行听证的七日前): that
// many days, the event's own not counted. Refuses as above.
Result<Date> last_day_before(Date event, Period period, const WorkdayTable& table);

// The last instant on time; `period` is in hours. Hours run through nights and rest days.
Instant last_instant_on_time(Instant start, Period period);

enum class CountReason {
    StartDay,          // not counted
    StartDayCounted,   // counted: the rule includes it
    Day,               // counted: a day of a period in days, months or years
    Workday,           // counted
    MakeUpWorkday,     // counted
    CorrespondingDay,  // counted: the last day of a period in months or years
    MonthEnd,          // counted: the same, the month having no corresponding day
    Weekend,           // not counted
    Holiday,           // not counted
    Paused,            // not counted
    RolledForward,     // not counted: the workday on which the period ends instead
    EventDay,          // not counted: what must be preceded
};

struct DayCount {
    Date date{};
    bool counted = false;
    CountReason reason = CountReason::Day;
    std::string text;  // "起算日不计", "法定节假日（春节）", "调休上班（春节）", "暂停"

    friend bool operator==(const DayCount&, const DayCount&) = default;
};

// Every day from `start` to last_day_on_time, in order: of days and workdays exactly period.length
// are counted. Refuses as last_day_on_time does.
Result<std::vector<DayCount>> explain(Date start, Period period, const WorkdayTable& table,
                                      CountingRule rule = {},
                                      std::span<const DayRange> pauses = {});

Result<std::vector<DayCount>> explain(Date start, std::span<const Period> periods,
                                      const WorkdayTable& table, CountingRule rule = {},
                                      std::span<const DayRange> pauses = {});
// Every day from last_day_before to `event`, in order.
Result<std::vector<DayCount>> explain_before(Date event, Period period, const WorkdayTable& table);

// Workdays after `today` up to and including `last_day`; negative once overdue: the workdays after
// `last_day` up to and including `today`. Refuses kYearNotPublished.
Result<int> workdays_left(Date today, Date last_day, const WorkdayTable& table);

// The last workday up to and including `last_day`: the safe day (稳妥日) for the office. Refuses
// kYearNotPublished.
Result<Date> safe_day(Date last_day, const WorkdayTable& table);

// The first workday from `day` on, `day` included. Refuses kYearNotPublished.
Result<Date> first_workday_from(Date day, const WorkdayTable& table);

}  // namespace fazhi::calendar
