// Who may take a step: `by`, `not_by`, and the second person who stands in where nobody is left
// (definitions.md §5).
//
// A two-person office never deadlocks and never closes its own work unseen: where no holder of the
// post is left who did not do the work, the setting second_person names who stands in: the leader,
// then the superior unit.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/directory.h"
#include "base/error.h"
#include "definition/definition_set.h"
#include "ledger/entry.h"

namespace fazhi::procedure {

struct PersonFacts {
    const definition::DefinitionSet& definitions;
    const definition::Ledger& ledger;
    const definition::Transition& step;
    const ledger::Entry& entry;
    const std::vector<ledger::Passage>& passages;
    const access::Directory& office;
    // The parent's; null: a root. Asked only where nobody of the office may.
    std::function<const access::Directory*()> superior;
};

struct PersonVerdict {
    std::vector<Error> missing;  // empty: may
    std::string second_person;   // "leader" | "superior_unit": stands in, for this step only
};

PersonVerdict judge_person(const PersonFacts&, const access::Actor&);

}  // namespace fazhi::procedure
