// What a step still misses (definitions.md §5), but for persons (person_rules.h). Pure but for what
// the Surroundings look up.
//
//             create            transition            transition
//   (nothing) ──────▶ state 1 ─────────────▶ state n ─────────────▶ final
//                       ▲  │ self-transition: a passage, the state is not entered again
//                       └──┘
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "calendar/date.h"
#include "definition/definition_set.h"
#include "ledger/entry.h"
#include "ledger/evaluate.h"

namespace fazhi::procedure {

struct StepFacts {
    const definition::DefinitionSet& definitions;
    const definition::Ledger& ledger;
    const definition::Transition& step;
    const ledger::Entry& entry;  // with the fields that the step brings along
    const std::vector<ledger::Passage>& passages;
    const std::vector<ledger::EvidenceUse>& evidence;
    std::string happened_on;
    std::string note;
    calendar::Date today;
    bool importing = false;  // evidence is waived
};

// Does the step leave this state, and exist for this entry?
bool exists_for(const definition::Transition&, const ledger::Entry&, const std::string& via,
                ledger::Surroundings&);
// The state left last: "" before the first step.
std::string via_of(const std::vector<ledger::Passage>&);
// Kinds of evidence an entry should have in the end: those expected, and those that its steps
// demand. In the ledger's order.
std::vector<std::string> evidence_wanted(const definition::Ledger&, const ledger::Entry&,
                                         const std::string& via, ledger::Surroundings&);
// What the gates of the step have against the entry, papers and settings apart: refusals, fields,
// linked entries.
std::vector<Error> gate_faults(const StepFacts&, ledger::Surroundings&);
// Everything missing, in the order of procedure/errors.h. Empty: the step may happen.
std::vector<Error> missing_for(const StepFacts&, ledger::Surroundings&);

}  // namespace fazhi::procedure
