// Text files (TXT): decoded, broken lines rejoined, page numbers left out.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// The bytes as UTF-8, without a byte order mark; line ends are "\n" whatever they were. UTF-8 where
// they are, else GB18030. Refuses kNotText, kTooLarge.
Result<std::string> decoded_text(std::string_view bytes);

// Lines of the file are the spots' lines. Refuses as decoded_text, and kNoText.
Result<SourceText> read_plain_text(std::string_view bytes);

}  // namespace fazhi::review
