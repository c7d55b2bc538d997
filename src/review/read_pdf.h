// PDF (ISO 32000): words in reading order, columns one after the other (poppler decides both).
//
// A PDF knows words and boxes, no paragraphs: read_pages.h makes them. Pages without text are
// pictures: read_ocr.h reads them where it can, and notices say so. poppler keeps global state: one
// thread at a time.
#pragma once

#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// Refuses kLocked, kNotWhole, kTooLarge (pages), kNoOcr, kNoText.
Result<SourceText> read_pdf(std::string_view bytes);

}  // namespace fazhi::review
