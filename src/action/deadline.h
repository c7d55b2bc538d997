// The deadline calculator (期限计算): a day and a period in, the last day on time and every day
// between out. For the terminal and the page alike.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/deadline.h"
#include "definition/definition_set.h"

namespace fazhi::action {

struct DeadlineQuestion {
    std::string from;    // as people write a date
    std::string within;  // "20 workdays", "30 days", "2 months", or 20个工作日, 30日, 2个月
    std::string law;     // whose counting rule; "": strictly
    bool party = false;  // a citizen's deadline: a last day of rest gives way
};

struct Deadline {
    calendar::Date from{};
    calendar::Period within;
    calendar::Date due_on{};
    calendar::Date safe_day{};  // the last workday up to it
    calendar::CountingRule rule;
    std::vector<calendar::DayCount> days;
};

// Refuses kBadDeadlineQuestion (field by field), and what calendar/deadline.h refuses.
Result<Deadline> deadline_of(const DeadlineQuestion&, const definition::DefinitionSet&,
                             const calendar::WorkdayTable&);

}  // namespace fazhi::action
