#include "calendar/date.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "calendar/clock.h"
#include "calendar/errors.h"
#include "calendar/testing/fixed_clock.h"

namespace fazhi::calendar {
namespace {

using namespace std::chrono_literals;

Date arbitrary_date() {
    return add_days(2000y / 1 / 1, *rc::gen::inRange(0, 40000));
}

}  // namespace

TEST_CASE("a date is written as year, month and day with two hyphens and nothing else") {
    CHECK(*parse_date("2025-02-27") == 2025y / 2 / 27);
    CHECK(*parse_date("2024-02-29") == 2024y / 2 / 29);
    for (const char* wrong :
         {"", "2025-2-27", "2025/02/27", "2025-02-27 ", " 2025-02-27", "25-02-27", "2025-02-2x",
          "2025年2月27日", "20250227", "-025-02-27", "2025-02-271"}) {
        CAPTURE(wrong);
        const auto parsed = parse_date(wrong);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errors::kNotADate);
        CHECK(parsed.error().kind == ErrorKind::InvalidInput);
        CHECK_FALSE(date_from(wrong));
    }
}

TEST_CASE("a day the month does not have is refused, and the refusal says how many it has") {
    const auto february = parse_date("2025-02-30");
    REQUIRE_FALSE(february);
    CHECK(february.error().code == errors::kNoSuchDay);
    CHECK(february.error().message == "2025年2月只有28天，没有30日，请核对日期。");
    for (const char* wrong : {"2023-02-29", "2025-13-01", "2025-00-10", "2025-06-31", "2025-06-00",
                              "0000-01-01", "1900-02-29"}) {
        CAPTURE(wrong);
        const auto parsed = parse_date(wrong);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errors::kNoSuchDay);
    }
}

TEST_CASE("a date is printed for the machine and for people") {
    CHECK(to_text(2025y / 2 / 7) == "2025-02-07");
    CHECK(chinese_text(2025y / 2 / 27) == "2025年2月27日");
    CHECK(month_number(2025y / 2 / 27) == 202502);
    CHECK(weekday_text(2025y / 2 / 27) == "星期四");
    CHECK(weekday_text(2024y / 9 / 29) == "星期日");
    CHECK(is_weekend(2024y / 9 / 29));
    CHECK(is_weekend(2024y / 9 / 28));
    CHECK_FALSE(is_weekend(2024y / 9 / 27));
}

TEST_CASE("the ends of months and years are known") {
    CHECK(last_day_of_month(2024, 2) == 2024y / 2 / 29);
    CHECK(last_day_of_month(2023, 2) == 2023y / 2 / 28);
    CHECK(last_day_of_month(2000, 2) == 2000y / 2 / 29);
    CHECK(last_day_of_month(2023, 12) == 2023y / 12 / 31);
    CHECK(first_day_of_year(2024) == 2024y / 1 / 1);
    CHECK(last_day_of_year(2024) == 2024y / 12 / 31);
    CHECK(add_days(2023y / 12 / 31, 1) == 2024y / 1 / 1);
    CHECK(days_between(2024y / 2 / 28, 2024y / 3 / 1) == 2);
    CHECK(days_between(2024y / 3 / 1, 2024y / 2 / 28) == -2);
}

TEST_CASE("an instant is written in universal time to the second") {
    const Instant eight = *parse_instant("2025-02-27T08:00:00Z");
    CHECK(to_text(eight) == "2025-02-27T08:00:00Z");
    CHECK(chinese_text(eight) == "2025年2月27日16:00");
    for (const char* wrong :
         {"2025-02-27", "2025-02-27T08:00Z", "2025-02-27 08:00:00Z", "2025-02-27T08:00:00+08:00",
          "2025-02-27T24:00:00Z", "2025-02-27T08:60:00Z", "2025-02-27T08:00:60Z"}) {
        CAPTURE(wrong);
        const auto parsed = parse_instant(wrong);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errors::kNotAnInstant);
    }
    CHECK(parse_instant("2025-02-30T08:00:00Z").error().code == errors::kNoSuchDay);
}

TEST_CASE("the civil day turns at four in the afternoon of universal time") {
    CHECK(civil_date(*parse_instant("2025-02-27T15:59:59Z")) == 2025y / 2 / 27);
    CHECK(civil_date(*parse_instant("2025-02-27T16:00:00Z")) == 2025y / 2 / 28);
    CHECK(civil_date(*parse_instant("2024-12-31T16:00:00Z")) == 2025y / 1 / 1);
    const CivilTime time = civil_time(*parse_instant("2025-02-27T16:01:02Z"));
    CHECK(time == CivilTime{2025y / 2 / 28, 0, 1, 2});
    CHECK(to_text(instant_of(time)) == "2025-02-27T16:01:02Z");
}

TEST_CASE("the office's today is the clock's civil day") {
    testing::FixedClock clock(2025y / 2 / 28);
    CHECK(clock.today() == 2025y / 2 / 28);
    clock.advance(15h);
    CHECK(clock.today() == 2025y / 3 / 1);
    clock.set(2024y / 2 / 29);
    CHECK(to_text(clock.now()) == "2024-02-29T01:00:00Z");
    CHECK(SystemClock().now() > *parse_instant("2020-01-01T00:00:00Z"));
}

TEST_CASE("every date and instant that is printed is read back") {
    CHECK(rc::check("dates", [] {
        const Date date = arbitrary_date();
        RC_ASSERT(*parse_date(to_text(date)) == date);
        RC_ASSERT(add_days(date, days_between(date, 2024y / 2 / 29)) == 2024y / 2 / 29);
    }));
    CHECK(rc::check("instants", [] {
        const Instant instant(std::chrono::seconds(*rc::gen::inRange(0, 2'000'000'000)));
        RC_ASSERT(*parse_instant(to_text(instant)) == instant);
        RC_ASSERT(instant_of(civil_time(instant)) == instant);
        RC_ASSERT(civil_date(instant) == civil_time(instant).date);
    }));
}

}  // namespace fazhi::calendar
