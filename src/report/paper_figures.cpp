#include "report/paper_figures.h"

#include "base/invariant.h"
#include "ledger/scan.h"

namespace fazhi::report {

std::string shortest(const std::string& decimal) {
    if (decimal.find('.') == std::string::npos) return decimal;
    std::string out = decimal;
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
    return out;
}

std::int64_t hundredths(const std::string& decimal) {
    std::int64_t out = 0;
    int decimals = -1;  // none seen yet
    for (const char each : decimal) {
        if (each == '-') continue;
        if (each == '.') {
            decimals = 0;
            continue;
        }
        INVARIANT(each >= '0' && each <= '9');
        out = out * 10 + (each - '0');
        if (decimals >= 0) ++decimals;
    }
    INVARIANT(decimals <= 2);
    for (int i = decimals < 0 ? 0 : decimals; i < 2; ++i) out *= 10;
    return decimal.starts_with('-') ? -out : out;
}

std::map<std::string, PaperFigure> paper_figures(storage::Connection& connection,
                                                 const ledger::Context& context, int year) {
    std::map<std::string, PaperFigure> out;
    const definition::Ledger* ledger = context.definitions.ledger("reported_figure");
    if (ledger == nullptr) return out;
    ledger::scan(connection, context.directory.jurisdiction.id, *ledger, {}, {},
                 [&](const ledger::Entry& entry) {
                     if (entry.fields.integer_at("year") != year) return;
                     const std::string id = entry.fields.text_at("measure");
                     const definition::Measure* measure = context.definitions.measure(id);
                     const std::string value = entry.fields.text_at("value");
                     if (measure == nullptr || value.empty()) return;
                     PaperFigure paper;
                     paper.figure.measure = id;
                     paper.figure.unit = measure->unit;
                     paper.figure.value = shortest(value);
                     paper.figure.scaled = hundredths(value);
                     paper.figure.entries["reported_figure"] = {entry.head.id};
                     paper.source = entry.fields.text_at("source");
                     out.insert_or_assign(id, std::move(paper));
                 });
    return out;
}

}  // namespace fazhi::report
