// Duties (定期义务, definitions.md §8) from YAML; every name they use is checked.
//
// Pure functions; any thread.
#pragma once

#include <vector>

#include "definition/cursor.h"
#include "definition/duty_model.h"
#include "definition/model.h"

namespace fazhi::definition {

// Id and title, so that others may name it.
void declare_duty(const Cursor&, const std::string& pack, std::vector<Duty>&);
// Fills in the duty of this file.
void resolve_duty(const Cursor&, const DefinitionSet&, std::vector<Duty>&);

}  // namespace fazhi::definition
