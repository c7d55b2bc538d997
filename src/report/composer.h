// Composes the report's document: headings, sentences with figures, texts people wrote, tables,
// charts, the annex.
//
// One use, one snapshot. Pure but for reading the ledgers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/context.h"
#include "report/reports.h"
#include "report/sentence_rules.h"

namespace fazhi::ledger {
class Ledgers;
}

namespace fazhi::report {

struct PaperFigure;

// What the signing knows and a draft does not.
struct Signing {
    std::string number;
    std::string issued_on;  // Chinese
    std::string signer;
};

class Composer {
public:
    Composer(storage::Connection& connection, const ledger::Context& context, int year);

    // Refuses what measures refuse. `empty_parts`: titles of required parts without anything in
    // them.
    Result<void> compose(const definition::Report&, const Signing*);

    document::Document document;
    std::vector<ShownFigure> figures;
    Value rows;  // behind the figures (report/figure_data.h)
    std::vector<std::string> suggestions;
    std::vector<std::string> empty_parts;

private:
    struct TableColumn {
        std::string title;
        std::string filter;         // in words; empty: none
        std::string nothing = "0";  // where a row has no figure; of shares and averages "—"
        std::vector<measure::Group> groups;
    };
    struct TableLine {
        std::string key;
        std::string title;
        int place = 0;  // of a ranking
    };
    struct Text {
        std::string part;
        std::string section;
        std::string text;
    };
    Result<void> ask_measures(const definition::Report&);
    void keep(std::map<std::string, measure::Figure>&, measure::Figure,
              const std::vector<PaperFigure>&, int year);
    void read_texts();
    void add_head(const definition::Report&, const Signing*);
    Result<void> add_part(const definition::Part&, bool draft);
    Result<bool> add_body(const std::vector<definition::Sentence>&,
                          const std::optional<definition::ReportTable>&,
                          const std::optional<definition::ReportChart>&, const std::string& part,
                          const std::string& section);
    Result<bool> add_table(const definition::ReportTable&);
    Result<std::vector<TableColumn>> columns_of(const definition::ReportTable&);
    Result<TableColumn> column_of(const definition::ReportTable&, const std::string& measure,
                                  const definition::Option* option);
    // In the order they come: as the columns have them, or by their places.
    Result<std::vector<TableLine>> lines_of(const definition::ReportTable&,
                                            const std::vector<TableColumn>&);
    document::Row table_row(const std::vector<TableColumn>&, const TableLine&, bool ranked);
    Result<bool> add_chart(const definition::ReportChart&);
    void suggest(const definition::Part&);
    Reading read(const definition::Placeholder&);
    std::string shown_figure(const measure::Figure&, const std::string& shown, int year,
                             const std::string& filter);
    [[nodiscard]] std::string filled(const std::string& pattern) const;
    [[nodiscard]] std::string setting_text(const definition::Literal&) const;
    [[nodiscard]] std::vector<const definition::Part*> ordered(const definition::Report&) const;

    storage::Connection& connection_;
    const ledger::Context& context_;
    measure::Measures measures_;
    int year_;
    std::map<std::string, measure::Figure> now_;
    std::map<std::string, measure::Figure> before_;  // last year, of what is read of it
    std::vector<Text> texts_;
};

}  // namespace fazhi::report
