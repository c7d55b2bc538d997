#include "calendar/deadline.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "calendar/errors.h"
#include "calendar/testing/china.h"

namespace fazhi::calendar {
namespace {

using namespace std::chrono_literals;
using testing::china;

constexpr CountingRule kGenerous{StartDay::Excluded, RollForward::Yes};
constexpr CountingRule kIncluded{StartDay::Included, RollForward::No};

Date ends(Date start, Period period, CountingRule rule = {}, std::vector<DayRange> pauses = {}) {
    return last_day_on_time(start, period, china(), rule, pauses).value();
}

// A day from 2022 on from which two years, and the days an end may roll, stay within the published
// years.
Date arbitrary_start() {
    return add_days(2022y / 1 / 1, *rc::gen::inRange(0, 1080));
}

Period arbitrary_period() {
    const Unit unit = *rc::gen::element(Unit::Days, Unit::Workdays, Unit::Months, Unit::Years);
    switch (unit) {
        case Unit::Months:
            return {*rc::gen::inRange(1, 7), unit};
        case Unit::Years:
            return {1, unit};
        case Unit::Days:
        case Unit::Workdays:
        case Unit::Hours:
            break;
    }
    return {*rc::gen::inRange(1, 120), unit};
}

CountingRule arbitrary_rule() {
    return {*rc::gen::element(StartDay::Excluded, StartDay::Included),
            *rc::gen::element(RollForward::No, RollForward::Yes)};
}

std::vector<DayRange> arbitrary_pauses(Date start) {
    std::vector<DayRange> pauses;
    const int count = *rc::gen::inRange(0, 3);
    for (int i = 0; i < count; ++i) {
        const Date first = add_days(start, *rc::gen::inRange(-5, 60));
        pauses.push_back({first, add_days(first, *rc::gen::inRange(0, 15))});
    }
    return pauses;
}

int counted_in(const std::vector<DayCount>& days) {
    return static_cast<int>(
        std::count_if(days.begin(), days.end(), [](const DayCount& day) { return day.counted; }));
}

}  // namespace

TEST_CASE("workdays skip the National Day holiday and count its make-up workdays") {
    CHECK(ends(2024y / 9 / 27, {20, Unit::Workdays}) == 2024y / 10 / 30);
}

TEST_CASE("workdays end where a hand count on the notices ends") {
    struct Row {
        Date start;
        int workdays;
        Date last;
    };
    const Row rows[] = {
        // 29 and 30 January are worked, then rest to 6 February.
        {2022y / 1 / 28, 3, 2022y / 2 / 7},
        // 8 and 9 October are worked.
        {2022y / 9 / 30, 3, 2022y / 10 / 10},
        // Labour Day: rest 29 April to 3 May, 6 May (Saturday) worked.
        {2023y / 4 / 28, 3, 2023y / 5 / 6},
        {2023y / 6 / 21, 2, 2023y / 6 / 26},
        // 9 February counts, then rest to 17 February; Sunday 18 is worked.
        {2024y / 2 / 8, 2, 2024y / 2 / 18},
        // A Saturday begins nothing: Monday is the first day.
        {2024y / 3 / 2, 1, 2024y / 3 / 4},
        {2025y / 1 / 24, 3, 2025y / 2 / 5},
        {2025y / 9 / 30, 2, 2025y / 10 / 10},
        {2025y / 9 / 30, 3, 2025y / 10 / 11},
        // 14 February is worked, rest 15 to 23, 28 (Saturday) worked.
        {2026y / 2 / 13, 2, 2026y / 2 / 24},
        {2026y / 2 / 13, 6, 2026y / 2 / 28},
        // Over the turn of the year: 2 and 3 January rest, 4 January is a worked Sunday.
        {2025y / 12 / 31, 1, 2026y / 1 / 4},
        {2022y / 12 / 30, 1, 2023y / 1 / 3},
    };
    for (const Row& row : rows) {
        CAPTURE(to_text(row.start));
        CHECK(to_text(ends(row.start, {row.workdays, Unit::Workdays})) == to_text(row.last));
    }
}

TEST_CASE("days count every day, and the start day only where the law includes it") {
    CHECK(ends(2024y / 2 / 9, {20, Unit::Days}) == 2024y / 2 / 29);
    CHECK(ends(2023y / 2 / 9, {20, Unit::Days}) == 2023y / 3 / 1);
    CHECK(ends(2024y / 9 / 27, {1, Unit::Days}, kIncluded) == 2024y / 9 / 27);
    CHECK(ends(2024y / 9 / 27, {10, Unit::Days}, kIncluded) == 2024y / 10 / 6);
    CHECK(ends(2024y / 9 / 27, {1, Unit::Workdays}, kIncluded) == 2024y / 9 / 27);
    CHECK(ends(2024y / 9 / 28, {1, Unit::Workdays}, kIncluded) == 2024y / 9 / 29);
}

TEST_CASE("months and years end on the corresponding day or the month's last") {
    struct Row {
        Date start;
        Period period;
        Date last;
    };
    const Row rows[] = {
        {2025y / 1 / 15, {1, Unit::Months}, 2025y / 2 / 15},
        {2025y / 1 / 31, {1, Unit::Months}, 2025y / 2 / 28},
        {2024y / 1 / 31, {1, Unit::Months}, 2024y / 2 / 29},
        {2024y / 1 / 30, {1, Unit::Months}, 2024y / 2 / 29},
        {2025y / 3 / 31, {1, Unit::Months}, 2025y / 4 / 30},
        {2025y / 2 / 28, {1, Unit::Months}, 2025y / 3 / 28},
        {2024y / 11 / 30, {3, Unit::Months}, 2025y / 2 / 28},
        {2024y / 2 / 29, {1, Unit::Years}, 2025y / 2 / 28},
        {2024y / 2 / 29, {4, Unit::Years}, 2028y / 2 / 29},
        {2023y / 8 / 31, {6, Unit::Months}, 2024y / 2 / 29},
        {2024y / 12 / 31, {2, Unit::Months}, 2025y / 2 / 28},
    };
    for (const Row& row : rows) {
        CAPTURE(to_text(row.start));
        CHECK(to_text(ends(row.start, row.period)) == to_text(row.last));
    }
    CHECK(ends(2025y / 1 / 1, {1, Unit::Months}, kIncluded) == 2025y / 1 / 31);
    CHECK(ends(2025y / 3 / 1, {1, Unit::Months}, kIncluded) == 2025y / 3 / 31);
    CHECK(ends(2025y / 1 / 31, {1, Unit::Months}, kIncluded) == 2025y / 2 / 28);
}

TEST_CASE("a last day that is a rest day gives way only where the law grants it") {
    // 30 days from 5 September 2024 end on Saturday 5 October, in the National Day holiday.
    CHECK(ends(2024y / 9 / 5, {30, Unit::Days}) == 2024y / 10 / 5);
    CHECK(ends(2024y / 9 / 5, {30, Unit::Days}, kGenerous) == 2024y / 10 / 8);
    // One that falls on a make-up Saturday stays.
    CHECK(ends(2024y / 9 / 12, {1, Unit::Months}, kGenerous) == 2024y / 10 / 12);
    CHECK(ends(2024y / 1 / 10, {1, Unit::Months}, kGenerous) == 2024y / 2 / 18);
    CHECK(*safe_day(2024y / 10 / 5, china()) == 2024y / 9 / 30);
    CHECK(*safe_day(2024y / 10 / 8, china()) == 2024y / 10 / 8);
    CHECK(*first_workday_from(2024y / 10 / 5, china()) == 2024y / 10 / 8);
}

TEST_CASE("paused days are not counted, and overlapping pauses skip a day once") {
    const std::vector<DayRange> once = {{2024y / 3 / 6, 2024y / 3 / 10}};
    CHECK(ends(2024y / 3 / 1, {10, Unit::Days}, {}, once) == 2024y / 3 / 16);
    const std::vector<DayRange> twice = {{2024y / 3 / 6, 2024y / 3 / 10},
                                         {2024y / 3 / 8, 2024y / 3 / 12}};
    CHECK(ends(2024y / 3 / 1, {10, Unit::Days}, {}, twice) == 2024y / 3 / 18);
    // 6 to 10 March holds three workdays (Wednesday to Friday).
    CHECK(ends(2024y / 3 / 1, {5, Unit::Workdays}, {}, once) == 2024y / 3 / 13);
    CHECK(ends(2024y / 3 / 1, {1, Unit::Months}, {}, once) == 2024y / 4 / 6);
    // A pause that begins on what was the last day moves it.
    CHECK(ends(2024y / 3 / 1, {1, Unit::Months}, {}, {{2024y / 4 / 1, 2024y / 4 / 3}}) ==
          2024y / 4 / 4);
    CHECK(ends(2024y / 3 / 1, {1, Unit::Months}, {}, {{2024y / 4 / 2, 2024y / 4 / 3}}) ==
          2024y / 4 / 1);
}

TEST_CASE("a period that reaches an unpublished year is refused, not guessed") {
    const auto last = last_day_on_time(2026y / 12 / 27, {20, Unit::Workdays}, china());
    REQUIRE_FALSE(last);
    CHECK(last.error().code == errors::kYearNotPublished);
    CHECK(explain(2026y / 12 / 27, {20, Unit::Workdays}, china()).error().code ==
          errors::kYearNotPublished);
    CHECK(workdays_left(2026y / 12 / 27, 2027y / 1 / 10, china()).error().code ==
          errors::kYearNotPublished);
    // Days and months need no notice, unless the end rolls.
    CHECK(ends(2026y / 12 / 27, {20, Unit::Days}) == 2027y / 1 / 16);
    CHECK(ends(2026y / 12 / 27, {3, Unit::Months}) == 2027y / 3 / 27);
    CHECK(last_day_on_time(2026y / 12 / 27, {20, Unit::Days}, china(), kGenerous).error().code ==
          errors::kYearNotPublished);
}

TEST_CASE("a period in hours runs from a moment, through the night") {
    const Instant start = *parse_instant("2024-09-30T10:00:00Z");
    CHECK(to_text(last_instant_on_time(start, {24, Unit::Hours})) == "2024-10-01T10:00:00Z");
    CHECK(last_day_on_time(2024y / 9 / 30, {24, Unit::Hours}, china()).error().code ==
          errors::kHoursNeedAMoment);
}

TEST_CASE("a period that would end after the year 9999 is refused") {
    CHECK(last_day_on_time(9999y / 12 / 1, {1, Unit::Years}, china()).error().code ==
          errors::kTooFar);
    CHECK(last_day_on_time(9999y / 12 / 1, {31, Unit::Days}, china()).error().code ==
          errors::kTooFar);
    CHECK(ends(9999y / 12 / 1, {30, Unit::Days}) == 9999y / 12 / 31);
}

TEST_CASE("the explanation says of every day why it counts or not") {
    const std::vector<DayRange> pauses = {{2024y / 9 / 30, 2024y / 9 / 30}};
    const auto days = explain(2024y / 9 / 27, {3, Unit::Workdays}, china(), {}, pauses);
    REQUIRE(days);
    std::vector<std::string> lines;
    for (const DayCount& day : *days) {
        lines.push_back(to_text(day.date) + (day.counted ? " + " : " - ") + day.text);
    }
    CHECK(lines == std::vector<std::string>{
                       "2024-09-27 - 起算日不计",
                       "2024-09-28 - 周末",
                       "2024-09-29 + 调休上班（国庆节）",
                       "2024-09-30 - 暂停",
                       "2024-10-01 - 法定节假日（国庆节）",
                       "2024-10-02 - 法定节假日（国庆节）",
                       "2024-10-03 - 法定节假日（国庆节）",
                       "2024-10-04 - 法定节假日（国庆节）",
                       "2024-10-05 - 法定节假日（国庆节）",
                       "2024-10-06 - 法定节假日（国庆节）",
                       "2024-10-07 - 法定节假日（国庆节）",
                       "2024-10-08 + 工作日",
                       "2024-10-09 + 工作日",
                   });
}

TEST_CASE("the explanation names the end of a month and the day it rolled to") {
    const auto month = explain(2025y / 1 / 31, {1, Unit::Months}, china());
    REQUIRE(month);
    CHECK(month->back().reason == CountReason::MonthEnd);
    CHECK(month->back().text == "期满（到期月没有对应日，为月末日）");
    CHECK(explain(2025y / 1 / 10, {1, Unit::Months}, china())->back().reason ==
          CountReason::CorrespondingDay);

    const auto rolled = explain(2024y / 9 / 5, {30, Unit::Days}, china(), kGenerous);
    REQUIRE(rolled);
    CHECK(rolled->back().date == 2024y / 10 / 8);
    CHECK(rolled->back().reason == CountReason::RolledForward);
    CHECK_FALSE(rolled->back().counted);
    CHECK(counted_in(*rolled) == 30);
    const auto included = explain(2024y / 9 / 5, {2, Unit::Days}, china(), kIncluded);
    CHECK(included->front().text == "起算日计入");
}

TEST_CASE("workdays left count down to nothing on the last day and below when it has passed") {
    CHECK(*workdays_left(2024y / 9 / 27, 2024y / 10 / 30, china()) == 20);
    CHECK(*workdays_left(2024y / 10 / 30, 2024y / 10 / 30, china()) == 0);
    CHECK(*workdays_left(2024y / 11 / 1, 2024y / 10 / 30, china()) == -2);
    CHECK(*workdays_left(2024y / 10 / 3, 2024y / 10 / 7, china()) == 0);
}

TEST_CASE("a later start or a longer period never ends earlier") {
    CHECK(rc::check("monotone", [] {
        const Date start = arbitrary_start();
        const Period period = arbitrary_period();
        const CountingRule rule = arbitrary_rule();
        const Date last = ends(start, period, rule);
        RC_ASSERT(ends(add_days(start, 1), period, rule) >= last);
        RC_ASSERT(ends(start, {period.length + 1, period.unit}, rule) >= last);
        RC_ASSERT(last >= start);
    }));
}

TEST_CASE("a workday of the count is a workday, and as many are counted as the period is long") {
    CHECK(rc::check("explained", [] {
        const Date start = arbitrary_start();
        const Period period = arbitrary_period();
        const CountingRule rule = arbitrary_rule();
        const auto pauses = arbitrary_pauses(start);
        const auto days = *explain(start, period, china(), rule, pauses);
        RC_ASSERT(days.front().date == start);
        RC_ASSERT(days.back().date == ends(start, period, rule, pauses));
        for (std::size_t i = 1; i < days.size(); ++i) {
            RC_ASSERT(days[i].date == add_days(days[i - 1].date, 1));
        }
        if (period.unit == Unit::Days || period.unit == Unit::Workdays) {
            RC_ASSERT(counted_in(days) == period.length);
        }
        for (const DayCount& day : days) {
            const bool paused =
                std::any_of(pauses.begin(), pauses.end(), [&](const DayRange& range) {
                    return range.first <= day.date && day.date <= range.last;
                });
            RC_ASSERT(!(paused && day.counted));
            if (day.counted && period.unit == Unit::Workdays) {
                RC_ASSERT(*china().is_workday(day.date));
            }
        }
    }));
}

TEST_CASE("workdays left are the inverse of the deadline") {
    CHECK(rc::check("inverse", [] {
        const Date start = arbitrary_start();
        const int length = *rc::gen::inRange(1, 120);
        const Date last = ends(start, {length, Unit::Workdays});
        RC_ASSERT(*workdays_left(start, last, china()) == length);
        RC_ASSERT(*workdays_left(last, start, china()) == -length);
    }));
}

TEST_CASE("an end that may roll is a workday, and never before the strict one") {
    CHECK(rc::check("generous", [] {
        const Date start = arbitrary_start();
        const Period period = arbitrary_period();
        const Date generous = ends(start, period, kGenerous);
        RC_ASSERT(*china().is_workday(generous));
        RC_ASSERT(generous >= ends(start, period));
        RC_ASSERT(*safe_day(ends(start, period), china()) <= ends(start, period));
    }));
}

}  // namespace fazhi::calendar
