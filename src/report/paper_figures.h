// Figures from paper (未由台账产生的数字, ledger reported_figure): what a measure was in a year
// before the ledgers began. Where the ledgers have rows of their own, they win.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/context.h"
#include "measure/measures.h"

namespace fazhi::report {

inline constexpr std::string_view kPaperLedger = "reported_figure";

struct PaperFigure {
    std::string measure;
    int year = 0;
    std::string value;  // decimal text
    EntryId entry;
};

// In the order they were recorded. Cost: one scan of the ledger.
std::vector<PaperFigure> paper_figures(storage::Connection&, const ledger::Context&);

// Puts the paper's value in the place of a figure without rows; answers whether the figure now
// stands on paper. Of two papers the later one stands.
bool stand_in(const PaperFigure&, measure::Figure&);

}  // namespace fazhi::report
