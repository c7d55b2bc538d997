// Texts with {placeholders} (编号、标题、报告的句子): taken apart once, so that a misspelt name is
// found before it is printed.
//
// A sentence also has […] clauses, which are left out when their figures have no value
// (definitions.md §10). Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "definition/model.h"

namespace fazhi::definition {

// Refuses a brace or bracket without its twin, an empty placeholder, a bracket inside a bracket
// (kFaultyPack).
Result<Sentence> parse_sentence(std::string_view text);
// All placeholders, those of clauses too, in order.
std::vector<Placeholder> placeholders_of(const Sentence&);

}  // namespace fazhi::definition
