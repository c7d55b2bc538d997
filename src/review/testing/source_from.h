// A SourceText of a plain text whose lines are broken where the page ended. For tests.
#pragma once

#include <string_view>

#include "review/source_text.h"

namespace fazhi::review {

// Page numbers are left out, and a line that does not end a paragraph is joined with the next.
SourceText source_from_broken_lines(std::string_view utf8);

}  // namespace fazhi::review
