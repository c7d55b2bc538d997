#include "action/due_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "access/reach.h"
#include "calendar/deadline.h"
#include "definition/definition_set.h"
#include "ledger/clock_store.h"
#include "ledger/entry_title.h"
#include "ledger/listing.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

namespace fazhi::action {
namespace {

using access::Ability;
using definition::Ledger;
using ledger::Entry;

class Gathering {
public:
    Gathering(storage::Connection& connection, const ledger::Context& context,
              const DueFilter& filter)
        : connection_(connection),
          context_(context),
          filter_(filter),
          names_(connection, context.directory, context.definitions) {}

    DueList gather() {
        add_clocks();
        std::sort(found_.items.begin(), found_.items.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.due_on.empty(), a.due_on, a.ledger, a.entry, a.clock) <
                   std::tuple(b.due_on.empty(), b.due_on, b.ledger, b.entry, b.clock);
        });
        found_.total = found_.items.size();
        count_late();
        if (found_.items.size() > kDueMax) found_.items.resize(kDueMax);
        add_titles();
        return std::move(found_);
    }

private:
    [[nodiscard]] JurisdictionId office() const { return context_.directory.jurisdiction.id; }

    const access::Reach& reach_of(const std::string& ledger) {
        const auto found = reaches_.find(ledger);
        if (found != reaches_.end()) return found->second;
        return reaches_
            .emplace(ledger, access::reach(context_.directory, context_.definitions, context_.actor,
                                           Ability::View, ledger))
            .first->second;
    }

    bool is_wanted(const ledger::EntryHead& head) {
        return reach_of(head.ledger).covers(head.unit, head.handler) &&
               (!filter_.unit || head.unit == filter_.unit) &&
               (!filter_.handler || head.handler == filter_.handler);
    }

    [[nodiscard]] bool is_in_time(const std::string& due_on) const {
        if (due_on.empty()) return filter_.due_to.empty() && filter_.due_from.empty();
        return due_on >= filter_.due_from && (filter_.due_to.empty() || due_on <= filter_.due_to);
    }

    [[nodiscard]] std::optional<int> left_until(const std::string& due_on) const {
        const auto due = calendar::date_from(due_on);
        if (!due) return std::nullopt;
        const auto left = calendar::workdays_left(context_.today, *due, context_.workdays);
        return left ? std::optional(*left) : std::nullopt;
    }

    // Of the other side, or a time that must be over first: nothing to do once it has passed.
    [[nodiscard]] bool is_past(const definition::Clock& clock, const std::string& due_on) const {
        return (clock.party || clock.kind == definition::ClockKind::AtLeast) && !due_on.empty() &&
               due_on < calendar::to_text(context_.today);
    }

    void add_clocks() {
        std::map<std::string, std::vector<ledger::EntryRun>> by_ledger;
        for (ledger::EntryRun& run : ledger::open_runs(connection_, office(), filter_.due_to)) {
            const Ledger* ledger = context_.definitions.ledger(run.ledger);
            const definition::Clock* clock =
                ledger == nullptr ? nullptr : ledger->clock(run.run.clock);
            if (clock == nullptr || !is_in_time(run.run.due_on) || is_past(*clock, run.run.due_on))
                continue;
            by_ledger[run.ledger].push_back(std::move(run));
        }
        for (const auto& [name, runs] : by_ledger)
            add_runs(*context_.definitions.ledger(name), runs);
    }

    void add_runs(const Ledger& ledger, const std::vector<ledger::EntryRun>& runs) {
        if (reach_of(ledger.id).nothing()) return;
        std::set<EntryId> ids;
        for (const ledger::EntryRun& run : runs) ids.insert(run.entry);
        const std::vector<EntryId> only(ids.begin(), ids.end());
        std::map<EntryId, ledger::EntryHead> entries;
        ledger::scan(connection_, office(), ledger, {ledger.dated_by}, {.only = &only},
                     [&](const Entry& entry) { entries.emplace(entry.head.id, entry.head); });
        for (const ledger::EntryRun& each : runs) {
            const auto entry = entries.find(each.entry);
            if (entry == entries.end() || !is_wanted(entry->second)) continue;
            const definition::Clock& clock = *ledger.clock(each.run.clock);
            const bool waiting = each.run.status == ledger::RunStatus::WaitingCalendar;
            found_.waiting += waiting ? 1 : 0;
            found_.items.push_back({.ledger = ledger.id,
                                    .entry = each.entry,
                                    .title = {},
                                    .clock = clock.id,
                                    .clock_title = clock.title,
                                    .run = each.run.run,
                                    .unit = entry->second.unit,
                                    .handler = entry->second.handler,
                                    .due_on = each.run.due_on,
                                    .workdays_left = left_until(each.run.due_on),
                                    .party = clock.party,
                                    .soft = clock.soft,
                                    .waiting = waiting});
        }
    }

