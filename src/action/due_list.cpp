#include "action/due_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "access/reach.h"
#include "calendar/deadline.h"
#include "definition/definition_set.h"
#include "ledger/due_listing.h"
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
    Gathering(storage::Connection& connection, const ledger::Context& context)
        : connection_(connection),
          context_(context),
          names_(connection, context.directory, context.definitions) {}

    DueList gather(const DueFilter& filter) {
        for (const std::string& name : ledger::ledgers_with_open_runs(connection_, office())) {
            const Ledger* ledger = context_.definitions.ledger(name);
            if (ledger != nullptr) add_runs(*ledger, filter);
            keep_first();
        }
        add_titles();
        return std::move(found_);
    }

    std::map<UnitId, std::int64_t> count_late() {
        std::map<UnitId, std::int64_t> out;
        for (const std::string& name : ledger::ledgers_with_open_runs(connection_, office())) {
            const Ledger* ledger = context_.definitions.ledger(name);
            if (ledger == nullptr) continue;
            ledger::DueQuestion question = question_of(*ledger);
            question.due_to = calendar::to_text(
                calendar::Date(std::chrono::sys_days(context_.today) - std::chrono::days(1)));
            for (const definition::Clock& clock : ledger->clocks)
                if (!is_theirs_or_minimum(clock) && !clock.soft)
                    question.clocks.push_back(clock.id);
            if (question.reach.nothing() || question.clocks.empty()) continue;
            for (const auto& [unit, count] : count_due(connection_, office(), *ledger, question))
                out[unit] += count.all;
        }
        return out;
    }

private:
    [[nodiscard]] JurisdictionId office() const { return context_.directory.jurisdiction.id; }

    [[nodiscard]] ledger::DueQuestion question_of(const Ledger& ledger) const {
        return {.reach = access::reach(context_.directory, context_.definitions, context_.actor,
                                       Ability::View, ledger.id),
                .unit = {},
                .handler = {},
                .due_from = {},
                .due_to = {},
                .clocks = {},
                .until_over = {},
                .today = calendar::to_text(context_.today)};
    }

    // Of the other side, or a time that must be over first: nothing to do once it has passed.
    static bool is_theirs_or_minimum(const definition::Clock& clock) {
        return clock.party || clock.kind == definition::ClockKind::AtLeast;
    }

    [[nodiscard]] std::optional<int> left_until(const std::string& due_on) const {
        const auto due = calendar::date_from(due_on);
        if (!due) return std::nullopt;
        const auto left = calendar::workdays_left(context_.today, *due, context_.workdays);
        return left ? std::optional(*left) : std::nullopt;
    }

    void add_runs(const Ledger& ledger, const DueFilter& filter) {
        ledger::DueQuestion question = question_of(ledger);
        question.unit = filter.unit;
        question.handler = filter.handler;
        question.due_from = filter.due_from;
        question.due_to = filter.due_to;
        for (const definition::Clock& clock : ledger.clocks)
            (is_theirs_or_minimum(clock) ? question.until_over : question.clocks)
                .push_back(clock.id);
        if (question.reach.nothing() || ledger.clocks.empty()) return;
        std::int64_t all = 0;
        for (const auto& [unit, count] : count_due(connection_, office(), ledger, question)) {
            all += count.all;
            found_.waiting += count.waiting;
        }
        found_.total += all;
        if (all == 0) return;
        for (const ledger::DueRun& run :
             due_runs(connection_, office(), ledger, question, kDueMax)) {
            const definition::Clock& clock = *ledger.clock(run.clock);
            found_.items.push_back({.ledger = ledger.id,
                                    .entry = run.entry,
                                    .title = {},
                                    .clock = clock.id,
                                    .clock_title = clock.title,
                                    .run = run.run,
                                    .unit = run.unit,
                                    .handler = run.handler,
                                    .due_on = run.due_on,
                                    .workdays_left = left_until(run.due_on),
                                    .party = clock.party,
                                    .soft = clock.soft,
                                    .waiting = run.waiting});
        }
    }

    // Of what all ledgers so far have.
    void keep_first() {
        std::sort(found_.items.begin(), found_.items.end(), [](const auto& a, const auto& b) {
            return std::tie(a.due_on, a.ledger, a.entry, a.clock, a.run) <
                   std::tie(b.due_on, b.ledger, b.entry, b.clock, b.run);
        });
        // Those without a day come last.
        const auto dated = std::find_if(found_.items.begin(), found_.items.end(),
                                        [](const DueItem& item) { return !item.due_on.empty(); });
        std::rotate(found_.items.begin(), dated, found_.items.end());
        if (found_.items.size() > kDueMax) found_.items.resize(kDueMax);
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
    ledger::StoredLookup names_;
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
    return Gathering(connection, context).gather(filter);
}

std::map<UnitId, std::int64_t> late_by_unit(storage::Connection& connection,
                                            const ledger::Context& context) {
    return Gathering(connection, context).count_late();
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
