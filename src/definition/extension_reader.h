// Extensions (`extend:`, definitions.md §1.3): what one pack adds to another's ledger. Nothing is
// removed; nothing that has a basis is loosened.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"
#include "definition/procedure_reader.h"

namespace fazhi::definition {

// What an extension names that the ledger had before.
struct Tightened {
    std::vector<std::string> transitions;
    std::vector<std::string> clocks;
};

// Adds fields, options, evidence, states; transitions and measures by id and title. Says which
// names are taken.
Tightened declare_extension(const Cursor&, Ledger&, const std::string& pack);
void resolve_extension(const Cursor&, Ledger&, const Tightened&, const ProcedureScope&);

}  // namespace fazhi::definition
