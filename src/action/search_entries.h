// Finding entries by words: what the actor may see of what the index has.
//
// Any thread. The index follows the journal (ledger/search.h).
#pragma once

#include <functional>
#include <vector>

#include "action/workplace.h"

namespace fazhi::action {

// Takes in what the index does not have yet, in short transactions of the Writer; answers whether
// there was anything. `stop` is asked between them.
bool catch_up(Workplace&, JurisdictionId, const std::function<bool()>& stop);

// The same for every jurisdiction.
void catch_up_all(Workplace&, const std::function<bool()>& stop);

// Refuses what Search::find does.
Result<std::vector<ledger::Hit>> search_entries(Workplace&, storage::Connection&, const Office&,
                                                const access::Actor&,
                                                const ledger::SearchQuestion&);

}  // namespace fazhi::action
