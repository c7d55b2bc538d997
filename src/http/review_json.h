// Reviews as the API's bodies show them: the text in paragraphs, and every finding with its place
// in one of them.
#pragma once

#include "action/reviews.h"
#include "base/value.h"
#include "http/call.h"

namespace fazhi::http {

// "paragraph" counts from 0 among "paragraphs"; "begin" and "end" are characters of it.
Value review_json(const action::JudgedReview&);
Value verdict_json(const review::HumanVerdict&);

// Whether the actor may see some review of the call's known office, hand one in, or see from above
// what was submitted.
bool may_know_reviews(Call&);

}  // namespace fazhi::http
