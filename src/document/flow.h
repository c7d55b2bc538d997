// Boxes onto pages: what stays together, what is repeated, what goes on a new page.
//
// A box is a strip of the text area; its items' x and y are from its own top left. Pure.
#pragma once

#include <vector>

#include "document/layout.h"

namespace fazhi::document {

struct Box {
    double height = 0;
    bool keeps_with_next = false;
    bool starts_page = false;  // on a new page, unless it is first on one anyway
    bool on_grid = true;       // its top is on the line grid
    bool is_space = false;     // dropped where it would begin a page
    int repeated_head = -1;    // index into Flow's heads: drawn again above it on a new page
    Page items;
};

struct Flow {
    std::vector<Box> boxes;
    std::vector<Box> heads;  // of tables
    Box foot;                // at the bottom of the last page; height 0: none
};

// Pages of the text area, items placed on the sheet. A chain of boxes higher than a page is cut.
std::vector<Page> flow_onto_pages(const Flow&);

}  // namespace fazhi::document
