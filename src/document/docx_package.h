// The parts of a DOCX that somebody hands in (ECMA-376 part 2: a ZIP container of named parts),
// looked over before anything reads them: bounded, whole, without macros, drawing nothing from
// elsewhere.
//
// Inner to this room. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/zip_archive.h"

namespace fazhi::document {

inline constexpr std::size_t kDocxPartsMax = 500;
inline constexpr std::size_t kUnpackedBytesMax = 50'000'000;  // of all parts
inline constexpr std::size_t kXmlPartBytesMax = 4'000'000;    // of one that is read here

// In the order of the file. The template it was once made from, which Word would look for on
// another machine, is forgotten. Refuses errors kTooLarge, kLocked, kNotDocx, kHasMacros,
// kDrawsFromElsewhere.
Result<std::vector<ArchiveEntry>> unpack_docx(std::string_view docx);

}  // namespace fazhi::document
