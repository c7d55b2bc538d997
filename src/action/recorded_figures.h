// Figures that entries carry (取数, fields of type `figure`): whoever records one names the period,
// the number is counted here, and stays as it was counted (definitions.md §3).
#pragma once

#include <string>

#include "action/entry_commands.h"
#include "base/result.h"
#include "base/value.h"

namespace fazhi::action {

inline constexpr std::size_t kFigureEntriesMax = 20'000;  // behind one figure

// `fields` of a command as they are given to ledger/: each figure that they name is answered by the
// measure its definition names, with the journal as it is before this command.
//
// Taken for a figure: a year (2024, "2024", {year: 2024}) or {from, to}, both included, and {unit}
// where it is of one unit only. A `value` beside them, or a `measure`, must be what was counted.
// It becomes {measure, from, to, unit, value, entries: {ledger: [id, …]}, journal_size,
// definitions}; without `value` where the measure has none in that period.
// Refuses kBadFigure, and what measure/ refuses. Everything else of `fields` is left alone.
Result<Value> with_figures(const Task&, const std::string& ledger, const Value& fields);

}  // namespace fazhi::action
