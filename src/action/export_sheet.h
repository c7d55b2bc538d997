// Entries as rows of cells, with the trace of where they come from (导出): heads are titles, values
// as people read them; private fields are left out.
//
// Reads only; any thread, each with its own connection.
#pragma once

#include <string>
#include <vector>

#include "action/filtered_entries.h"
#include "action/workplace.h"
#include "exchange/xlsx_writer.h"

namespace fazhi::action {

// What is wanted: the entries of a ledger that fit, or those behind one figure.
struct ExportWish {
    std::string ledger;   // id or title; "" with a measure
    std::string measure;  // id; "": entries of `ledger`
    int year = 0;         // of the measure
    EntryFilter filter;   // with a measure: on top of its own condition, its days are the year's
};

struct ExportedSheet {
    const definition::Ledger* ledger = nullptr;  // null: units or persons, who are no entries
    std::string name;
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
};

struct Export {
    std::vector<ExportedSheet> sheets;  // one a ledger; of a measure none where it counts nothing
    // (what, value): what was asked, by whom and when; how many rows of how many; the figure and
    // how it is counted; how much of the journal stood then, and its root.
    std::vector<std::vector<std::string>> trace;

    [[nodiscard]] std::size_t rows() const;
};

// Entries oldest first; 流水号 is the journal record each was created by. Can be imported again:
// what is the program's own is passed over.
// Of a ledger: those that are not void, fit and are reached by the actor's posts. Of a figure:
// exactly the entries it counts, else kForbidden where the posts do not reach one of them.
// Refuses kBadExport (not one of ledger and measure, a measure without a year), kNoSuchLedger,
// kNoSuchMeasure, kForbidden, and what the filter refuses. Cost: as a figure; else one pass over
// the ledger.
Result<Export> export_rows(Workplace&, storage::Connection&, const Office&, const access::Actor&,
                           const ExportWish&);

// The sheets and the trace as sheets of one file: numbers as numbers.
std::vector<exchange::OutSheet> out_sheets(const Export&);
// The same as rows of one sheet: the trace, an empty row, heads, rows. Refuses kBadExport where
// there are several sheets.
Result<std::vector<std::vector<std::string>>> out_rows(const Export&);

// A ledger's blank sheet to be filled and imported: a column for each field that a cell can hold,
// what is required marked, choices and units offered. Refuses kNoSuchLedger, kForbidden (who may
// not record needs none).
Result<exchange::OutSheet> blank_sheet(const Office&, const access::Actor&,
                                       const std::string& ledger);

}  // namespace fazhi::action
