// Texts of tests, read as a file would be.
#pragma once

#include <string_view>

#include "review/source_text.h"

namespace fazhi::review::testing {

// As read_plain_text reads it; of what that refuses (there is no text) a source without any.
SourceText read_text(std::string_view utf8);

}  // namespace fazhi::review::testing
