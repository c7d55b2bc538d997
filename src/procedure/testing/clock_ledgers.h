// A ledger with a clock of every kind, for the tests of this room.
#pragma once

#include "definition/definition_set.h"

namespace fazhi::procedure::testing {

// Built once.
const definition::DefinitionSet& clock_set();

}  // namespace fazhi::procedure::testing
