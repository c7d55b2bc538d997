// What the reader's own ledgers hold of the year a report is on (台账数), for a review to hold the
// report against.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/date.h"
#include "review/companions.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::action {

class Workplace;

struct LedgerQuestion {
    std::string jurisdiction;  // code
    int year = 0;              // reported on
    // The report's date: what happened after it does not count. What was recorded later but
    // happened before counts: the report should have had it.
    calendar::Date as_of;
};

// Of every measure that measure words name and a ledger counts; nought where nothing happened; a
// rate of nothing is left out. Refuses kNoSuchJurisdiction, kNoPacks and what measure/ refuses.
Result<std::vector<review::RecordedFigure>> ledger_figures(Workplace&, storage::Connection&,
                                                           const LedgerQuestion&);

}  // namespace fazhi::action
