// The report's annex (附件 数据说明): for each figure what it counts, in which ledgers, and what the
// entries behind it rest on.
//
// Reads one snapshot: one scan for each ledger behind a figure.
#pragma once

#include <string>
#include <vector>

#include "ledger/context.h"
#include "report/reports.h"

namespace fazhi::report {

// What a measure counts, in words: "矛盾纠纷；类别：邻里", of ratios "调处纠纷÷受理纠纷".
std::string measure_words(const definition::DefinitionSet&, const definition::Measure&);

// `paper`: sentences about figures of the year before that no ledger holds (未由台账产生).
document::Table annex_table(storage::Connection&, const ledger::Context&,
                            const std::vector<ShownFigure>&,
                            const std::vector<std::string>& paper);

}  // namespace fazhi::report
