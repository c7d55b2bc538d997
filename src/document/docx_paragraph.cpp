#include "document/docx_paragraph.h"

#include <algorithm>
#include <cmath>

#include "document/column_widths.h"
#include "document/docx_parts.h"
#include "document/page_setup.h"

namespace fazhi::document {

namespace {

constexpr long kTableWidth = 8844;  // 156 mm

std::string twips_text(double points) {
    return std::to_string(twips(points));
}

Element width(long value) {
    return {"w:tcW", {{"w:w", std::to_string(value)}, {"w:type", "dxa"}}};
}

Element border(const char* side, double points) {
    const long eighths = std::max(2L, twips(points) * 8 / 20);
    return {std::string("w:") + side,
            {{"w:val", "single"},
             {"w:sz", std::to_string(eighths)},
             {"w:space", "0"},
             {"w:color", "000000"}}};
}

const char* placing_of(Alignment alignment) {
    switch (alignment) {
        case Alignment::Left:
            return "left";
        case Alignment::Centre:
            return "center";
        case Alignment::Right:
            return "right";
    }
    return "left";
}

Element properties_of(const Run& run, Face base) {
    Element properties{"w:rPr"};
    switch (run.style) {
        case RunStyle::Plain:
            properties.children.push_back(docx_fonts(base));
            break;
        case RunStyle::Lead:
            properties.children.push_back(docx_fonts(Face::Kai));
            break;
        case RunStyle::Strong:
            properties.children.push_back(docx_fonts(Face::Hei));
            break;
        case RunStyle::Faint:
            properties.children.push_back(docx_fonts(base));
            properties.children.push_back({"w:color", {{"w:val", "737373"}}});
            break;
    }
    return properties;
}

bool has_comment(const Run& run, std::size_t comment) {
    return std::find(run.comments.begin(), run.comments.end(), comment) != run.comments.end();
}

Element comment_mark(const char* name, std::size_t comment) {
    return {name, {{"w:id", std::to_string(comment)}}};
}

class DocxTable {
public:
    DocxTable(const Table& table, bool starts_page) : table_(table), starts_page_(starts_page) {
        size_ = column_count(table) >= 9 ? kNoteSize : kTableSize;
        for (const double share : column_shares(table, kTextWidth / size_)) {
            widths_.push_back(std::lround(share * static_cast<double>(kTableWidth)));
        }
    }

    Element run() {
        Element grid{"w:tblGrid"};
        for (const long each : widths_) {
            grid.children.push_back({"w:gridCol", {{"w:w", std::to_string(each)}}});
        }
        Element element{"w:tbl", {}, {properties(), grid}};
        for (const Row& row : table_.header) element.children.push_back(row_of(row, true));
        for (const Row& row : table_.rows) element.children.push_back(row_of(row, false));
        return element;
    }

private:
    static Element properties() {
        Element borders{"w:tblBorders"};
        for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
            borders.children.push_back(border(side, 0.5));
        }
        const auto margin = [](const char* side) {
            return Element{side, {{"w:w", "80"}, {"w:type", "dxa"}}};
        };
        return {"w:tblPr",
                {},
                {{"w:tblW", {{"w:w", std::to_string(kTableWidth)}, {"w:type", "dxa"}}},
                 {"w:jc", {{"w:val", "center"}}},
                 borders,
                 {"w:tblLayout", {{"w:type", "fixed"}}},
                 {"w:tblCellMar", {}, {margin("w:left"), margin("w:right")}}}};
    }

    Element row_of(const Row& row, bool is_head) {
        Element properties{"w:trPr", {}, {{"w:cantSplit"}}};
        if (is_head) properties.children.push_back({"w:tblHeader"});
        Element element{"w:tr", {}, {properties}};
        for (std::size_t n = 0; n < widths_.size(); ++n) {
            element.children.push_back(cell_of(n < row.size() ? row[n] : Cell{}, n, is_head));
        }
        return element;
    }

    Element cell_of(const Cell& cell, std::size_t column, bool is_head) {
        DocxParagraph paragraph{"TableText"};
        paragraph.starts_page = starts_page_;
        starts_page_ = false;
        paragraph.keeps_with_next = is_head;
        paragraph.placing = is_head ? "center" : placing_of(column_alignment(table_, column));
        paragraph.runs = docx_runs(cell, is_head ? Face::Hei : Face::FangSong);
        if (size_ != kTableSize) {
            for (Element& run : paragraph.runs) {
                run.children.front().children.push_back(
                    {"w:sz", {{"w:val", std::to_string(twips(size_) / 10)}}});
            }
        }
        return {"w:tc",
                {},
                {{"w:tcPr", {}, {width(widths_[column]), {"w:vAlign", {{"w:val", "center"}}}}},
                 paragraph.element()}};
    }

    const Table& table_;
    bool starts_page_;
    double size_ = kTableSize;
    std::vector<long> widths_;
};

Element imprint_row(const DocxParagraph& paragraph, double rule_above, double rule_below) {
    Element borders{"w:tcBorders", {}, {border("top", rule_above), border("bottom", rule_below)}};
    return {"w:tr",
            {},
            {{"w:trPr", {}, {{"w:cantSplit"}}},
             {"w:tc", {}, {{"w:tcPr", {}, {width(kTableWidth), borders}}, paragraph.element()}}}};
}

}  // namespace

