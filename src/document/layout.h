// A document on paper (版面): every line of text, rule and chart with its place on its page.
// Basis: GB/T 9704-2012 §5–7: A4, 22 lines of 28 characters, headings never last on a page, table
// heads repeated, the imprint (版记) at the foot of the last page.
//
// Points from the top left corner of the sheet; a text's y is its baseline. Pure given the measure.
#pragma once

#include <string>
#include <vector>

#include "document/block.h"
#include "document/line_break.h"
#include "document/text_measure.h"

namespace fazhi::document {

// What a text is to a reader that does not see the page.
enum class Role { Paragraph, Heading1, Heading2, Heading3, Heading4, Furniture };

struct PlacedText {
    double x = 0;
    double y = 0;
    std::vector<Piece> pieces;
    Role role = Role::Paragraph;
    int part = 0;  // texts of one paragraph or cell share it

    [[nodiscard]] std::string text() const;
};

struct PlacedRule {
    double x1 = 0;
    double y1 = 0;
    double x2 = 0;
    double y2 = 0;
    double thickness = 0.5;
    Ink ink = Ink::Black;
};

struct PlacedChart {
    double x = 0;
    double y = 0;  // its top
    double width = 0;
    double height = 0;
    Chart chart;
};

// A heading as the reader's outline lists it.
struct Bookmark {
    int level = 1;
    std::string title;
    double y = 0;
};

struct Page {
    std::vector<PlacedText> texts;
    std::vector<PlacedRule> rules;
    std::vector<PlacedChart> charts;
    std::vector<Bookmark> bookmarks;

    // Text and rules of the body as strings, top to bottom: what tests and searches read.
    [[nodiscard]] std::vector<std::string> lines() const;
};

// At least one page. `document` is cleaned (clean_text.h).
std::vector<Page> lay_out(const Document& document, const TextMeasure&);

TextStyle body_style(Face face = Face::FangSong);
Face heading_face(int level);  // 黑体, 楷体, 仿宋, 仿宋

}  // namespace fazhi::document
