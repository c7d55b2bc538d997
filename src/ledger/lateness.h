// 补录: what was recorded later than the ledger allows. 逾期: what was done later than a clock
// allows.
//
// Pure; any thread.
#pragma once

#include "access/directory.h"
#include "calendar/date.h"
#include "definition/model.h"
#include "ledger/entry.h"

namespace fazhi::ledger {

// Recorded later than record_within after dated_on, for dates from live_from on; never where
// imported.
bool is_late(const definition::Ledger&, const access::Jurisdiction&, const EntryHead&);

// Did the run end, or is it still open, after its due day? A provisional due day says nothing, nor
// does a run that began anew.
bool is_past_due(const ClockRun&, calendar::Date today);

}  // namespace fazhi::ledger
