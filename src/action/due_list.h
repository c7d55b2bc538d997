// What is due (到期事项): open clocks, those of tasks among them, that somebody may see, the first
// due first; and what came back to them.
//
// Cost: the open clocks due in the days asked for are counted by the database, with a look at the
// head of each one's entry; those that are shown are read. One connection, one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "action/workplace.h"

namespace fazhi::action {

inline constexpr std::size_t kDueMax = 500;       // of one answer; how many there are is told
inline constexpr std::size_t kReturnedMax = 100;  // of one ledger

struct DueFilter {
    std::string due_from;  // YYYY-MM-DD inclusive; "": overdue ones too
    std::string due_to;    // inclusive; "": all, those without a day too
    UnitId unit;           // none: every unit
    PersonId handler;      // none: whoever's
};

struct DueItem {
    std::string ledger;
    EntryId entry;
    std::string title;
    std::string clock;
    std::string clock_title;
    int run = 1;
    UnitId unit;
    PersonId handler;
    std::string due_on;                // "": not known yet
    std::optional<int> workdays_left;  // negative: overdue; nothing: the calendar is not there
    bool party = false;                // theirs, not ours
    bool soft = false;
    bool waiting = false;  // for a year's rest days
};

struct DueList {
    std::vector<DueItem> items;  // at most kDueMax
    std::int64_t total = 0;
    std::int64_t waiting = 0;  // of all: clocks whose day is provisional
};
// Clocks of the other side that have run out concern the office no more and are left out.
DueList due_list(storage::Connection&, const ledger::Context&, const DueFilter&);

// How many of the office's own clocks, no soft ones, were due before today, by unit of the entry.
std::map<UnitId, std::int64_t> late_by_unit(storage::Connection&, const ledger::Context&);

// Entries of the actor that are open and whose last step, taken by somebody else, led back to a
// state they had been in before: what was returned, with the step's title.
struct Returned {
    std::string ledger;
    EntryId entry;
    std::string title;
    std::string step;
    std::string happened_on;
};
std::vector<Returned> returned_to_actor(const Workplace&, storage::Connection&,
                                        const ledger::Context&);

}  // namespace fazhi::action
