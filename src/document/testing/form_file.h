// Small DOCX files as an office would make them for a form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/zip_archive.h"

namespace fazhi::document::testing {

// The parts of a DOCX whose body is this XML (w:p, w:tbl …).
std::vector<ArchiveEntry> form_parts(std::string_view body);
// The DOCX itself.
std::string form_file(std::string_view body);
// One paragraph of one run.
std::string paragraph(std::string_view text);
// A part of WordprocessingML: its declaration, namespaces and this root.
std::string word_part(std::string_view root, std::string_view inside);

// What a reader sees in a part: paragraphs by "|", tabs and breaks as "\t" and "\n".
std::string words_of(const std::string& docx, const std::string& part = "word/document.xml");

}  // namespace fazhi::document::testing
