// What the report's HTML opens, figure by figure: the entries behind it with their clear fields,
// leaf hashes and evidence digests.
//
// Private fields and free text that is not public never stand in it. Cost: one scan a ledger.
#pragma once

#include <string>
#include <vector>

#include "ledger/context.h"
#include "report/reports.h"

namespace fazhi::report {

// The JSON of document/html_writer.h. Every row of every figure: nothing is cut.
std::string figures_json(storage::Connection&, const ledger::Context&, const journal::Journal&,
                         const std::vector<ShownFigure>&);

}  // namespace fazhi::report
