#include "action/reveal.h"

#include <fmt/format.h>

#include "access/permission.h"
#include "action/accounts.h"
#include "action/errors.h"
#include "storage/transaction.h"
#include "text/utf8.h"

namespace fazhi::action {
namespace {

using access::Ability;

access::Concern concern_of(const ledger::Entry& entry) {
    return {.ledger = entry.head.ledger, .unit = entry.head.unit, .handler = entry.head.handler};
}

}  // namespace

bool may_reveal(const ledger::Context& context, const ledger::Entry& entry) {
    const auto may = [&](Ability ability) {
        return access::may(context.directory, context.definitions, context.actor, ability,
                           concern_of(entry));
    };
    return may(Ability::View) && (may(Ability::Record) || may(Ability::Move));
}

Result<ledger::Entry> reveal_entry(Workplace& workplace, const Office& office,
                                   const access::Actor& actor, const RevealOrder& order) {
    if (order.reason.empty() || text::characters(order.reason).size() > kReasonCharactersMax) {
        return refuse(ErrorKind::InvalidInput, errors::kNoReason,
                      fmt::format("查看私密内容要说明理由，最多{}字。", kReasonCharactersMax),
                      "reason");
    }
    const JurisdictionId where = office.directory.jurisdiction.id;
    ledger::Entry entry;
    TRY_OK(workplace.writer.run(where, [&](storage::Transaction& transaction) -> Result<void> {
        TRY(const Office now, open_office(workplace, transaction, where));
        const ledger::Context context = context_of(now, actor, workplace.clock.now());
        TRY(entry, workplace.ledgers.find(transaction, context, order.ledger, order.entry,
                                          ledger::Ledgers::Private::Revealed));
        TRY_OK(access::require(context.directory, context.definitions, actor, Ability::View,
                               concern_of(entry)));
        if (!may_reveal(context, entry)) {
            return refuse(ErrorKind::Forbidden, errors::kMayNotReveal,
                          "只有办理这件事的人可以查看私密内容。");
        }
        log_access(workplace, transaction,
                   {.jurisdiction = where,
                    .person = actor.person,
                    .person_jurisdiction = actor.jurisdiction,
                    .what = std::string(access::accesses::kReveal),
                    .ledger = order.ledger,
                    .entry = order.entry,
                    .reason = order.reason,
                    .address = order.address});
        return {};
    }));
    return entry;
}

}  // namespace fazhi::action
