// Measures (definitions.md §7) from YAML: what is counted, over which ledger, checked against its
// fields and states.
//
// Pure functions; any thread.
#pragma once

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

// Ids, titles and units only, so that others may name them.
std::vector<Measure> declare_measures(const Cursor& measures, const std::string& ledger);
// Fills in the measures named under `measures`.
void resolve_measures(const Cursor& measures, Ledger&, const DefinitionSet&);

// What can only be asked of all measures together; `measures` of `ledger`, resolved before.
// Errors: an id another ledger has, a total or ratio that rests on itself. Notes: totals that may
// count one event twice.
void check_measures(const Cursor& measures, const std::string& ledger, const DefinitionSet&);

}  // namespace fazhi::definition
