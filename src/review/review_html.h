// A review as one HTML page (审查页): the text on the left with what was found marked in place, the
// findings beside it, copied excerpts side by side, every figure in a table.
//
// Self-contained, without script: it opens from a disk, prints, and reads on a phone. All text is
// untrusted and escaped. Pure; any thread.
#pragma once

#include <string>

#include "review/review_words.h"

namespace fazhi::review {

// INVARIANT: review and source are there.
std::string review_html(const ReviewedFile&, const Lexicon&);

// The head of a page with its style, for other pages that look the same; ends within <body>.
std::string page_head(const std::string& title);

}  // namespace fazhi::review
