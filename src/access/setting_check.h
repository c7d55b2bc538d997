// Is this a value the setting may have? (settings.yaml, definitions.md §12)
//
// Pure functions; any thread.
#pragma once

#include "access/directory.h"
#include "base/result.h"
#include "base/value.h"
#include "definition/model.h"

namespace fazhi::access {

// The value as it is stored. Text is accepted for every type, as forms and command lines bring it:
// numbers in digits, 是/否, an option's title, choices joined by 、, a person's or unit's code or
// name, money in yuan ("2000", "0.2万元", 2000) or {"fen": n}. Stored: money in fen, integers,
// yes_no, options' ids, durations ("30 days"), dates, month_day ("03-01") and texts as they are;
// person and unit as their number. Refuses kBadSetting, saying what is expected.
Result<Value> checked_setting(const definition::Setting& setting, const Value& value,
                              const Directory& where);

// Free text is sealed in the journal.
bool is_free_text(const definition::Setting& setting);

}  // namespace fazhi::access
