// What the report's HTML opens, figure by figure, and what proves it (document/html_writer.h says
// the shape).
//
// Private fields and free text that is not public never stand in it; of records it holds the
// bodies, in which such text is sealed. Cost: one scan a ledger, one read of the records behind the
// figures.
#pragma once

#include <string>
#include <vector>

#include "base/value.h"
#include "ledger/context.h"
#include "report/reports.h"

namespace fazhi::report {

// The entries behind the figures, by ledger, as the page shows them: {ledger: {all, columns,
// entries: [{id, cells, imported, late, evidence}], title}}. Every row of every figure: nothing is
// cut.
Value rows_behind(storage::Connection&, const ledger::Context&, const std::vector<ShownFigure>&);

// The JSON of the page: figures, rows (report.rows_json) and the records that prove them. Of a
// signed report the connection sees its freeze record. Refuses what proving refuses
// (journal/proofs.h).
Result<std::string> figures_json(storage::Connection&, const ledger::Context&,
                                 const journal::Journal&, const BuiltReport& report);

}  // namespace fazhi::report
