// Procedures (definitions.md §5): a ledger's transitions with their gates, from YAML; every name
// they use is checked.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

std::vector<State> declare_states(const Cursor& states);
std::vector<EvidenceKind> declare_evidence(const Cursor& evidence);
// Ids and titles only, so that others may name them.
std::vector<Transition> declare_transitions(const Cursor& transitions);

// What the set's parts that are no ledgers offer to a transition.
struct ProcedureScope {
    const DefinitionSet& set;
    const std::vector<std::string>& documents;  // ids
};

// Fills in the transition of this id.
void resolve_transition(const std::string& id, const Cursor&, Ledger&, const ProcedureScope&);
// Adds an extension's demands to a transition that exists; complains of anything that would loosen
// it.
void tighten_transition(const std::string& id, const Cursor&, Ledger&, const ProcedureScope&);

}  // namespace fazhi::definition
