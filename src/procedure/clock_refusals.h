// What stands against a step because of an entry's clocks (期限). Pure as clock_rules.h is.
#pragma once

#include <string>
#include <vector>

#include "procedure/clock_rules.h"

namespace fazhi::procedure {

// What the clocks have against the step on this day: those it must come after or not after, an
// extension asked for too late or too often, a deemed outcome before its time.
std::vector<Error> clock_refusals(const ClockFacts&, const definition::Transition&,
                                  const std::string& happened_on);

}  // namespace fazhi::procedure
