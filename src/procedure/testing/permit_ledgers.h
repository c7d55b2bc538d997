// Two ledgers with every kind of step, for the tests of this room.
//
//   permit  received → checked → granted | refused; check looks at the visits linked with it
//   visit   events that name a permit
#pragma once

#include "definition/definition_set.h"

namespace fazhi::procedure::testing {

// Built once.
const definition::DefinitionSet& permit_set();

}  // namespace fazhi::procedure::testing
