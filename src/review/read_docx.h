// DOCX (ECMA-376): the text as a person reads it with all tracked changes accepted.
//
// - Headings by style or outline level; numbers of lists written out (read_docx_numbering.h).
// - Tables cell by cell; text boxes behind the paragraph that holds them; footnotes and endnotes
//   behind the paragraph that refers to them. Running heads and feet are no text.
// - Hidden text is left out; white and tiny text is read. Both, and what was deleted in tracked
//   changes, are notices ("hidden_text", "tracked_deletion"); "tracked_insertion" is one notice a
//   file.
// - A spot's line is the number of the w:p in word/document.xml, in the order of the file, those of
//   word/footnotes.xml and word/endnotes.xml counted on behind them; its offset counts what is read
//   of it. A label that numbering made stands at offset 0.
//
// Pure; any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// Refuses kHasMacros, and as open_container and read_part; kNoText.
Result<SourceText> read_docx(std::string_view bytes);

}  // namespace fazhi::review
