#include "calendar/deadline.h"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

#include "base/invariant.h"
#include "calendar/errors.h"

namespace fazhi::calendar {
namespace {

constexpr int kLastYear = 9999;

int year_of(Date day) {
    return static_cast<int>(day.year());
}

Refusal too_far() {
    return refuse(ErrorKind::InvalidInput, errors::kTooFar,
                  "期限的最后一日超出9999年，请核对起算日和期限。");
}

bool is_paused(Date day, std::span<const DayRange> pauses) {
    for (const DayRange& pause : pauses) {
        if (pause.first <= day && day <= pause.last) return true;
    }
    return false;
}

// Where a period in months or years ends, before any pause. Art. 202.
struct MonthsEnd {
    Date day{};
    CountReason reason = CountReason::CorrespondingDay;
};

Result<MonthsEnd> months_end(Date start, Period period, StartDay start_day) {
    const std::chrono::months length{period.unit == Unit::Years ? period.length * 12
                                                                : period.length};
    const Date target = start + length;
    if (year_of(target) > kLastYear) return too_far();
    if (!target.ok()) {
        return MonthsEnd{target.year() / target.month() / std::chrono::last, CountReason::MonthEnd};
    }
    const int back = start_day == StartDay::Included ? 1 : 0;
    return MonthsEnd{add_days(target, -back), CountReason::CorrespondingDay};
}

// One period, ready to be walked: so many days of the kind the law counts.
struct Walk {
    Date start{};
    int length = 0;
    Unit unit = Unit::Days;    // Days or Workdays
    MonthsEnd expected_end{};  // of months and years; else no day
    CountingRule rule;
    std::span<const DayRange> pauses;
    bool continues = false;  // granted on top of another period
};

Refusal hours_need_a_moment() {
    return refuse(ErrorKind::InvalidInput, errors::kHoursNeedAMoment,
                  "以小时计算的期限须从具体时刻起算，请写明时分。");
}

Result<Walk> walk_of(Date start, Period period, CountingRule rule,
                     std::span<const DayRange> pauses) {
    INVARIANT(start.ok());
    INVARIANT(period.length > 0 && period.length <= length_max(period.unit));
    switch (period.unit) {
        case Unit::Days:
        case Unit::Workdays:
            return Walk{.start = start,
                        .length = period.length,
                        .unit = period.unit,
                        .rule = rule,
                        .pauses = pauses};
        case Unit::Months:
        case Unit::Years: {
            TRY(const MonthsEnd end, months_end(start, period, rule.start_day));
            const int included = rule.start_day == StartDay::Included ? 1 : 0;
            const int length = days_between(start, end.day) + included;
            return Walk{.start = start,
                        .length = length,
                        .unit = Unit::Days,
                        .expected_end = end,
                        .rule = rule,
                        .pauses = pauses};
        }
        case Unit::Hours:
            break;
    }
    return hours_need_a_moment();
}

struct Step {
    Date date{};
    bool counted = false;
    CountReason reason = CountReason::Day;
    DayStatus status;  // where the table was asked
};

Result<Step> step_on(Date day, const Walk& walk, const WorkdayTable& table) {
    const bool is_start = day == walk.start;
    if (is_start && walk.rule.start_day == StartDay::Excluded) {
        return Step{day, false, CountReason::StartDay, {}};
    }
    if (is_paused(day, walk.pauses)) return Step{day, false, CountReason::Paused, {}};

    const CountReason start_or_day = is_start ? CountReason::StartDayCounted : CountReason::Day;
    if (walk.unit == Unit::Days) {
        const bool ends = !is_start && day == walk.expected_end.day;
        return Step{day, true, ends ? walk.expected_end.reason : start_or_day, {}};
    }
    TRY(DayStatus status, table.why(day));
    switch (status.kind) {
        case DayKind::Workday:
            return Step{day, true, is_start ? start_or_day : CountReason::Workday, {}};
        case DayKind::MakeUpWorkday:
            return Step{day, true, CountReason::MakeUpWorkday, std::move(status)};
        case DayKind::Weekend:
            return Step{day, false, CountReason::Weekend, {}};
        case DayKind::Holiday:
            break;
    }
    return Step{day, false, CountReason::Holiday, std::move(status)};
}

// Art. 203: the days after a last day that is a rest day, up to the first workday.
template <class Visit>
Result<Date> roll_forward(Date last, const WorkdayTable& table, const Visit& visit) {
    TRY(bool works, table.is_workday(last));
    Date day = last;
    while (!works) {
        day = add_days(day, 1);
        TRY(DayStatus status, table.why(day));
        works = status.is_workday();
        const CountReason reason = works                             ? CountReason::RolledForward
                                   : status.kind == DayKind::Holiday ? CountReason::Holiday
                                                                     : CountReason::Weekend;
        visit(Step{day, false, reason, std::move(status)});
    }
    return day;
}

// Where only the last day is asked for.
struct VisitNone {
    void operator()(const Step& /*passed*/) const {}
};

// Visits every day from the start to the last day counted, which it returns. The start of a period
// granted on top of another has been visited already. Calendar days that nobody looks at and no
// pause takes out are not walked.
template <class Visit>
Result<Date> walk_days(const Walk& walk, const WorkdayTable& table, const Visit& visit) {
    if constexpr (std::is_same_v<Visit, VisitNone>) {
        if (walk.unit == Unit::Days && walk.pauses.empty()) {
            const int start_counted = walk.rule.start_day == StartDay::Included ? 1 : 0;
            const Date last = add_days(walk.start, walk.length - start_counted);
            if (year_of(last) > kLastYear) return too_far();
            return last;
        }
    }
    int remaining = walk.length;
    Date day = walk.start;
    while (true) {
        TRY(Step step, step_on(day, walk, table));
        if (step.counted) --remaining;
        if (day != walk.start || !walk.continues) visit(std::move(step));
        if (remaining == 0) return day;
        day = add_days(day, 1);
        if (year_of(day) > kLastYear) return too_far();
    }
}

// Visits every day of the periods, one after the other, and those the last day gives way to.
template <class Visit>
Result<Date> walk_periods(Date start, std::span<const Period> periods, const WorkdayTable& table,
                          CountingRule rule, std::span<const DayRange> pauses, const Visit& visit) {
    INVARIANT(!periods.empty());
    Date day = start;
    bool continues = false;
    for (const Period& period : periods) {
        const CountingRule counted = continues ? CountingRule{} : rule;
        TRY(Walk walk, walk_of(day, period, counted, pauses));
        walk.continues = continues;
        TRY(day, walk_days(walk, table, visit));
        continues = true;
    }
    if (rule.roll_forward == RollForward::No) return day;
    return roll_forward(day, table, visit);
}

// Visits the days before the event, the nearest first, up to the last one counted, which it
// returns.
template <class Visit>
Result<Date> walk_back(Date event, Period period, const WorkdayTable& table, const Visit& visit) {
    if (period.unit == Unit::Hours) return hours_need_a_moment();
    int remaining = period.length;
    Unit unit = period.unit;
    if (unit == Unit::Months || unit == Unit::Years) {
        const std::chrono::months length{unit == Unit::Years ? period.length * 12 : period.length};
        const Date target = event - length;
        const Date begin =
            target.ok() ? target : Date(target.year() / target.month() / std::chrono::last);
        remaining = days_between(begin, event);
        unit = Unit::Days;
    }
    visit(Step{event, false, CountReason::EventDay, {}});
    Date day = event;
    while (remaining > 0) {
        day = add_days(day, -1);
        TRY(Step step, step_on(day, Walk{.start = event, .unit = unit}, table));
        if (step.counted) --remaining;
        visit(std::move(step));
    }
    return day;
}

std::string text_of(const Step& step, StartDay start_day) {
    switch (step.reason) {
        case CountReason::StartDay:
            return "起算日不计";
        case CountReason::StartDayCounted:
            return "起算日计入";
        case CountReason::Day:
            return "计入";
        case CountReason::Workday:
            return "工作日";
        case CountReason::MakeUpWorkday:
        case CountReason::Holiday:
            return chinese_text(step.status);
        case CountReason::CorrespondingDay:
            return start_day == StartDay::Included ? "期满（到期月对应日的前一日）"
                                                   : "期满（到期月的对应日）";
        case CountReason::MonthEnd:
            return "期满（到期月没有对应日，为月末日）";
        case CountReason::Weekend:
            return "周末";
        case CountReason::Paused:
            return "暂停";
        case CountReason::RolledForward:
            return "顺延至休假日后的第一个工作日";
        case CountReason::EventDay:
            return "当日不计";
    }
    return {};
}

// Workdays after `from` up to and including `to`; from <= to.
Result<int> workdays_after(Date from, Date to, const WorkdayTable& table) {
    int count = 0;
    for (Date day = from; day < to;) {
        day = add_days(day, 1);
        TRY(const bool works, table.is_workday(day));
        count += works ? 1 : 0;
    }
    return count;
}

}  // namespace

Result<Date> last_day_on_time(Date start, Period period, const WorkdayTable& table,
                              CountingRule rule, std::span<const DayRange> pauses) {
    return last_day_on_time(start, std::span(&period, 1), table, rule, pauses);
}

Result<Date> last_day_on_time(Date start, std::span<const Period> periods,
                              const WorkdayTable& table, CountingRule rule,
                              std::span<const DayRange> pauses) {
    return walk_periods(start, periods, table, rule, pauses, VisitNone{});
}

Result<Date> last_day_before(Date event, Period period, const WorkdayTable& table) {
    return walk_back(event, period, table, VisitNone{});
}

Instant last_instant_on_time(Instant start, Period period) {
    INVARIANT(period.unit == Unit::Hours);
    INVARIANT(period.length > 0);
    return start + std::chrono::hours(period.length);
}

Result<std::vector<DayCount>> explain(Date start, Period period, const WorkdayTable& table,
                                      CountingRule rule, std::span<const DayRange> pauses) {
    return explain(start, std::span(&period, 1), table, rule, pauses);
}

Result<std::vector<DayCount>> explain(Date start, std::span<const Period> periods,
                                      const WorkdayTable& table, CountingRule rule,
                                      std::span<const DayRange> pauses) {
    std::vector<DayCount> days;
    const auto keep = [&](const Step& step) {
        days.push_back({step.date, step.counted, step.reason, text_of(step, rule.start_day)});
    };
    TRY_OK(walk_periods(start, periods, table, rule, pauses, keep));
    return days;
}

Result<std::vector<DayCount>> explain_before(Date event, Period period, const WorkdayTable& table) {
    std::vector<DayCount> days;
    const auto keep = [&](const Step& step) {
        days.push_back({step.date, step.counted, step.reason, text_of(step, StartDay::Excluded)});
    };
    TRY_OK(walk_back(event, period, table, keep));
    std::reverse(days.begin(), days.end());
    return days;
}

Result<int> workdays_left(Date today, Date last_day, const WorkdayTable& table) {
    if (today <= last_day) return workdays_after(today, last_day, table);
    TRY(const int overdue, workdays_after(last_day, today, table));
    return -overdue;
}

Result<Date> safe_day(Date last_day, const WorkdayTable& table) {
    Date day = last_day;
    while (true) {
        TRY(const bool works, table.is_workday(day));
        if (works) return day;
        day = add_days(day, -1);
    }
}

Result<Date> first_workday_from(Date day, const WorkdayTable& table) {
    while (true) {
        TRY(const bool works, table.is_workday(day));
        if (works) return day;
        day = add_days(day, 1);
    }
}

}  // namespace fazhi::calendar
