// What figures of a report are to one another: in one sentence, of one unit, shares and counts. For
// checks_*.cpp.
//
// Pure; any thread.
#pragma once

#include <string>
#include <utility>

#include "review/compiled_check.h"

namespace fazhi::review {

bool is_count(const Figure&);  // what was counted, none of a change against another year
bool is_share(const Figure&);
// 人 and 名 count the same, and so do 件 and 起.
bool same_unit(const Figure&, const Figure&);
std::string shown(const Subject&, const Figure&);
// 96.9 %: a share as it is written.
std::string percent(std::int64_t value);

// The first and the one behind the last figure of the sentence that figure `index` stands in.
std::pair<std::size_t, std::size_t> sentence_of(const Subject&, std::size_t index);

// The words before a figure, and in its clause: what it counts.
Extent words_before(const Subject&, std::size_t index);

}  // namespace fazhi::review
