// The marks in the text of one paragraph of a template: `{name}`, and clauses `[…{name}…]`, which
// are left out where something they name is empty. Square brackets without a mark are text.
//
// Inner to this room. Pure; any thread. Positions are bytes, `end` not included.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fazhi::document {

struct Mark {
    std::string name;  // not checked: whatever stands between the braces
    std::size_t begin = 0;
    std::size_t end = 0;
};

// In order. Refuses kBadMark.
Result<std::vector<Mark>> marks_in(std::string_view text);

// What a stretch of the text becomes.
struct Edit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text = {};
};

// What each of the marks stands for, in the same order → the edits, in order, not touching twice.
std::vector<Edit> edits_for(std::string_view text, const std::vector<Mark>&,
                            const std::vector<std::string>& values);

}  // namespace fazhi::document
