// Offices, definitions and entries as the API's bodies show them (api/schemas.yaml). Private fields
// are never in what these make of an entry that was read with them masked.
#pragma once

#include <string>
#include <vector>

#include "action/workplace.h"
#include "base/value.h"
#include "ledger/field_input.h"
#include "procedure/clocks.h"
#include "procedure/procedures.h"

namespace fazhi::http {

Value unit_json(const access::Unit&);
Value person_json(const access::Directory&, PersonId);
Value post_json(const definition::DefinitionSet*, const access::Post&);
// With the posts of the person's own and the unit.
Value person_in_office_json(const definition::DefinitionSet&, const access::Directory&,
                            const access::Person&);
Value choices_json(const std::vector<definition::Option>&);

// A ledger's definition: what forms, lists and filters are drawn from. `may`: the asker's
// abilities.
Value ledger_json(const definition::DefinitionSet&, const definition::Ledger&,
                  const std::vector<std::string>& may);
Value measure_json(const definition::DefinitionSet&, const definition::Measure&);
// The fields a list shows first.
std::vector<const definition::Field*> listed_fields(const definition::Ledger&);

// What EntryRow and Entry have alike.
Value head_json(const access::Directory&, const definition::Ledger&, const ledger::Entry&,
                ledger::Names&);
// Each field as people read it; lists are left out.
Value shown_json(const definition::Ledger&, const ledger::Entry&,
                 const std::vector<const definition::Field*>&, ledger::Names&);
// Rows of lists and groups as people read them.
Value shown_rows_json(const definition::Ledger&, const ledger::Entry&, ledger::Names&);

Value days_json(const std::vector<calendar::DayCount>&);
Value clock_json(const procedure::ClockView&);
Value possible_json(const definition::Ledger&, const procedure::Procedures::Possible&);
Value evidence_json(const definition::Ledger&, const ledger::EvidenceUse&);

// What an action of the journal is called.
std::string action_title(const definition::Ledger&, const journal::Record&);

}  // namespace fazhi::http
