// A ledger (definitions.md §4) from YAML, in two steps: what it says of itself, then what it names
// elsewhere, once every ledger of the set has said its own.
//
// Pure functions; any thread.
#pragma once

#include <string>

#include "definition/cursor.h"
#include "definition/model.h"
#include "definition/procedure_reader.h"

namespace fazhi::definition {

// Head, fields, evidence, states; transitions and measures by id and title.
Ledger declare_ledger(const Cursor&, const std::string& pack);
void resolve_ledger(const Cursor&, Ledger&, const ProcedureScope&);

// Lengths of table names, titles that are there twice: asked again after each extension.
void check_ledger(const Cursor&, const Ledger&);

}  // namespace fazhi::definition
