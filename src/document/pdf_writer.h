// An official document as PDF: GB/T 9704-2012 pages, embedded fonts, an outline of its headings,
// tagged text.
//
// Bytes depend on the arguments and the installed fonts only. Throws std::runtime_error where Cairo
// fails. Any thread.
#pragma once

#include <string>

#include "document/block.h"

namespace fazhi::document {

// Fontconfig families. The defaults are free fonts of Debian; the licensed ones of the standard
// (方正小标宋简体, 仿宋_GB2312, 黑体, 楷体_GB2312) are named here where an office has them.
struct PdfFonts {
    std::string title = "Noto Serif CJK SC Bold";
    std::string fang_song = "Noto Serif CJK SC";
    std::string hei = "Noto Sans CJK SC";
    std::string kai = "AR PL KaitiM GB, Noto Serif CJK SC";
    std::string song = "Noto Serif CJK SC";
};

struct PdfOptions {
    PdfFonts fonts = {};
    std::string created_at = "2000-01-01T00:00:00Z";  // ISO 8601; the writer asks no clock
};

std::string write_pdf(const Document&, const PdfOptions&);

}  // namespace fazhi::document
