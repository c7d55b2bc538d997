// A SourceText of plain text: a line is a paragraph.
//
// Pure; any thread.
#pragma once

#include <string_view>

#include "review/source_text.h"

namespace fazhi::review {

// `utf8` is valid UTF-8. Empty lines are passed over.
SourceText paragraphs_of(std::string_view utf8);

}  // namespace fazhi::review
