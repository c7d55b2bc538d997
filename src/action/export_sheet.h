// A ledger as rows of cells: heads are titles, values as people read them; private fields are left
// out.
#pragma once

#include <string>
#include <vector>

#include "action/workplace.h"
#include "exchange/xlsx_writer.h"

namespace fazhi::action {

struct ExportedSheet {
    const definition::Ledger* ledger = nullptr;
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
};

// Every entry that is not void and that the actor's posts reach, oldest first; 流水号 is the
// journal record each was created by. Can be imported again: what is the program's own is passed
// over. Refuses kNoSuchLedger, kForbidden.
Result<ExportedSheet> export_sheet(Workplace&, storage::Connection&, const Office&,
                                   const access::Actor&, const std::string& ledger);

// A ledger's blank sheet to be filled and imported: a column for each field that a cell can hold,
// what is required marked, choices and units offered. Refuses kNoSuchLedger, kForbidden (who may
// not record needs none).
Result<exchange::OutSheet> blank_sheet(const Office&, const access::Actor&,
                                       const std::string& ledger);
// The same form for what is exported: numbers as numbers.
exchange::OutSheet out_sheet(const definition::Ledger&, const ExportedSheet&);

}  // namespace fazhi::action
