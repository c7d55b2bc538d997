// What a file is, decided by its first bytes; its name only tells Markdown from text.
//
// Pure; any thread.
#pragma once

#include <string_view>

#include "base/result.h"

namespace fazhi::review {

enum class FileFormat { Pdf, Docx, Ofd, Html, Markdown, Text, Picture };

// Refuses kLocked (an encrypted DOCX), kFormatNotRead (.doc, .wps, spreadsheets, RTF, MHTML and
// other containers, each by its name), kNotWhole (a container that does not open), kNotText
// (empty).
Result<FileFormat> format_of(std::string_view name, std::string_view bytes);

// As a person calls it: "PDF", "Word 文档（DOCX）".
std::string_view title_of(FileFormat format);

// Whether the name's ending says another format: "report.docx" that is a PDF. An ending that says
// nothing is none.
bool is_renamed(std::string_view name, FileFormat format);

}  // namespace fazhi::review
