// A review as JSON: the document, its outline, parts, figures, titles, and what was found.
//
// Places are page and line from 1, offset and length in characters. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "review/review_words.h"

namespace fazhi::review {

// An object that names its file.
std::string review_json(const ReviewedFile&, const Lexicon&);
// Several of them: {"reports": […]}.
std::string joined_json(const std::vector<std::string>& reviews);
// SARIF 2.1.0, for programs that show findings in their place, of the same.
std::string review_sarif(const std::vector<std::string>& reviews, const Lexicon&);

}  // namespace fazhi::review
