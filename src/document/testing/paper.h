// A PDF as others see it: its text and facts, read back by poppler's programs (pdftotext, pdfinfo,
// pdffonts).
#pragma once

#include <string>
#include <vector>

namespace fazhi::document::testing {

struct Paper {
    std::vector<std::string> pages;  // text of each page, laid out as on paper
    std::string info;                // what pdfinfo prints
    std::string fonts;               // what pdffonts prints
};

// Throws std::runtime_error where the bytes are no PDF or poppler is not installed.
Paper read_back(const std::string& pdf);
// The text without its spaces and line ends.
std::string joined(const std::string& text);

}  // namespace fazhi::document::testing
