// Looking at what is private of an entry (查看私密内容): for whoever works on it, with a reason,
// and never without a line in the access log. Any thread.
#pragma once

#include <string>

#include "action/workplace.h"
#include "ledger/entry.h"

namespace fazhi::action {

inline constexpr std::size_t kReasonCharactersMax = 200;

struct RevealOrder {
    std::string ledger;
    EntryId entry;
    std::string reason;   // why it is looked at: what the log keeps
    std::string address;  // where the request comes from; "": the command line
};

// Whether the actor works on the entry: may see it, and record or take steps in it. A bureau above
// only guides, and does not.
bool may_reveal(const ledger::Context&, const ledger::Entry&);

// The entry with its private fields. The look is logged first, for at least six months. Refuses
// kForbidden, kNoReason, what find refuses.
Result<ledger::Entry> reveal_entry(Workplace&, const Office&, const access::Actor&,
                                   const RevealOrder&);

}  // namespace fazhi::action
