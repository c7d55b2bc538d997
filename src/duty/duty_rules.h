// The periods of a duty (定期义务), and when each is due (definitions.md §8). Pure; any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/value.h"
#include "calendar/date.h"
#include "definition/duty_model.h"

namespace fazhi::duty {

// One period: entries dated from..to count; to be done by `due`.
struct DutyPeriod {
    std::string label;  // "2024-05", "2024-Q2", "2024-H1", "2024", "2024-03-08"
    calendar::Date from{};
    calendar::Date to{};
    calendar::Date due{};

    friend bool operator==(const DutyPeriod&, const DutyPeriod&) = default;
};

using SettingOf = std::function<Value(const std::string& name)>;

// The periods that have begun by `last` and do not end before `first`, in order.
std::vector<DutyPeriod> periods_of(const definition::Duty&, calendar::Date first,
                                   calendar::Date last, const SettingOf&);

// As people say it: 2024年5月, 2024年第2季度, 2024年上半年, 2024年, 2024年3月8日前后.
std::string title_of(const definition::Duty&, const DutyPeriod&);

}  // namespace fazhi::duty
