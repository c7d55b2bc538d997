#include "action/recipients.h"

#include "access/permission.h"
#include "duty/notice_store.h"
#include "storage/transaction.h"

namespace fazhi::action {

std::vector<PersonId> Recipients::handler(const ledger::Entry& entry) const {
    const access::Person* person = context_.directory.person(entry.head.handler);
    const bool is_here = person != nullptr && !person->name.empty();  // not destroyed
    if (is_here) return {entry.head.handler};
    return fallback(entry.head.unit);
}

std::vector<PersonId> Recipients::post(const char* setting, UnitId unit) const {
    std::vector<PersonId> found = holders(setting, unit);
    return found.empty() ? fallback(unit) : found;
}

std::vector<PersonId> Recipients::fallback(UnitId unit) const {
    std::vector<PersonId> found = holders("escalation_fallback_post", unit);
    if (found.empty()) found.emplace_back();
    return found;
}

std::vector<PersonId> Recipients::holders(const char* setting, UnitId unit) const {
    const Value named = context_.directory.setting(context_.definitions, setting);
    std::vector<PersonId> out;
    if (!named.is_text()) return out;
    for (const access::Person* person :
         context_.directory.holders(named.as_text(), context_.today)) {
        if (access::holds_for(context_.directory, context_.definitions,
                              context_.directory.actor(*person, context_.today), named.as_text(),
                              unit))
            out.push_back(person->id);
    }
    return out;
}

int tell(const Task& task, const Telling& telling, const std::vector<PersonId>& persons) {
    const ledger::EntryRun& of = telling.run;
    int out = 0;
    for (const PersonId person : persons) {
        const bool is_new =
            duty::put_notice(task.transaction.connection(), task.context.directory.jurisdiction.id,
                             {.ledger = of.ledger,
                              .entry = of.entry,
                              .clock = of.run.clock,
                              .run = of.run.run,
                              .due_on = of.run.due_on,
                              .kind = std::string(telling.kind),
                              .day = calendar::to_text(telling.day),
                              .person = person,
                              .made_on = calendar::to_text(task.context.today),
                              .read_at = {}});
        if (is_new) ++out;
    }
    return out;
}

}  // namespace fazhi::action
