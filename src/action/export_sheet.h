// A ledger as rows of cells: heads are titles, values as people read them; private fields are left
// out.
#pragma once

#include <string>
#include <vector>

#include "action/workplace.h"

namespace fazhi::action {

struct ExportedSheet {
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
};

// Every entry that is not void and that the actor's posts reach, oldest first. Heads can be
// imported again, but for 编号 and 状态. Refuses kNoSuchLedger, kForbidden.
Result<ExportedSheet> export_sheet(Workplace&, storage::Connection&, const Office&,
                                   const access::Actor&, const std::string& ledger);

}  // namespace fazhi::action