    void count_late() {
        const std::string today = calendar::to_text(context_.today);
        for (const DueItem& item : found_.items) {
            if (!item.party && !item.soft && !item.due_on.empty() && item.due_on < today)
                ++found_.late_by_unit[item.unit];
        }
    }

    // Of those that are shown.
    void add_titles() {
        std::map<std::string, std::set<EntryId>> shown;
        for (const DueItem& item : found_.items) shown[item.ledger].insert(item.entry);
        std::map<std::pair<std::string, EntryId>, std::string> titles;
        for (const auto& [name, ids] : shown) {
            const Ledger& ledger = *context_.definitions.ledger(name);
            const std::vector<EntryId> only(ids.begin(), ids.end());
            std::vector<Entry> entries;  // a title may read another entry: not while this is read
            ledger::scan(connection_, office(), ledger, {}, {.only = &only},
                         [&](const Entry& entry) { entries.push_back(entry); });
            for (const Entry& entry : entries)
                titles[{name, entry.head.id}] = ledger::entry_title(ledger, entry, names_);
        }
        for (DueItem& item : found_.items) item.title = titles[{item.ledger, item.entry}];
    }

    storage::Connection& connection_;
    const ledger::Context& context_;
    const DueFilter& filter_;
    ledger::StoredLookup names_;
    std::map<std::string, access::Reach> reaches_;
    DueList found_;
};

// Has the ledger a step that leads back to a state named before the one it leaves?
bool can_return(const Ledger& ledger) {
    const auto place = [&](const std::string& state) {
        return std::find_if(ledger.states.begin(), ledger.states.end(),
                            [&](const definition::State& each) { return each.id == state; }) -
               ledger.states.begin();
    };
    return std::any_of(ledger.transitions.begin(), ledger.transitions.end(),
                       [&](const definition::Transition& step) {
                           return std::any_of(step.from.begin(), step.from.end(),
                                              [&](const std::string& from) {
                                                  return place(step.to) < place(from);
                                              });
                       });
}

}  // namespace

DueList due_list(storage::Connection& connection, const ledger::Context& context,
                 const DueFilter& filter) {
    return Gathering(connection, context, filter).gather();
}

std::vector<Returned> returned_to_actor(const Workplace& workplace, storage::Connection& connection,
                                        const ledger::Context& context) {
    const JurisdictionId office = context.directory.jurisdiction.id;
    std::vector<Returned> out;
    if (context.actor.jurisdiction != office) return out;
    for (const Ledger& ledger : context.definitions.ledgers()) {
        if (!can_return(ledger)) continue;
        for (const definition::State& state : ledger.states) {
            if (state.is_final) continue;
            ledger::ListQuestion question;
            question.reach = access::reach(context.directory, context.definitions, context.actor,
                                           Ability::View, ledger.id);
            question.handler = context.actor.person;
            question.state = state.id;
            question.limit = kReturnedMax;
            if (question.reach.nothing()) continue;
            for (const EntryId id : ledger::listed(connection, office, ledger, question)) {
                const auto passages = workplace.ledgers.passages(connection, office, ledger.id, id);
                if (passages.size() < 2 || passages.back().actor == context.actor.person) continue;
                const bool been_there = std::any_of(
                    passages.begin(), passages.end() - 1,
                    [&](const ledger::Passage& each) { return each.state == state.id; });
                const definition::Transition* step = ledger.transition(passages.back().transition);
                if (!been_there || step == nullptr) continue;
                out.push_back({ledger.id, id,
                               workplace.ledgers.title_of(
                                   connection, context,
                                   *workplace.ledgers.find(connection, context, ledger.id, id,
                                                           ledger::Ledgers::Private::Masked)),
                               step->title, passages.back().happened_on});
            }
        }
    }
    std::sort(out.begin(), out.end(), [](const Returned& a, const Returned& b) {
        return std::tie(b.happened_on, a.ledger, a.entry) <
               std::tie(a.happened_on, b.ledger, b.entry);
    });
    return out;
}

}  // namespace fazhi::action
