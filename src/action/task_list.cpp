#include "action/task_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "access/reach.h"
#include "action/errors.h"
#include "ledger/link_index.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"
#include "procedure/step_rules.h"

namespace fazhi::action {
namespace {

using definition::Ledger;
using ledger::Entry;

constexpr std::string_view kTasks = "task";
constexpr std::string_view kOpen = "open";
constexpr std::string_view kClosed = "closed";
constexpr std::string_view kAll = "all";

// What the tasks went through, told apart by entry.
struct Past {
    std::string via;
    std::string first_closed_on;
};

Result<void> check_state(const Ledger& tasks, const std::string& state) {
    if (state == kAll || tasks.state(state) != nullptr) return {};
    std::vector<std::string> known;
    for (const definition::State& each : tasks.states) known.push_back(each.id);
    return refuse(
        ErrorKind::InvalidInput, errors::kBadTaskFilter,
        fmt::format("任务没有“{}”这个状态；可写{}或 all。", state, fmt::join(known, "、")),
        "state");
}

Chosen chosen(const Ledger& tasks, const Entry& entry, const char* field) {
    const std::string id = entry.fields.text_at(field);
    const definition::Field* of = tasks.field(field);
    const definition::Option* option = of == nullptr || id.empty() ? nullptr : of->option(id);
    return {id, option == nullptr ? id : option->title};
}

class Listing {
public:
    Listing(storage::Connection& connection, const ledger::Context& context, const Ledger& tasks)
        : connection_(connection),
          context_(context),
          tasks_(tasks),
          reach_(access::reach(context.directory, context.definitions, context.actor,
                               access::Ability::View, tasks.id)),
          surroundings_(connection, context.directory, context.definitions, context.workdays) {}

    std::vector<ListedTask> of(const TaskFilter& filter, std::optional<UnitId> unit) {
        std::vector<Entry> entries;
        ledger::scan(connection_, office(), tasks_, {}, {}, [&](const Entry& entry) {
            const bool wanted = reach_.covers(entry.head.unit, entry.head.handler) &&
                                (filter.state == kAll || entry.head.state == filter.state) &&
                                (!unit || entry.head.unit == *unit) &&
                                (!filter.overdue_only || overdue_days(entry) > 0);
            if (wanted) entries.push_back(entry);
        });
        read_past();
        read_evidence(entries);
        std::vector<ListedTask> out;
        for (const Entry& entry : entries) out.push_back(listed(entry));
        std::sort(out.begin(), out.end(), [](const ListedTask& a, const ListedTask& b) {
            return std::tuple(a.due_on.empty(), a.due_on, a.entry) <
                   std::tuple(b.due_on.empty(), b.due_on, b.entry);
        });
        return out;
    }

private:
    [[nodiscard]] JurisdictionId office() const { return context_.directory.jurisdiction.id; }

    [[nodiscard]] int overdue_days(const Entry& entry) const {
        const auto due = calendar::date_from(entry.fields.text_at("due_on"));
        if (!due || entry.head.state != kOpen) return 0;
        return std::max(0, calendar::days_between(*due, context_.today));
    }

    void read_past() {
        ledger::scan_passages(connection_, office(), tasks_, {},
                              [&](EntryId entry, const ledger::Passage& passage) {
                                  Past& past = past_[entry];
                                  past.via = passage.from_state;
                                  if (passage.state == kClosed && past.first_closed_on.empty())
                                      past.first_closed_on = passage.happened_on;
                              });
    }

    void read_evidence(const std::vector<Entry>& entries) {
        std::vector<EntryId> ids;
        for (const Entry& entry : entries) ids.push_back(entry.head.id);
        ledger::scan_evidence(connection_, office(), tasks_.id, ids,
                              [&](EntryId entry, const ledger::EvidenceUse& use) {
                                  attached_[entry].insert(use.kind);
                              });
    }

    ListedTask listed(const Entry& entry) {
        const Past& past = past_[entry.head.id];
        const std::set<std::string>& attached = attached_[entry.head.id];
        const auto wanted = procedure::evidence_wanted(tasks_, entry, past.via, surroundings_);
        const access::Unit* unit = context_.directory.unit(entry.head.unit);
        const access::Person* person = context_.directory.person(entry.head.handler);
        const definition::State* state = tasks_.state(entry.head.state);
        ListedTask out{
            .entry = entry.head.id,
            .title = entry.fields.text_at("title"),
            .kind = chosen(tasks_, entry, "kind"),
            .unit = unit == nullptr ? "" : unit->name,
            .handler = person == nullptr ? "" : context_.directory.person_name(person->id),
            .due_on = entry.fields.text_at("due_on"),
            .overdue_days = overdue_days(entry),
            .state = {entry.head.state, state == nullptr ? "" : state->title},
            .verdict = chosen(tasks_, entry, "verdict"),
            .score = {},
            .evidence_attached = 0,
            .evidence_wanted = static_cast<int>(wanted.size()),
            .first_closed_on = past.first_closed_on};
        if (entry.fields.has("score")) out.score = entry.fields.text_at("score");
        for (const std::string& kind : wanted) out.evidence_attached += attached.contains(kind);
        return out;
    }

    storage::Connection& connection_;
    const ledger::Context& context_;
    const Ledger& tasks_;
    const access::Reach reach_;
    ledger::IndexedSurroundings surroundings_;
    std::map<EntryId, Past> past_;
    std::map<EntryId, std::set<std::string>> attached_;
};

}  // namespace

Result<std::vector<ListedTask>> list_tasks(storage::Connection& connection,
                                           const ledger::Context& context,
                                           const TaskFilter& filter) {
    const Ledger* tasks = context.definitions.ledger(kTasks);
    if (tasks == nullptr) return std::vector<ListedTask>{};
    TRY_OK(check_state(*tasks, filter.state));
    std::optional<UnitId> unit;
    if (!filter.unit.empty()) {
        ledger::StoredLookup lookup(connection, context.directory, context.definitions);
        const auto found = lookup.unit(filter.unit);
        if (!found) {
            return refuse(ErrorKind::InvalidInput, errors::kBadTaskFilter,
                          fmt::format("没有单位“{}”。", filter.unit), "unit");
        }
        unit = UnitId{*found};
    }
    return Listing(connection, context, *tasks).of(filter, unit);
}

}  // namespace fazhi::action
