// `basis` (依据): which law says so; compared with laws.yaml.
#pragma once

#include <vector>

#include "base/error.h"
#include "definition/cursor.h"

namespace fazhi::definition {

// One or a list of them. An article of an unverified law is an error; a law that laws.yaml lacks is
// a note.
std::vector<Basis> read_basis(const Cursor& basis, const DefinitionSet&);

}  // namespace fazhi::definition
