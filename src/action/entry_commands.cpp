#include "action/entry_commands.h"

#include <algorithm>

#include "access/permission.h"
#include "action/recipients.h"
#include "action/recorded_figures.h"
#include "duty/nil_rules.h"
#include "ledger/stored_lookup.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

using access::Ability;
using ledger::Entry;

Result<void> require(const Task& task, Ability ability, std::string_view ledger, UnitId unit,
                     PersonId handler = {}) {
    return access::require(task.context.directory, task.context.definitions, task.context.actor,
                           ability, {.ledger = ledger, .unit = unit, .handler = handler});
}

// The entry, where the actor may do this with it.
Result<Entry> entry_for(const Task& task, Ability ability, const std::string& ledger, EntryId id) {
    TRY(Entry entry, task.workplace.ledgers.find(task.transaction, task.context, ledger, id,
                                                 ledger::Ledgers::Private::Masked));
    TRY_OK(require(task, ability, ledger, entry.head.unit, entry.head.handler));
    return entry;
}

// The entry as it is now, its clocks kept up with it.
Result<Entry> followed(const Task& task, const std::string& ledger, Result<Entry> entry) {
    if (!entry) return entry;
    TRY_OK(task.workplace.clocks.follow(task.transaction, task.context, ledger, entry->head.id));
    return entry;
}

// A limit that is longer now is told to whoever must tell the party.
void tell_of_extension(const Task& task, const std::string& transition, const Entry& entry) {
    const definition::Ledger& ledger = *task.context.definitions.ledger(entry.head.ledger);
    const bool any = std::any_of(
        ledger.clocks.begin(), ledger.clocks.end(), [&](const definition::Clock& clock) {
            return clock.extend.transition == transition && !clock.extend.notify.empty();
        });
    if (!any) return;
    for (const ledger::ClockRun& run : task.workplace.ledgers.runs(
             task.transaction.connection(), task.context.directory.jurisdiction.id, ledger.id,
             entry.head.id)) {
        const definition::Clock* clock = ledger.clock(run.clock);
        if (clock == nullptr || clock->extend.transition != transition ||
            clock->extend.notify.empty() || !run.is_open())
            continue;
        tell(task, {{ledger.id, entry.head.id, run, {}}, "extended", task.context.today},
             Recipients(task.context).handler(entry));
    }
}

}  // namespace

Result<Entry> create_entry(const Task& task, const ledger::NewEntry& input) {
    ledger::StoredLookup lookup(task.transaction.connection(), task.context.directory,
                                task.context.definitions);
    const auto unit =
        input.unit.empty() ? std::optional(task.context.actor.unit.value) : lookup.unit(input.unit);
    TRY_OK(require(task, Ability::Record, input.ledger, UnitId{unit.value_or(0)},
                   task.context.actor.person));
    ledger::NewEntry counted = input;
    TRY(counted.fields, with_figures(task, input.ledger, input.fields));
    auto created = task.workplace.ledgers.create(task.transaction, task.context, counted);
    if (created && input.ledger == duty::kNilLedger && !task.context.importing) {
        TRY_OK(duty::check_nil(task.context, created->fields));
    }
    return followed(task, input.ledger, std::move(created));
}

Result<Entry> set_fields(const Task& task, const std::string& ledger, EntryId id,
                         const ledger::FieldChange& change) {
    TRY(const Entry entry, entry_for(task, Ability::Record, ledger, id));
    TRY(Value fields, with_figures(task, ledger, change.fields));
    return followed(task, ledger,
                    task.workplace.ledgers.set(task.transaction, task.context, ledger, id,
                                               {std::move(fields), change.note}));
}

Result<Entry> amend_entry(const Task& task, const std::string& ledger, EntryId id,
                          const ledger::FieldChange& change) {
    TRY_OK(entry_for(task, Ability::Record, ledger, id));
    const auto as_it_is = [&] {
        return task.workplace.ledgers.find(task.transaction, task.context, ledger, id,
                                           ledger::Ledgers::Private::Revealed);
    };
    TRY(const Entry before, as_it_is());
    TRY(Value fields, with_figures(task, ledger, change.fields));
    TRY(Entry amended, task.workplace.ledgers.amend(task.transaction, task.context, ledger, id,
                                                    {std::move(fields), change.note}));
    TRY(const Entry after, as_it_is());
    std::vector<Error> against = task.workplace.procedures.against_correction(
        task.transaction.connection(), task.context, before, after);
    if (!against.empty()) return refuse(join_errors(std::move(against)));
    return followed(task, ledger, std::move(amended));
}

Result<Entry> void_entry(const Task& task, const std::string& ledger, EntryId id,
                         const std::string& note) {
    TRY(const Entry entry, entry_for(task, Ability::Record, ledger, id));
    return followed(
        task, ledger,
        task.workplace.ledgers.void_entry(task.transaction, task.context, ledger, id, note));
}

// Who may take a step is the step's own `by`, with the second person who stands in: procedure/
// decides it whole. What a token leaves of it is asked here.
Result<procedure::Outcome> move_entry(const Task& task, const procedure::Step& step) {
    TRY_OK(access::require_of_token(task.context.actor, Ability::Move, step.ledger));
    procedure::Step counted = step;
    TRY(counted.fields, with_figures(task, step.ledger, step.fields));
    TRY(auto outcome, task.workplace.procedures.move(task.transaction, task.context, counted));
    if (!task.context.importing) tell_of_extension(task, step.transition, outcome.entry);
    return outcome;
}

Result<ledger::EvidenceUse> attach_evidence(const Task& task, const std::string& ledger, EntryId id,
                                            const ledger::NewEvidence& input) {
    const auto recorded = entry_for(task, Ability::Record, ledger, id);
    if (!recorded) {
        TRY(const Entry entry,
            entry_for(task, Ability::Move, ledger, id));  // Who takes the steps brings the papers.
    }
    TRY(ledger::EvidenceUse made,
        task.workplace.ledgers.attach(task.transaction, task.context, ledger, id, input));
    // What was recorded late may be proven by now.
    TRY_OK(task.workplace.clocks.follow(task.transaction, task.context, ledger, id));
    return made;
}

Result<void> link_entries(const Task& task, const ledger::Link& input) {
    TRY(const Entry from, entry_for(task, Ability::Record, input.from_ledger, input.from));
    TRY_OK(task.workplace.ledgers.link(task.transaction, task.context, input));
    const procedure::Clocks& clocks = task.workplace.clocks;
    TRY_OK(clocks.follow(task.transaction, task.context, input.from_ledger, input.from));
    return clocks.follow(task.transaction, task.context, input.to_ledger, input.to);
}

}  // namespace fazhi::action
