// May somebody stand in for somebody else on these days, or hold these posts beside those of a
// stand-in? Pure; any thread.
#pragma once

#include "access/organisation.h"
#include "base/result.h"

namespace fazhi::access {

// Refuses what Organisation::add_stand_in refuses, but kNoSuchJurisdiction.
Result<void> checked_stand_in(const Directory& office, const definition::DefinitionSet& set,
                              const NewStandIn& wanted, calendar::Date today);

// `placed`: a person of the office as this one would be. Each post over each unit once. Refuses
// kNoSuchPost, kConflictingPosts, kBadText (the same post twice over one unit).
Result<void> checked_placement(const Directory& office, const definition::DefinitionSet& set,
                               const Person& placed, calendar::Date today);

}  // namespace fazhi::access
