// Markdown (CommonMark with tables): headings with their levels, list items with the numbers they
// were written with, table cells.
//
// Text files that hold Markdown headings are read so too, so indented text is no code here, as
// Chinese text sets its paragraphs in; and lines that stand together are joined only where they
// were broken (read_lines.h). Pure; any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// Lines of the file are the spots' lines. Refuses kNotText, kTooLarge, kNoText.
Result<SourceText> read_markdown(std::string_view bytes);

// Whether a text has a line that begins as a heading does: "## 一、…".
bool has_markdown_heading(std::string_view text);

}  // namespace fazhi::review
