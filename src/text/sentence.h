// Sentences (句子) of Chinese prose.
//
// Pure functions; any thread.
#pragma once

#include <string_view>
#include <vector>

namespace fazhi::text {

// Splits behind 。！？；(and ! ? ;) and at line breaks, never inside quotes or brackets, whose
// marks stay with their sentence: “好。”他说。 is one. An unclosed bracket ends with its line.
// Trimmed views into `text`, none empty.
std::vector<std::string_view> sentences(std::string_view text);

}  // namespace fazhi::text
