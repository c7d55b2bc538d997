#include "measure/collection.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "ledger/clock_store.h"
#include "ledger/lateness.h"
#include "ledger/scan.h"
#include "measure/filter.h"
#include "measure/owner.h"

namespace fazhi::measure {

namespace {

using definition::CountKind;

// Later than any: of no entry.
constexpr DayNumber kNoDay = 99'991'231;

bool is_coverage(const Plan& plan, std::size_t place) {
    return std::any_of(plan.nodes.begin(), plan.nodes.end(), [place](const Node& node) {
        return std::find(node.each.begin(), node.each.end(), static_cast<int>(place)) !=
               node.each.end();
    });
}

constexpr std::string_view kVia = "via";

bool asks_via(const Selection& selection) {
    const auto asks = [](const definition::Condition& condition) {
        return std::any_of(condition.clauses.begin(), condition.clauses.end(),
                           [](const definition::Clause& clause) { return clause.key == kVia; });
    };
    return selection.field == kVia || selection.by_field == kVia ||
           std::any_of(selection.where.begin(), selection.where.end(), asks);
}

// From which day on an entry must have passed for its past to be needed. What has not passed since
// stands as it stood. Nothing: of every entry.
std::optional<DayNumber> past_needed_from(const Selection& selection) {
    if (asks_via(selection)) return std::nullopt;
    switch (selection.count) {
        case CountKind::Reached:
        case CountKind::Passages:
            // The other side of a cohort asks after what its denominator names, whenever it passed.
            return selection.of_cohort ? std::nullopt : std::optional(selection.from);
        case CountKind::Standing:
            return selection.states.empty() ? kNoDay : selection.to;
        case CountKind::None:
        case CountKind::Entries:
        case CountKind::Rows:
        case CountKind::Units:
        case CountKind::Runs:
            break;
    }
    return kNoDay;
}

void add_fields_read(const Selection& selection, std::set<std::string>& fields) {
    const definition::Ledger& ledger = *selection.ledger;
    const Asked asked{&ledger,
                      selection.over_list.empty() ? nullptr : ledger.field(selection.over_list)};
    const auto add = [&](const std::string& id) {
        if (ledger.field(id) != nullptr) fields.insert(id);
    };
    for (const definition::Condition& condition : selection.where) {
        add_fields_read(condition, asked, fields);
    }
    add(selection.field);
    add(selection.over_list);
    if (selection.dimension == Dimension::Field) add(selection.by_field);
    if (selection.dimension == Dimension::Person) {
        for (const std::string& id : person_fields(ledger)) add(id);
    }
    if (selection.dimension == Dimension::Entry) {
        for (const std::string& id : entry_fields(ledger, selection.by_field)) add(id);
    }
    if (selection.count == CountKind::Standing && ledger.is_register) {
        add("valid_from");
        add("valid_until");
    }
}

std::string date_text(DayNumber day) {
    const std::string digits = std::to_string(day);  // yyyymmdd
    return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
}

// What one ledger's selections need together.
struct Need {
    const definition::Ledger* ledger = nullptr;
    std::vector<std::size_t> selections;
    std::set<std::string> fields;
    // Whose past is needed: of those that passed on this day or later, or of all concerned.
    std::optional<DayNumber> past_from = kNoDay;
    DayNumber to = 0;
    // The entries that may count; none: nobody can say without reading all.
    std::optional<ledger::Concerned> concerned = ledger::Concerned{};
};

void widen_dated(const Selection& selection, ledger::Concerned& concerned) {
    const std::string from = selection.from == 0 ? std::string() : date_text(selection.from);
    const std::string to = date_text(selection.to);
    const bool first = concerned.dated_to.empty();
    concerned.dated_from = first ? from : std::min(concerned.dated_from, from);
    concerned.dated_to = std::max(concerned.dated_to, to);
}

// On or after `day`: what passed in a span, and what stood otherwise on its last day than now.
void widen_passed(DayNumber day, ledger::Concerned& concerned) {
    const std::string text = date_text(day);
    if (concerned.passed_from.empty() || text < concerned.passed_from) concerned.passed_from = text;
}

void widen_standing(const Selection& selection, Need& need) {
    if (selection.states.empty()) {
        need.concerned.reset();  // Validity is not indexed.
        return;
    }
    widen_passed(selection.to, *need.concerned);
    auto& states = need.concerned->states;
    for (const std::string& state : selection.states) {
        if (std::find(states.begin(), states.end(), state) == states.end()) states.push_back(state);
    }
}

void add_concerned(const Selection& selection, const RunBook& runs, Need& need) {
    // What a cohort's other side counts, its denominator has named.
    if (selection.of_cohort && selection.count != CountKind::Runs) return;
    if (!need.concerned) return;
    switch (selection.count) {
        case CountKind::Reached:
        case CountKind::Passages:
            return widen_passed(selection.from, *need.concerned);
        case CountKind::Standing:
            return widen_standing(selection, need);
        case CountKind::Runs:
            for (const auto& [entry, unused] : runs) need.concerned->named.push_back({entry});
            return;
        case CountKind::None:
        case CountKind::Entries:
        case CountKind::Rows:
        case CountKind::Units:
            return widen_dated(selection, *need.concerned);
    }
}

void add_need(const Selection& selection, std::size_t place, const RunBook& runs, Need& need) {
    need.ledger = selection.ledger;
    need.selections.push_back(place);
    add_fields_read(selection, need.fields);
    const std::optional<DayNumber> past = past_needed_from(selection);
    need.past_from =
        past && need.past_from ? std::optional(std::min(*past, *need.past_from)) : std::nullopt;
    need.to = std::max(need.to, selection.to);
    add_concerned(selection, runs, need);
}

// A span of days alone is read off the ledger's own index.
ledger::ScanRange range_of(const Need& need) {
    ledger::ScanRange range;
    range.counting = true;
    if (!need.concerned) return range;
    const ledger::Concerned& concerned = *need.concerned;
    const bool dated = concerned.passed_from.empty() && concerned.states.empty() &&
                       concerned.named.empty() && !concerned.dated_to.empty();
    if (dated) {
        range.dated_from = concerned.dated_from;
        range.dated_to = concerned.dated_to;
    } else {
        range.concerned = need.concerned;
    }
    return range;
}

// What the Surroundings keep about links is read before a scan begins: a connection answers one
// query at a time.
void read_links(const Plan& plan, ledger::Surroundings& surroundings) {
    std::set<std::pair<std::string, std::string>> pairs;
    for (const Selection& selection : plan.selections) {
        for (const definition::Condition& condition : selection.where) {
            add_ledgers_linked(condition, selection.ledger->id, pairs);
        }
    }
    for (const auto& [from, to] : pairs) {
        ledger::Entry nobody;
        nobody.head.ledger = from;
        static_cast<void>(surroundings.linked(nobody, to));
    }
}

// The runs of the selection's clock that are due in its span and have come to something.
RunBook runs_of(storage::Connection& connection, const CollectedFrom& from,
                const Selection& selection) {
    RunBook out;
    for (const ledger::EntryRun& each :
         ledger::runs_due(connection, from.jurisdiction, selection.ledger->id, selection.clock,
                          date_text(selection.from), date_text(selection.to))) {
        const bool late = ledger::is_past_due(each.run, from.today);
        if (!late && each.run.status != ledger::RunStatus::Stopped) continue;
        out[each.entry.value].push_back({day_number(each.run.due_on), !late});
    }
    return out;
}

}  // namespace

Collected::Range Collected::of_group(std::int32_t group) const {
    const auto first =
        std::lower_bound(items.begin(), items.end(), group,
                         [](const Item& item, std::int32_t wanted) { return item.group < wanted; });
    const auto last =
        std::upper_bound(first, items.end(), group,
                         [](std::int32_t wanted, const Item& item) { return wanted < item.group; });
    return {items.data() + (first - items.begin()), items.data() + (last - items.begin())};
}

Collection collect(storage::Connection& connection, const CollectedFrom& from, const Plan& plan,
                   ledger::Surroundings& surroundings) {
    const JurisdictionId jurisdiction = from.jurisdiction;
    std::map<std::string, Need> needs;
    std::map<std::size_t, RunBook> runs;
    for (std::size_t place = 0; place < plan.selections.size(); ++place) {
        const Selection& selection = plan.selections[place];
        if (selection.count == CountKind::Runs) runs[place] = runs_of(connection, from, selection);
        add_need(selection, place, runs[place], needs[selection.ledger->id]);
    }
    read_links(plan, surroundings);

    Collection collection;
    collection.selections.resize(plan.selections.size());
    for (auto& [ledger_id, need] : needs) {
        PassageBook book(need.to);
        if (need.past_from != kNoDay) {
            std::optional<ledger::Concerned> past = need.concerned;
            if (need.past_from) past = ledger::Concerned{.passed_from = date_text(*need.past_from)};
            ledger::scan_passages(connection, jurisdiction, *need.ledger, past,
                                  [&book](EntryId entry, const ledger::Passage& passage) {
                                      book.add(entry, passage);
                                  });
        }
        std::vector<std::unique_ptr<Collector>> collectors;
        for (const std::size_t place : need.selections) {
            Groups& groups = is_coverage(plan, place) ? collection.owners : collection.groups;
            const Selection& selection = plan.selections[place];
            collectors.push_back(
                std::make_unique<Collector>(selection, book, groups, surroundings));
            collectors.back()->set_runs(std::move(runs[place]));
        }
        // None named would mean all of them.
        if (need.fields.empty()) need.fields.insert(need.ledger->dated_by);
        ledger::scan(connection, jurisdiction, *need.ledger,
                     {need.fields.begin(), need.fields.end()}, range_of(need),
                     [&collectors](const ledger::Entry& entry) {
                         for (const auto& collector : collectors) collector->take(entry);
                     });
        for (std::size_t i = 0; i < collectors.size(); ++i) {
            Collected& collected = collection.selections[need.selections[i]];
            collected = {collectors[i]->items(), collectors[i]->values().keys()};
            std::stable_sort(collected.items.begin(), collected.items.end(),
                             [](const Item& a, const Item& b) { return a.group < b.group; });
        }
    }
    return collection;
}

}  // namespace fazhi::measure
