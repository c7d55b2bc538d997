// Places of a ranking (名次): who stands first by a measure that says which way is better.
//
// Pure; any thread. Cost: sorting the groups.
#pragma once

#include <vector>

#include "base/result.h"
#include "definition/ledger_model.h"
#include "measure/measures.h"

namespace fazhi::measure {

struct Ranked {
    Group group;
    int place = 0;  // from 1; equal figures share one, and the next is left out; 0: has no value
};

// Best first, those without value behind, equals in the order they came. What is under no unit,
// person or option is not ranked. Shares are compared exactly, not as they are rounded.
// Refuses kNotRanked where the measure does not say which way is better.
Result<std::vector<Ranked>> ranking(const definition::Measure&, std::vector<Group>);

}  // namespace fazhi::measure
