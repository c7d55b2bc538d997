// How lists are written in one cell, and read back: words joined by 、, rows by ；, a row's parts
// "标题：值" by ，.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/value.h"
#include "definition/model.h"

namespace fazhi::ledger {

// Split at 、 (also ；and ;), trimmed, 《》 taken off, without empty ones.
std::vector<std::string> split_words(std::string_view text);
// A list's or group's input as a list of maps by column id: from text, a list of maps, or one map
// (group). Refuses kBadValue.
Result<Value> rows_from(const definition::Field&, const Value& input);

}  // namespace fazhi::ledger
