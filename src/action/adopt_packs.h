// An office goes over to its packs as they are installed now: after an upgrade of the program, or
// of a pack. What stands recorded keeps the definitions it was decided under; from here on the new
// ones hold, and clocks are worked out anew.
#pragma once

#include <string>
#include <vector>

#include "action/workplace.h"

namespace fazhi::action {

struct Adoption {
    bool changed = false;              // false: it worked with these already
    std::vector<std::string> changes;  // as `pack diff` says them
    std::size_t clocks = 0;            // entries whose clocks changed
};

// Refuses kFaultyTemplate; kNeedsMapping where a state, step or option is gone, with each of them:
// what is recorded under it would have no name. Run again, it goes on where it stopped.
// `by`: in whose name the journal has it; whether they may is asked before.
Result<Adoption> adopt_packs(Workplace&, JurisdictionId, const access::Actor& by);

// What an office that goes over from one set to the other is refused for, without doing it.
Result<void> check_adoption(const definition::DefinitionSet& before,
                            const definition::DefinitionSet& after);

}  // namespace fazhi::action
