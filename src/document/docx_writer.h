// An official document as DOCX for Word, WPS and LibreOffice: GB/T 9704-2012 page and grid, the
// standard's font names, headings that show in the outline, native tables and charts.
//
// Headings are styled paragraphs whose numbers are text, so that every program shows the same ones.
// Bytes depend on the document only. Throws std::runtime_error where libzip fails. Any thread.
#pragma once

#include <string>

#include "document/block.h"

namespace fazhi::document {

std::string write_docx(const Document&);

}  // namespace fazhi::document
