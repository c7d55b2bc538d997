// May somebody stand in for somebody else on these days? Pure; any thread.
#pragma once

#include "access/organisation.h"
#include "base/result.h"

namespace fazhi::access {

// Refuses what Organisation::add_stand_in refuses, but kNoSuchJurisdiction.
Result<void> checked_stand_in(const Directory& office, const definition::DefinitionSet& set,
                              const NewStandIn& wanted, calendar::Date today);

}  // namespace fazhi::access
