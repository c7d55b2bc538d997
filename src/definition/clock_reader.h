// Clocks (期限, definitions.md §6): read and checked whole, kept as written for the room that will
// run them.
//
// Pure functions; any thread.
#pragma once

#include <string>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

// Checks what the clock names, and each limit against the counting rule of its law.
void check_clock(const std::string& id, const Cursor&, const Ledger&, const DefinitionSet&);
// An extension's change of a clock that exists: only a shorter limit counted the same way. Answers
// what is now in force.
Value tightened_clock(const Cursor& clock, const Value& before);

}  // namespace fazhi::definition
