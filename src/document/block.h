// An official document (公文) as values: what it says, in order, without saying how it looks on
// paper. The three writers (docx_writer.h, pdf_writer.h, html_writer.h) give it the form of GB/T
// 9704-2012.
//
// All text is UTF-8 and untrusted: the writers clean it (clean_text.h) and escape it. A line feed
// inside a run is a line break. Values only: any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fazhi::document {

// How a run stands out from its paragraph.
enum class RunStyle {
    Plain,   // as the paragraph
    Lead,    // 楷体: the opening sentence that sums up
    Strong,  // 黑体
    Faint,   // as the paragraph, grey: a remark of the program, a mark of a draft
};

// A stretch of text. With a figure's key, the text shows that figure, and the HTML opens it.
struct Run {
    std::string text;
    std::string figure = {};  // Key in the figures JSON (html_writer.h); empty: shows no figure.
    RunStyle style = RunStyle::Plain;
    // Indexes in Document::comments. Neighbouring runs with the same one are commented as a whole;
    // a comment stands in one place only. DOCX shows them, the other forms leave them out.
    std::vector<std::size_t> comments = {};

    friend bool operator==(const Run&, const Run&) = default;
};
using Runs = std::vector<Run>;

// A heading on a line of its own. Its number is not typed: 一、（一）1.（1） by level, counted from
// 1 again under each heading above it (outline.h).
struct Heading {
    int level = 1;  // 1..4
    Runs runs;

    friend bool operator==(const Heading&, const Heading&) = default;
};

// A heading that runs into its paragraph: "（一）严格决策程序。全年作出重大行政决策……". Numbered as
// Heading.
struct RunInHeading {
    int level = 2;  // 1..4
    Runs lead;      // in the face of its level
    Runs runs;

    friend bool operator==(const RunInHeading&, const RunInHeading&) = default;
};

enum class Placing {
    Indented,  // first line in by two characters; both edges even
    Flush,     // no indent
    Centred,
    Right,
};

struct Paragraph {
    Runs runs;
    Placing placing = Placing::Indented;

    friend bool operator==(const Paragraph&, const Paragraph&) = default;
};

enum class Alignment { Left, Centre, Right };

using Cell = Runs;
using Row = std::vector<Cell>;

struct Table {
    std::string title;                 // above it; may be empty
    std::vector<Row> header;           // repeated on every page the table reaches
    std::vector<Row> rows;             // a row shorter than the widest is filled with empty cells
    std::vector<Alignment> alignment;  // by column; a column without one is Left
    std::vector<std::string> notes;    // below it

    friend bool operator==(const Table&, const Table&) = default;
};

enum class ChartKind { Bar, Line };

struct Series {
    std::string title;
    std::vector<std::optional<double>> values;  // by category; empty: no value, drawn as a gap
    // Keys of the values in the figures JSON, as Run::figure; shorter than values: the rest open
    // nothing.
    std::vector<std::string> figures = {};

    friend bool operator==(const Series&, const Series&) = default;
};

struct Chart {
    std::string title;
    ChartKind kind = ChartKind::Bar;
    std::vector<std::string> categories;
    std::vector<Series> series;
    std::string unit;

    friend bool operator==(const Chart&, const Chart&) = default;
};

// Everything after it belongs to an annex (附件), which begins on a new page. The list of annexes
// (附件说明) under the text is made from these. Heading numbers begin again.
struct Attachment {
    std::string title;

    friend bool operator==(const Attachment&, const Attachment&) = default;
};

struct PageBreak {
    friend bool operator==(const PageBreak&, const PageBreak&) = default;
};

using Block = std::variant<Heading, RunInHeading, Paragraph, Table, Chart, Attachment, PageBreak>;

// Who signs an upward document (签发人), which shows the name beside the number.
struct Signer {
    std::string title;  // "签发人" where empty
    std::string name;

    friend bool operator==(const Signer&, const Signer&) = default;
};

// A remark on some runs (批注), as Word shows it in the margin.
struct Comment {
    std::string author;
    std::string text;  // a line feed begins a new paragraph

    friend bool operator==(const Comment&, const Comment&) = default;
};

struct Document {
    std::string title;             // a line feed chooses where it breaks; else the writers choose
    std::string organisation;      // 发文机关: red head and signature (署名)
    std::string number;            // 发文字号 "长绿同信发〔2025〕9号"; empty: none yet
    std::optional<Signer> signer;  // upward documents only
    std::string addressee;         // 主送, with or without its colon
    std::string copies;            // 抄送, with or without its full stop
    std::string issued_on;         // 成文日期 "2025年2月27日"; empty: not yet
    std::string printed_by;        // 印发机关; empty: none
    std::string printed_on;        // 印发日期; empty: issued_on
    std::string annotation;        // 附注 "（此件公开发布）"
    std::string draft_mark;        // "草稿" on every page while it is unsigned; empty: none
    bool red_head = false;         // 红头: the red name of the organisation, and the red line
    bool sealed = false;           // leaves the place for a seal (加盖印章) at the signature
    std::vector<Block> blocks;
    std::vector<Comment> comments;

    friend bool operator==(const Document&, const Document&) = default;
};

}  // namespace fazhi::document