Element DocxParagraph::element() const {
    Element properties{"w:pPr", {}, {{"w:pStyle", {{"w:val", style}}}}};
    const auto add = [&properties](const Element& one) {
        if (!one.name.empty()) properties.children.push_back(one);
    };
    if (keeps_with_next) properties.children.push_back({"w:keepNext"});
    if (starts_page) properties.children.push_back({"w:pageBreakBefore"});
    add(border);
    add(tabs);
    add(spacing);
    add(indent);
    if (!placing.empty()) properties.children.push_back({"w:jc", {{"w:val", placing}}});
    Element paragraph{"w:p", {}, {properties}};
    for (const Element& run : runs) paragraph.children.push_back(run);
    return paragraph;
}

Element docx_run(const std::string& text, const Elements& properties) {
    Element run{"w:r", {}, {{"w:rPr", {}, properties}}};
    std::string line;
    const auto end_line = [&run, &line] {
        if (line.empty()) return;
        run.children.push_back({"w:t", {{"xml:space", "preserve"}}, {}, line});
        line.clear();
    };
    for (const char c : text) {
        if (c == '\n') {
            end_line();
            run.children.push_back({"w:br"});
        } else {
            line.push_back(c == '\t' ? ' ' : c);
        }
    }
    end_line();
    return run;
}

Elements docx_runs(const Runs& runs, Face base) {
    Elements elements;
    for (std::size_t n = 0; n < runs.size(); ++n) {
        for (const std::size_t comment : runs[n].comments) {
            if (n == 0 || !has_comment(runs[n - 1], comment))
                elements.push_back(comment_mark("w:commentRangeStart", comment));
        }
        elements.push_back(docx_run(runs[n].text, properties_of(runs[n], base).children));
        for (const std::size_t comment : runs[n].comments) {
            if (n + 1 < runs.size() && has_comment(runs[n + 1], comment)) continue;
            elements.push_back(comment_mark("w:commentRangeEnd", comment));
            elements.push_back({"w:r", {}, {comment_mark("w:commentReference", comment)}});
        }
    }
    return elements;
}

Element docx_tab() {
    return {"w:r", {}, {{"w:tab"}}};
}

Element docx_indent(double left_points, double hanging_points) {
    Element indent{"w:ind", {{"w:left", twips_text(left_points)}}};
    if (hanging_points > 0) {
        indent.attributes.emplace_back("w:hanging", twips_text(hanging_points));
    } else {
        indent.attributes.emplace_back("w:firstLineChars", "0");
        indent.attributes.emplace_back("w:firstLine", "0");
    }
    return indent;
}

Element docx_exact_spacing(double line_points, double before_points) {
    return {"w:spacing",
            {{"w:before", twips_text(before_points)},
             {"w:line", twips_text(line_points)},
             {"w:lineRule", "exact"}}};
}

Element docx_table(const Table& table, bool starts_page) {
    return DocxTable(table, starts_page).run();
}

Element docx_imprint(const Document& document) {
    Element table{"w:tbl",
                  {},
                  {{"w:tblPr",
                    {},
                    {{"w:tblpPr",
                      {{"w:vertAnchor", "margin"},
                       {"w:horzAnchor", "margin"},
                       {"w:tblpXSpec", "center"},
                       {"w:tblpYSpec", "bottom"}}},
                     {"w:tblW", {{"w:w", std::to_string(kTableWidth)}, {"w:type", "dxa"}}},
                     {"w:tblLayout", {{"w:type", "fixed"}}}}},
                   {"w:tblGrid", {}, {{"w:gridCol", {{"w:w", std::to_string(kTableWidth)}}}}}}};
    const bool has_printer = !document.printed_by.empty();
    if (!document.copies.empty()) {
        DocxParagraph copies{"Imprint"};
        copies.indent = docx_indent(4 * kSmallSize - 5.4, 3 * kSmallSize);
        copies.runs = {docx_run("抄送：" + document.copies + "。")};
        table.children.push_back(
            imprint_row(copies, kThickRule, has_printer ? kThinRule : kThickRule));
    }
    if (has_printer) {
        DocxParagraph printer{"Imprint"};
        printer.indent = docx_indent(kSmallSize - 5.4);
        const long edge = kTableWidth - twips(kSmallSize) - twips(5.4);
        printer.tabs = {
            "w:tabs", {}, {{"w:tab", {{"w:val", "right"}, {"w:pos", std::to_string(edge)}}}}};
        printer.runs = {docx_run(document.printed_by)};
        if (!document.printed_on.empty()) {
            printer.runs.push_back(docx_tab());
            printer.runs.push_back(docx_run(document.printed_on + "印发"));
        }
        table.children.push_back(
            imprint_row(printer, document.copies.empty() ? kThickRule : kThinRule, kThickRule));
    }
    return table;
}

}  // namespace fazhi::document
