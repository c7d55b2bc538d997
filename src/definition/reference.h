// What a pack names must exist: each function finds it, or says at the cursor that it is not there
// and what was perhaps meant.
//
// The cursor stands on the name. Null (or false) where it was not found. Any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

const Ledger* existing_ledger(const Cursor&, const DefinitionSet&);
const Measure* existing_measure(const Cursor&, const DefinitionSet&);
const Setting* existing_setting(const Cursor&, const DefinitionSet&);
const Role* existing_post(const Cursor&, const DefinitionSet&);
const Field* existing_field(const Cursor&, const Ledger&);
const Field* existing_date_field(const Cursor&, const Ledger&);
const State* existing_state(const Cursor&, const Ledger&);
const Transition* existing_transition(const Cursor&, const Ledger&);
const EvidenceKind* existing_evidence(const Cursor&, const Ledger&);
bool existing_clock(const Cursor&, const Ledger&);

// The same for a list of them (or one): the names as written.
std::vector<std::string> existing_fields(const Cursor&, const Ledger&);
std::vector<std::string> existing_states(const Cursor&, const Ledger&);
std::vector<std::string> existing_evidences(const Cursor&, const Ledger&);

// "" or a text that is a period ("30 days"); complains otherwise.
std::string checked_period(const Cursor&);
// "" or a text that is a day of the year ("03-01"); complains otherwise.
std::string checked_month_day(const Cursor&);

}  // namespace fazhi::definition
