// A file as text in reading order (原件读取).
//
// Any thread.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

inline constexpr std::uintmax_t kSourceBytesMax = 20'000'000;

// Plain text and Markdown, UTF-8 or GB18030. Refuses kUnreadable, kTooLarge, kNotText.
Result<SourceText> read_source(const std::filesystem::path&);

}  // namespace fazhi::review
