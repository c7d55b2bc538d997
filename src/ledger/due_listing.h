// Open clocks of a ledger as a list on a screen: those that somebody may see and has asked for, the
// first due first.
//
// Answered by the database. Cost: the first of them, one walk along the index of open clocks until
// there are enough, and a look at the head of each one's entry; counting, a look at each that is
// due in the days asked for. One connection, one thread.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "access/reach.h"
#include "definition/model.h"
#include "ledger/entry.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

struct DueQuestion {
    access::Reach reach;                  // what may be seen
    UnitId unit;                          // none: every unit
    PersonId handler;                     // none: whoever's
    std::string due_from;                 // YYYY-MM-DD inclusive; "": open
    std::string due_to;                   // inclusive; both "": those without a day too
    std::vector<std::string> clocks;      // of these
    std::vector<std::string> until_over;  // of these too, up to their last day
    std::string today;                    // what is over by: YYYY-MM-DD
};

// An open run and its entry's head.
struct DueRun {
    EntryId entry;
    UnitId unit;
    PersonId handler;
    std::string clock;
    int run = 1;
    std::string due_on;    // "": not known yet
    bool waiting = false;  // for a year's rest days
};

// At most `limit`, by due day (unknown ones last), entry, clock and run. Clocks of void entries are
// none.
std::vector<DueRun> due_runs(storage::Connection&, JurisdictionId, const definition::Ledger&,
                             const DueQuestion&, std::size_t limit);

struct DueCount {
    std::int64_t all = 0;
    std::int64_t waiting = 0;
};
std::map<UnitId, DueCount> count_due(storage::Connection&, JurisdictionId,
                                     const definition::Ledger&, const DueQuestion&);

// The ledgers with an open clock at all.
std::set<std::string> ledgers_with_open_runs(storage::Connection&, JurisdictionId);

}  // namespace fazhi::ledger
