// Official forms (文书, definitions.md §12) from YAML; every name they use is checked.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

// Id and title, so that steps may name it.
void declare_form(const Cursor&, const std::string& pack, std::vector<DocumentForm>&);
// Fills in the form of this file.
void resolve_form(const Cursor&, const DefinitionSet&, std::vector<DocumentForm>&);

}  // namespace fazhi::definition
