// Paragraphs and tables of a DOCX.
//
// Inner to this room. Pure; any thread.
#pragma once

#include <string>

#include "document/block.h"
#include "document/text_measure.h"
#include "document/xml.h"

namespace fazhi::document {

// A paragraph in the making; the writer puts w:pPr together in the order the schema asks for.
struct DocxParagraph {
    std::string style;
    bool keeps_with_next = false;
    bool starts_page = false;
    Element border = {};       // w:pBdr
    Element tabs = {};         // w:tabs
    Element spacing = {};      // w:spacing, where it differs from the style's
    Element indent = {};       // w:ind, likewise
    std::string placing = {};  // w:jc, likewise
    Elements runs = {};

    [[nodiscard]] Element element() const;
};

// Runs of text; a line feed becomes a break. `base` is the face of the paragraph.
Elements docx_runs(const Runs&, Face base);
Element docx_run(const std::string& text, const Elements& properties = {});
Element docx_tab();

Element docx_indent(double left_points, double hanging_points = 0);
Element docx_exact_spacing(double line_points, double before_points = 0);

// The table and nothing around it.
Element docx_table(const Table&, bool starts_page);

// 版记: a table that stands at the foot of the last page.
Element docx_imprint(const Document&);

}  // namespace fazhi::document
