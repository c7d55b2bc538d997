// The registers that are part of the program (definitions.md §3): units, persons, jurisdictions,
// and what a condition may ask of one of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definition/model.h"

namespace fazhi::definition {

// "unit", "person", "jurisdiction".
bool is_built_in_register(std::string_view name);
// Null where the register has no such column.
const Field* built_in_column(std::string_view register_name, std::string_view column);
std::vector<std::string> built_in_columns(std::string_view register_name);

}  // namespace fazhi::definition
