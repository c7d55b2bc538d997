// 补录: what was recorded later than the ledger allows.
//
// Pure; any thread.
#pragma once

#include "access/directory.h"
#include "definition/model.h"
#include "ledger/entry.h"

namespace fazhi::ledger {

// Recorded later than record_within after dated_on, for dates from live_from on; never where
// imported.
bool is_late(const definition::Ledger&, const access::Jurisdiction&, const EntryHead&);

}  // namespace fazhi::ledger
