// What a pack says of its reports, once it has been read and checked: immutable values
// (definitions.md §10). Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/value.h"
#include "definition/condition.h"

namespace fazhi::definition {

// `[…]` clauses and {placeholders} of a sentence, ready parsed.
struct Placeholder {
    std::string name;    // measure, or a field / jurisdiction.full_name / year / next_year
    std::string format;  // "" exact | "余" | "万" | "last_year" | "change"
    std::string unit;    // |unit:次 ; empty: the measure's own
};
struct SentencePiece {
    std::string text;  // literal text where `placeholder` is empty
    std::optional<Placeholder> placeholder;
    std::vector<SentencePiece> clause;  // an optional […] clause where not empty
};
struct Sentence {
    std::vector<SentencePiece> pieces;
    bool keep = false;
};

struct ReportTable {
    std::string title;
    std::string rows;  // "unit" | "month" | "field"
    std::string rows_field;
    std::vector<std::string> columns;  // measures; empty with columns_field
    std::string columns_field;
    std::string cell;     // measure in each cell when columns are a field's options
    bool ranked = false;  // rows by their places in the first column
};
struct ReportChart {
    std::string title;
    std::string measure;
    std::string by;  // "month", "unit" or a field
};
struct Collect {
    Value from;  // {unit: {...}} | {post: …}
    std::string prompt;
    int words = 0;
    std::string due;  // MM-DD of the year after
    std::vector<std::string> remind;
};
struct Section {
    std::string heading;
    std::vector<Sentence> say;
    std::optional<ReportTable> table;
    std::optional<ReportChart> chart;
    std::optional<Collect> collect;
};
struct Part {
    std::string id;
    std::string heading;
    bool optional = false;
    std::vector<Sentence> say;
    std::vector<Section> sections;
    std::vector<std::string> suggest;
    std::optional<Collect> collect;
    std::string becomes;  // ledger
    std::optional<ReportTable> table;
    std::optional<ReportChart> chart;
};
struct Clearance {  // 保密审查
    std::string title;
    std::vector<std::string> by;
    std::vector<std::string> not_by;
};
struct Report {
    std::string id;
    std::string title;  // template
    std::vector<Basis> basis;
    std::string period = "year";
    std::string opening;  // template of the paragraph before the parts; empty: none
    Literal addressee;
    Literal copies;
    std::string number;  // template
    Literal order;  // {setting}: the parts' ids in the order they come; empty: the file's order
    std::optional<Clearance> confidentiality;
    std::string signer;  // post
    std::vector<Part> parts;
};

}  // namespace fazhi::definition
