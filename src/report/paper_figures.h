// Figures from paper for years before the ledgers (ledger reported_figure): what last year's figure
// is where no ledger holds it. The annex says so of each.
//
// Reads one snapshot: one scan.
#pragma once

#include <map>
#include <string>

#include "ledger/context.h"
#include "measure/measures.h"

namespace fazhi::report {

struct PaperFigure {
    measure::Figure figure;  // its entry stands under "reported_figure"
    std::string source;      // where it was printed
};

// By measure, those of `year`; of several the last recorded. Measures that are none are left out.
std::map<std::string, PaperFigure> paper_figures(storage::Connection&, const ledger::Context&,
                                                 int year);

// "12.50" as "12.5" and 1250; INVARIANT: digits with at most two decimals, perhaps a sign.
std::string shortest(const std::string& decimal);
std::int64_t hundredths(const std::string& decimal);

}  // namespace fazhi::report
