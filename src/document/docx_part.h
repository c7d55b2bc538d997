// One part of a template that has text (the body, a header …): its paragraphs as text, whatever
// runs Word has split them into, filled without touching the runs' formats.
//
// Inner to this room. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/docx_template.h"
#include "document/zip_archive.h"

namespace fazhi::document {

// How much filling may still add to the file; each part takes of it.
struct FillRoom {
    std::size_t nodes = kFilledNodesMax;
    std::size_t bytes = kFilledTextBytesMax;
};

// In order, as often as they stand. Refuses kTooLarge, kNotDocx, kBadMark.
Result<std::vector<std::string>> marks_of_part(const ArchiveEntry&);
// The part filled, as XML. Refuses the same and kUnknownMark.
Result<std::string> fill_part(const ArchiveEntry&, const TemplateFill&, FillRoom&);

}  // namespace fazhi::document
