#include "calendar/period.h"

#include <doctest/doctest.h>

#include "calendar/errors.h"

namespace fazhi::calendar {

TEST_CASE("a period is read as packs write it and printed in both languages") {
    struct Row {
        const char* text;
        Period period;
        const char* chinese;
    };
    const Row rows[] = {
        {"30 days", {30, Unit::Days}, "30日"},
        {"20 workdays", {20, Unit::Workdays}, "20个工作日"},
        {"1 workday", {1, Unit::Workdays}, "1个工作日"},
        {"1 month", {1, Unit::Months}, "1个月"},
        {"2 years", {2, Unit::Years}, "2年"},
        {"24 hours", {24, Unit::Hours}, "24小时"},
        {"9999 days", {9999, Unit::Days}, "9999日"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto parsed = parse_period(row.text);
        REQUIRE(parsed);
        CHECK(*parsed == row.period);
        CHECK(to_text(row.period) == row.text);
        CHECK(chinese_text(row.period) == row.chinese);
    }
    CHECK(*parse_period("1 days") == Period{1, Unit::Days});
    CHECK(*parse_period("3 month") == Period{3, Unit::Months});
}

TEST_CASE("a period that is not a number, a space and a unit is refused") {
    for (const char* wrong :
         {"", "30", "days", "30days", "30  days", "0 days", "-3 days", "03 days", "3.5 days",
          "30 Days", "30 dayss", "30 weeks", "10000 days", "101 years", "1201 months", "30 days ",
          " 30 days", "30日", "99999999999 days"}) {
        CAPTURE(wrong);
        const auto parsed = parse_period(wrong);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errors::kNotAPeriod);
    }
}

TEST_CASE("a length from a field is checked against the bounds of its unit") {
    CHECK(*make_period(15, Unit::Workdays) == Period{15, Unit::Workdays});
    CHECK(make_period(0, Unit::Days).error().code == errors::kNotAPeriod);
    CHECK(make_period(-1, Unit::Days).error().code == errors::kNotAPeriod);
    CHECK(make_period(5'000'000'000, Unit::Days).error().code == errors::kNotAPeriod);
    CHECK(*make_period(100, Unit::Years) == Period{100, Unit::Years});
}

TEST_CASE("a unit has one spelling") {
    for (const Unit unit : {Unit::Days, Unit::Workdays, Unit::Months, Unit::Years, Unit::Hours}) {
        CHECK(*parse_unit(to_text(unit)) == unit);
    }
    CHECK(parse_unit("day").error().code == errors::kNotAPeriod);
}

}  // namespace fazhi::calendar
