// Untrusted text made fit for a file: nothing a person typed may break a document or hide in it.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/block.h"

namespace fazhi::document {

// The text with every byte that is not UTF-8, every control character but tab and line feed, every
// direction override and every noncharacter shown as U+FFFD, and CR LF or CR as one line feed.
std::string clean_text(std::string_view text);

// The document with all its text cleaned, blanks around paragraphs and headings dropped (the
// writers indent), and levels outside 1..4 brought to the nearest.
Document cleaned(Document);

// Code points of UTF-8 text; what is not UTF-8 is U+FFFD, one for each byte.
std::u32string code_points(std::string_view text);
void append_utf8(std::string& text, char32_t character);
std::string utf8(std::u32string_view characters);

// Escaped for XML and HTML, in text and in double-quoted attributes.
std::string escaped(std::string_view text);

}  // namespace fazhi::document
