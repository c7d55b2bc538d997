#include "calendar/workday_table.h"

#include <doctest/doctest.h>

#include "calendar/errors.h"
#include "calendar/testing/china.h"

namespace fazhi::calendar {
namespace {

using namespace std::chrono_literals;

YearArrangement sound_2024() {
    return {2024,
            "https://www.gov.cn/notice",
            {{2024y / 2 / 10, "春节"}, {2024y / 2 / 12, "春节"}},
            {{2024y / 2 / 4, "春节"}}};
}

}  // namespace

TEST_CASE("the years 2022 to 2026 have the working days the notices give them") {
    CHECK(*testing::china().workdays_in_year(2022) == 249);
    CHECK(*testing::china().workdays_in_year(2023) == 249);
    CHECK(*testing::china().workdays_in_year(2024) == 251);
    CHECK(*testing::china().workdays_in_year(2025) == 248);
    CHECK(*testing::china().workdays_in_year(2026) == 248);
    CHECK(testing::china().years() == std::vector{2022, 2023, 2024, 2025, 2026});
}

TEST_CASE("every day has its reason") {
    struct Row {
        Date day;
        bool works;
        const char* reason;
    };
    const Row rows[] = {
        {2024y / 2 / 9, true, "工作日"},                // New Year's Eve was only encouraged rest.
        {2024y / 2 / 10, false, "法定节假日（春节）"},  // a Saturday, named all the same
        {2024y / 2 / 16, false, "法定节假日（春节）"},  // a Friday
        {2024y / 2 / 18, true, "调休上班（春节）"},     // a Sunday
        {2024y / 2 / 24, false, "周末"},
        {2025y / 10 / 6, false, "法定节假日（国庆节、中秋节）"},
        {2026y / 1 / 4, true, "调休上班（元旦）"},
        {2022y / 12 / 31, false, "法定节假日（元旦）"},
    };
    for (const Row& row : rows) {
        CAPTURE(to_text(row.day));
        CHECK(*testing::china().is_workday(row.day) == row.works);
        CHECK(chinese_text(*testing::china().why(row.day)) == row.reason);
    }
}

TEST_CASE("a day of an unpublished year is refused, not guessed") {
    const auto answer = testing::china().is_workday(2027y / 1 / 4);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == errors::kYearNotPublished);
    CHECK(answer.error().kind == ErrorKind::RefusedByRule);
    CHECK(answer.error().message.find("2027年") == 0);
    CHECK(testing::china().why(2021y / 12 / 31).error().code == errors::kYearNotPublished);
    CHECK(testing::china().workdays_in_year(2027).error().code == errors::kYearNotPublished);
    CHECK(WorkdayTable().is_workday(2024y / 1 / 2).error().code == errors::kYearNotPublished);
}

TEST_CASE("a notice that names a day of the year before does not publish that year") {
    YearArrangement arrangement = sound_2024();
    arrangement.rest.emplace(2023y / 12 / 30, "元旦");
    const auto table = WorkdayTable::build({arrangement});
    REQUIRE(table);
    CHECK_FALSE(table->is_workday(2023y / 12 / 30));
    CHECK_FALSE(table->holds(2023));
    CHECK(table->arrangement_of(2024)->rest.size() == 3);
    CHECK(table->arrangement_of(2023) == nullptr);
}

TEST_CASE("the arrangements of the notices are sound") {
    for (const YearArrangement& arrangement : testing::china_arrangements()) {
        CAPTURE(arrangement.year);
        CHECK(problems_of(arrangement).empty());
    }
    CHECK(problems_of(sound_2024()).empty());
}

TEST_CASE("each contradiction of an arrangement is named") {
    YearArrangement arrangement = sound_2024();
    arrangement.notice = "";
    arrangement.rest.emplace(2025y / 3 / 1, "春节");
    arrangement.rest.emplace(2024y / 2 / 4, "春节");
    arrangement.rest.emplace(2024y / 5 / 1, "");
    arrangement.rest.emplace(2024y / 2 / 30, "春节");
    arrangement.work.emplace(2024y / 2 / 19, "春节");
    const auto problems = problems_of(arrangement);
    REQUIRE(problems.size() == 6);
    CHECK(problems[0] == "2024年的放假安排没有写明通知的网址。");
    CHECK(problems[1] == "有不存在的日期，请核对放假通知。");
    CHECK(problems[2] == "2024年5月1日没有写明节日名称。");
    CHECK(problems[3] == "2025年3月1日不在2024年的放假安排范围内。");
    CHECK(problems[4] == "2024年2月4日既列为放假又列为调休上班。");
    CHECK(problems[5] == "2024年2月19日是星期一，本来就上班，不应列为调休上班。");

    const auto table = WorkdayTable::build({arrangement});
    REQUIRE_FALSE(table);
    CHECK(table.error().code == errors::kFaultyArrangement);
    CHECK(flatten(table.error()).size() == 6);
    CHECK(problems_of({24, "https://www.gov.cn", {}, {}}).size() == 1);
}

TEST_CASE("two notices that disagree about a day, or one year twice, make no table") {
    const auto twice = WorkdayTable::build({sound_2024(), sound_2024()});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().message == "2024年的放假安排重复。");

    YearArrangement next{2025, "https://www.gov.cn/next", {}, {{2024y / 12 / 28, "元旦"}}};
    YearArrangement first = sound_2024();
    first.rest.emplace(2024y / 12 / 28, "元旦");
    const auto disagreeing = WorkdayTable::build({first, next});
    REQUIRE_FALSE(disagreeing);
    CHECK(disagreeing.error().message == "两个年份的放假安排对2024年12月28日的说法不一致。");

    first.rest.erase(2024y / 12 / 28);
    const auto agreeing = WorkdayTable::build({first, next});
    REQUIRE(agreeing);
    CHECK(*agreeing->is_workday(2024y / 12 / 28));
}

}  // namespace fazhi::calendar
