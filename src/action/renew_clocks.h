// Clocks worked out anew (期限重算): for entries recorded before their ledger had clocks, or under
// other definitions. In slices through the Writer; run again, it changes nothing more.
#pragma once

#include <string>
#include <vector>

#include "action/workplace.h"

namespace fazhi::action {

struct ClockedEntry {
    std::string ledger;
    EntryId entry;
};

// Answers of how many entries a run changed.
Result<std::size_t> work_out_clocks(Workplace&, JurisdictionId,
                                    const std::vector<ClockedEntry>& entries);
// Of every entry, not void, of ledgers with clocks. Cost: one look at each.
Result<std::size_t> renew_clocks(Workplace&, JurisdictionId);

}  // namespace fazhi::action
