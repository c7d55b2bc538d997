// Columns of a page (分栏): words brought into the order a person reads them in.
//
// Columns stand where, in four rows or more, text on both sides leaves one gutter free and reaches
// up to it: cells of a table leave gaps, but do not fill their columns. Two columns are found, and
// two more in each. Words of a page without columns keep their order. Pure; any thread.
#pragma once

#include <vector>

#include "review/read_pages.h"

namespace fazhi::review {

std::vector<PageWord> in_reading_order(std::vector<PageWord> words);

}  // namespace fazhi::review
