// What people do with entries, each asked for and granted before it is done (roles.yaml), each one
// command of the Writer.
//
// `accepted_at` is fixed by the door that took the command. The refusals are those of access/,
// ledger/ and procedure/.
#pragma once

#include <string>

#include "action/workplace.h"
#include "base/result.h"
#include "ledger/ledgers.h"
#include "procedure/procedures.h"

namespace fazhi::action {

struct Task {
    Workplace& workplace;
    storage::Transaction& transaction;
    ledger::Context& context;
};

Result<ledger::Entry> create_entry(const Task&, const ledger::NewEntry&);
Result<ledger::Entry> set_fields(const Task&, const std::string& ledger, EntryId,
                                 const ledger::FieldChange&);
Result<ledger::Entry> amend_entry(const Task&, const std::string& ledger, EntryId,
                                  const ledger::FieldChange&);
Result<ledger::Entry> void_entry(const Task&, const std::string& ledger, EntryId,
                                 const std::string& note);
Result<procedure::Outcome> move_entry(const Task&, const procedure::Step&);
Result<ledger::EvidenceUse> attach_evidence(const Task&, const std::string& ledger, EntryId,
                                            const ledger::NewEvidence&);
Result<void> link_entries(const Task&, const ledger::Link&);

}  // namespace fazhi::action
