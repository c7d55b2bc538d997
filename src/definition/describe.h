// The outline of a set for people (fazhi pack show): ledgers with fields, states, steps and
// measures; reports; posts.
#pragma once

#include <string>
#include <string_view>

#include "definition/definition_set.h"

namespace fazhi::definition {

// `pack`: only what that pack brings; "": everything, the built-in ledgers too.
std::string describe(const DefinitionSet&, std::string_view pack = {});
std::string describe(const Ledger&);

}  // namespace fazhi::definition
