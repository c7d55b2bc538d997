// A review as JSON: the document, its outline, parts, figures, titles, and what was found.
//
// Places are page and line from 1, offset and length in characters. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "review/review_words.h"

namespace fazhi::review {

// One file: an object; several: {"reports": […]}. Each object names its file.
std::string review_json(const std::vector<ReviewedFile>&, const Lexicon&);
// SARIF 2.1.0, for programs that show findings in their place.
std::string review_sarif(const std::vector<ReviewedFile>&, const Lexicon&);

}  // namespace fazhi::review
