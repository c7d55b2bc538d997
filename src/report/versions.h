// The versions of a year's report: what was signed last, what is frozen of the next, what differs.
//
// All pure but last_signed, which reads one snapshot.
#pragma once

#include <string>
#include <vector>

#include "ledger/context.h"
#include "report/reports.h"

namespace fazhi::report {

// What stood in the last signed version of the year.
struct Signed {
    int version = 0;        // highest ever given, voided ones too; 0: none
    int of_issue_year = 0;  // signed in the year of today, whatever year they report
    EntryId entry;          // of the last version that was not voided; none: nothing to compare
    std::string state;      // of that entry
    Value figures;          // of its freeze record
    Value lines;
};

inline constexpr std::string_view kFreeze = "freeze";

// Refuses what the journal's history refuses.
Result<Signed> last_signed(storage::Connection&, const ledger::Context&, const journal::Journal&,
                           const Order&);

// "12-40,44" of ascending ids.
std::string ranges_text(const std::vector<EntryId>& ids);
// One figure as the freeze record holds it.
Value frozen(const ShownFigure&, const std::string& definitions, std::int64_t journal_size);
// The document's text up to its annex, line by line: headings, paragraphs, rows of tables and of
// charts.
Value::List lines_of(const document::Document&);
// Figures that changed, lines that came or went; empty: both say the same.
std::vector<std::string> changes_between(const Signed& before, const BuiltReport& now,
                                         const definition::DefinitionSet&);

}  // namespace fazhi::report
