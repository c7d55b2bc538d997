#include "duty/duty_rules.h"

#include <doctest/doctest.h>

namespace fazhi::duty {
namespace {

using definition::Duty;
using definition::Every;

Duty every(Every period) {
    Duty duty;
    duty.every = period;
    return duty;
}

// Label, title and last day of the periods that a year touches.
std::string periods(const Duty& duty, const char* first, const char* last) {
    std::string out;
    for (const DutyPeriod& each :
         periods_of(duty, calendar::date_from(first).value(), calendar::date_from(last).value(),
                    [](const std::string&) { return Value(); })) {
        out += each.label + " " + title_of(duty, each) + " " + calendar::to_text(each.due) + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("a duty's periods, as records and as people name them") {
    CHECK(periods(every(Every::Month), "2024-02-29", "2024-03-01") ==
          "2024-02 2024年2月 2024-02-29\n2024-03 2024年3月 2024-03-31\n");
    CHECK(periods(every(Every::Quarter), "2023-12-31", "2024-01-01") ==
          "2023-Q4 2023年第4季度 2023-12-31\n2024-Q1 2024年第1季度 2024-03-31\n");
    CHECK(periods(every(Every::HalfYear), "2024-06-30", "2024-07-01") ==
          "2024-H1 2024年上半年 2024-06-30\n2024-H2 2024年下半年 2024-12-31\n");
    CHECK(periods(every(Every::Year), "2024-05-06", "2024-05-06") == "2024 2024年 2024-12-31\n");
    Duty days = every(Every::Days);
    days.days = {"02-29", "12-04"};
    days.window = 7;
    CHECK(periods(days, "2024-01-01", "2024-12-31") ==
          "2024-02-29 2024年2月29日前后 2024-03-07\n2024-12-04 2024年12月4日前后 2024-12-11\n");
    CHECK(periods(days, "2023-01-01", "2023-11-30") == "2023-12-04 2023年12月4日前后 2023-12-11\n");
}

}  // namespace fazhi::duty
