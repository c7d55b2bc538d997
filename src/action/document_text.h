// A document of our own as a review reads it: the words a reader of the paper has, headings with
// their numbers, up to the first annex.
//
// Pure.
#pragma once

#include "document/block.h"
#include "review/source_text.h"

namespace fazhi::action {

// Page 1; lines are the document's own: title, number, addressee, each block, signature, date.
review::SourceText text_of(const document::Document&);

}  // namespace fazhi::action
