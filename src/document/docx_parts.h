// The parts of a DOCX that say how it looks, not what it says.
//
// Inner to this room. Lengths in DOCX are twentieths of a point (twips). Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "document/block.h"
#include "document/text_measure.h"
#include "document/xml.h"

namespace fazhi::document {

long twips(double points);

// 方正小标宋简体, 仿宋_GB2312, 黑体, 楷体_GB2312, 宋体: as the standard calls them.
const char* docx_font(Face);

// w:rFonts for all scripts.
Element docx_fonts(Face);

// Shared by the roots of all parts of WordprocessingML.
std::vector<std::pair<std::string, std::string>> docx_namespaces();

std::string docx_styles();
std::string docx_settings();
std::string docx_font_table();
std::string docx_footer(bool is_odd);  // “— 1 —”, right on odd pages, left on even
std::string docx_header(const std::string& draft_mark);
std::string docx_core_properties(const Document&);
std::string docx_comments(const std::vector<Comment>&);

// Parts that not every document has.
struct DocxExtras {
    std::size_t charts = 0;
    bool has_header = false;
    bool has_comments = false;
};
std::string docx_content_types(const DocxExtras&);
std::string docx_relations(const DocxExtras&);  // of word/document.xml
std::string docx_package_relations();

}  // namespace fazhi::document
