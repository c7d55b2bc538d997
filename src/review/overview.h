// Many reviews at a glance (总览): which unit fails which rule, which reports share excerpts, what
// figures all units give. As one HTML page that leads to each review, and as XLSX.
//
// Made of what a batch left (batch.h). One call, one thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/xlsx_writer.h"
#include "review/batch.h"

namespace fazhi::review {

// Figures of a unit by measure, as the report gives them.
struct UnitFigure {
    std::string measure;
    std::string value;
};

struct OverviewRow {
    std::size_t file = 0;  // index in BatchOutcome::files
    std::string unit;      // the file's name where the report does not say
    int year = 0;
    std::string date;
    std::size_t errors = 0, warnings = 0, notes = 0;
    std::vector<std::size_t> found;     // findings, by check
    std::vector<std::string> verdicts;  // PASS …, by check
    std::vector<UnitFigure> figures;    // the first of each measure that is no part of another
};

struct Overview {
    std::vector<const definition::Check*> checks;
    std::vector<OverviewRow> rows;  // by unit and year
};

// Throws std::runtime_error where a result is broken.
Overview overview_of(const BatchOutcome&, const Lexicon&);

// The cross-table, the pairs and the files that could not be read; links to pages relative to
// `folder`.
std::string overview_html(const Overview&, const BatchOutcome&,
                          const std::filesystem::path& folder);
// Sheets 汇总, 单位×规则, 雷同, 数字 (a row a report, a column a measure), 未读.
std::vector<exchange::OutSheet> overview_sheets(const Overview&, const BatchOutcome&,
                                                const Lexicon&);

}  // namespace fazhi::review
