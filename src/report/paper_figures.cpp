#include "report/paper_figures.h"

#include <algorithm>

#include "base/invariant.h"
#include "ledger/scan.h"
#include "text/decimal.h"

namespace fazhi::report {

std::vector<PaperFigure> paper_figures(storage::Connection& connection,
                                       const ledger::Context& context) {
    std::vector<PaperFigure> out;
    const definition::Ledger* ledger = context.definitions.ledger(kPaperLedger);
    if (ledger == nullptr) return out;
    ledger::scan(connection, context.directory.jurisdiction.id, *ledger, {}, {},
                 [&](const ledger::Entry& entry) {
                     out.push_back({.measure = entry.fields.text_at("measure"),
                                    .year = static_cast<int>(entry.fields.integer_at("year")),
                                    .value = entry.fields.text_at("value"),
                                    .entry = entry.head.id});
                 });
    return out;
}

bool stand_in(const PaperFigure& paper, measure::Figure& figure) {
    const bool has_rows =
        std::any_of(figure.entries.begin(), figure.entries.end(),
                    [](const auto& of) { return of.first != kPaperLedger && !of.second.empty(); });
    if (has_rows) return false;
    constexpr int kScale = 2;  // of the ledger's field, and of Figure::scaled
    const auto scaled = text::scaled_decimal(paper.value, kScale);
    INVARIANT(scaled.has_value());  // The ledger took it.
    figure.scaled = *scaled;
    figure.value = text::short_decimal_text(*scaled, kScale);
    figure.has_value = true;
    figure.numerator.reset();
    figure.denominator.reset();
    figure.entries = {{std::string(kPaperLedger), {paper.entry}}};
    return true;
}

}  // namespace fazhi::report
