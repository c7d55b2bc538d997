// Any file that is taken for review, read in this process: what extraction.h does in a child.
//
// Only for that child, for tests and for fuzzing: a hostile file may crash its reader. One thread
// at a time.
#pragma once

#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// By what it is, not by what it is called; a notice "renamed" where the two differ. Refuses
// kTooLarge, and as format_of and the readers (read_*.h).
Result<SourceText> read_source(std::string_view name, std::string_view bytes);

}  // namespace fazhi::review
