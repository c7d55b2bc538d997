// A new or corrected year of rest days (放假安排) put in force: which open clocks it moves, then
// one record of the adoption in each office's journal, and one for each clock moved.
//
// Works in slices through the Writer; run again, it goes on where it stopped. Cost: every open
// clock is worked out once to look, and once more where it moves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "action/workplace.h"

namespace fazhi::action {

// An open clock that is due on another day.
struct MovedClock {
    std::string office;  // code
    std::string ledger;
    EntryId entry;
    std::string clock;
    std::string before;  // due days; "": none
    std::string after;
};

// What adopting the year would move. Refuses definition::errors::kFaultyCalendar.
Result<std::vector<MovedClock>> clocks_moved_by(Workplace&, const definition::CalendarYear&);
// Adopts it, everywhere.
Result<std::vector<MovedClock>> adopt_calendar(Workplace&, const definition::CalendarYear&);

// What stands over the deadlines of an office while so many of them wait for a year.
std::string calendar_alarm(int waiting);

}  // namespace fazhi::action
