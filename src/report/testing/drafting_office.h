// An office that keeps two ledgers and owes a yearly report, for the tests of this room.
//
//   outing  events with papers, a choice and a private phone; expected evidence `photo`
//   matter  cases: open → done
//   yearly  parts: results (sentences, a table by unit, a chart by month), shortcomings (texts,
//           open_problems), other (optional)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/testing/office.h"
#include "ledger/ledgers.h"
#include "report/reports.h"

namespace fazhi::report::testing {

const definition::DefinitionSet& report_set();

class DraftingOffice {
public:
    explicit DraftingOffice(storage::Database& database);

    EntryId add(const std::string& ledger, Value::Map fields, const std::string& unit = "office");
    void finish(EntryId matter, const std::string& happened_on);
    void cancel(const std::string& ledger, EntryId entry);
    void attach_photo(EntryId outing);
    // A text for `part` of the year's report.
    void write_text(const std::string& part, const std::string& text, int year = 2023);

    Result<BuiltReport> build(int year = 2023);
    // Stops the test where it is refused.
    BuiltReport draft(int year = 2023);
    Result<BuiltReport> sign(const std::string& clearing, const std::string& signing,
                             int year = 2023);
    std::vector<std::string> lines_of(std::string_view sql);

    access::testing::OfficeInDatabase office;
    ledger::Ledgers ledgers;
    Reports reports;
    access::Directory directory;

private:
    ledger::Context context(const std::string& person) const;
    void write(const std::function<Result<void>(storage::Transaction&, ledger::Context&)>& command);
};

// The text of every heading, paragraph and table line before the annex.
std::vector<std::string> text_of(const document::Document& document);
// Whether one of them holds `text`.
bool says(const BuiltReport& report, std::string_view text);
// The figure shown as `shown`; the test stops where there is none.
const ShownFigure& figure_shown(const BuiltReport& report, std::string_view shown);

}  // namespace fazhi::report::testing
