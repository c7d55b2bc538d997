// Words on pages, as PDF, OFD and OCR give them, and the text they make: lines, running heads and
// page numbers found and left out, paragraphs rejoined across lines, columns and pages.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "review/source_text.h"

namespace fazhi::review {

// Points, or any unit that is one for the page, from its upper left corner.
struct PageWord {
    std::u32string text;
    double left = 0;
    double right = 0;
    double top = 0;
    double bottom = 0;
    double em = 0;  // size of the type
    bool space_after = false;
    int rotation = 0;        // quarter turns
    std::uint32_t line = 0;  // which line it is of, where that is known; 0: by where it stands
};

struct Page {
    std::uint32_t number = 1;
    double width = 0;
    double height = 0;
    std::vector<PageWord> words;  // in reading order, but for columns (read_columns.h)
};

// Appends to `out.blocks`. A spot's line is the number of the line on its page in reading order,
// running heads counted; its offset counts the line's characters, with as many spaces between words
// as the gap is wide (half an em each).
void append_pages(const std::vector<Page>& pages, SourceText& out);

}  // namespace fazhi::review
