// OFD (GB/T 33190-2016): the text objects of each page and its template page.
//
// An OFD knows where each character stands, no paragraphs: read_pages.h makes them. Pages of
// pictures are not read: a notice says so. One thread at a time.
#pragma once

#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// The first document of the file. Refuses kLocked, kHostile, kNotWhole, kTooLarge (pages), kNoText.
Result<SourceText> read_ofd(std::string_view bytes);

}  // namespace fazhi::review
