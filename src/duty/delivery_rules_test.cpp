#include "duty/delivery_rules.h"

#include <doctest/doctest.h>

#include "calendar/date.h"

namespace fazhi::duty {
namespace {

// The notice for 2024: 4 May (Saturday) is rest, 11 May (Saturday) is worked.
calendar::WorkdayTable may_2024() {
    return calendar::WorkdayTable::build(
               {{.year = 2024,
                 .notice = "https://www.example.org/2024",
                 .rest = {{calendar::date_from("2024-05-01").value(), "劳动节"},
                          {calendar::date_from("2024-05-02").value(), "劳动节"},
                          {calendar::date_from("2024-05-03").value(), "劳动节"}},
                 .work = {{calendar::date_from("2024-05-11").value(), "劳动节"}}}})
        .value();
}

// Civil times of Asia/Shanghai: "2024-05-06 09:00".
std::string sent(const char* day, int hour, const std::string& last_day) {
    const auto now = calendar::instant_of(
        {.date = calendar::date_from(day).value(), .hour = hour, .minute = 0, .second = 0});
    return calendar::chinese_text(
        send_at(now, last_day, office_hours("09:00", "17:30"), may_2024()));
}

}  // namespace

TEST_CASE("a notice waits for office hours of a working day") {
    CHECK(sent("2024-05-06", 10, "2024-06-01") == "2024年5月6日10:00");
    CHECK(sent("2024-05-06", 0, "2024-06-01") == "2024年5月6日09:00");
    CHECK(sent("2024-05-06", 18, "2024-06-01") == "2024年5月7日09:00");
    CHECK(sent("2024-04-30", 18, "2024-06-01") == "2024年5月6日09:00");   // over the holiday
    CHECK(sent("2024-05-10", 18, "2024-06-01") == "2024年5月11日09:00");  // a worked Saturday
}

TEST_CASE("but it never leaves after the last day") {
    CHECK(sent("2024-04-30", 18, "2024-05-04") == "2024年5月1日09:00");
    CHECK(sent("2024-05-04", 0, "2024-05-04") == "2024年5月4日09:00");
    CHECK(sent("2024-05-06", 18, "2024-05-06") == "2024年5月6日18:00");
    CHECK(sent("2024-05-06", 18, "2024-05-07") == "2024年5月7日09:00");
    // Over already: there is no hurry.
    CHECK(sent("2024-05-04", 0, "2024-05-03") == "2024年5月6日09:00");
    CHECK(sent("2024-05-04", 0, "") == "2024年5月6日09:00");
}

TEST_CASE("hours that are none leave the day open; a year without a calendar is not guessed away") {
    CHECK(office_hours("late", "17:00") == OfficeHours{});
    CHECK(office_hours("17:00", "09:00") == OfficeHours{});
    CHECK(sent("2031-05-03", 10, "") == "2031年5月5日09:00");  // a Saturday
}

TEST_CASE("pauses grow, and end") {
    CHECK(pause_after(1) == std::chrono::minutes{2});
    for (int tries = 1; tries < kTriesMax; ++tries)
        CHECK(pause_after(tries) < pause_after(tries + 1));
    CHECK(pause_after(100) == pause_after(kTriesMax));
}

}  // namespace fazhi::duty
