// The annex (附件：数据说明): one line a figure of the text, saying which ledgers it was counted
// from, how many entries, how many of them have evidence, were recorded late, were imported; or
// that it comes from paper.
//
// A table's cells rest on the rows of their measure and have no lines of their own; the HTML opens
// them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/value.h"
#include "document/block.h"
#include "ledger/context.h"
#include "report/reports.h"

namespace fazhi::report {

// `rows`: as rows_behind() answers (report/figure_data.h).
std::vector<document::Block> annex_blocks(const ledger::Context&, const std::vector<ShownFigure>&,
                                          const Value& rows, int year);

// Which entries stand behind the figures: by ledger, ascending, each once.
std::map<std::string, std::vector<EntryId>> entries_behind(const std::vector<ShownFigure>&);
// Another line below the annex's table.
void add_annex_note(document::Document&, const std::string& line);

}  // namespace fazhi::report
