// A review as DOCX (批注稿): the report's text, each finding a comment of Word's on the words it is
// about, so that whoever wrote the report mends it where it stands.
//
// Pure; any thread. Throws std::runtime_error where libzip fails.
#pragma once

#include <string>

#include "review/review_words.h"

namespace fazhi::review {

// INVARIANT: review and source are there.
std::string review_docx(const ReviewedFile&, const Lexicon&);

}  // namespace fazhi::review
