// Clocks (期限, definitions.md §6) from YAML; every name they use is checked, and each limit
// against the counting rule of its law.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

// Ids and titles only, so that steps and measures may name them.
std::vector<Clock> declare_clocks(const Cursor& clocks);
// Fills in the clock of this id.
void resolve_clock(const std::string& id, const Cursor&, Ledger&, const DefinitionSet&);
// An extension's change of a clock that exists: only a shorter limit counted the same way, and when
// to warn.
void tighten_clock(const std::string& id, const Cursor&, Ledger&);

}  // namespace fazhi::definition
