#include "report/open_entries.h"

#include <algorithm>
#include <map>

#include "ledger/scan.h"
#include "measure/measures.h"

namespace fazhi::report {
namespace {

constexpr std::string_view kTasks = "task";

bool is_open(const definition::Ledger& ledger, const std::string& state) {
    const definition::State* found = ledger.state(state);
    return found != nullptr && !found->is_final;
}

// Those open now, but for those that have moved since: these as they stood.
std::int64_t count_open_at_end(storage::Connection& connection, const ledger::Context& context,
                               const definition::Ledger& ledger, calendar::Date end) {
    const JurisdictionId office = context.directory.jurisdiction.id;
    const std::string last_day = calendar::to_text(end);
    const ledger::Concerned moved{.passed_from = calendar::to_text(calendar::add_days(end, 1))};
    ledger::Concerned open;
    for (const definition::State& state : ledger.states) {
        if (!state.is_final) open.states.push_back(state.id);
    }
    std::map<EntryId, std::string> stood;
    ledger::scan_passages(connection, office, ledger, moved,
                          [&](EntryId entry, const ledger::Passage& passage) {
                              if (passage.happened_on <= last_day)
                                  stood.insert_or_assign(entry, passage.state);
                          });
    std::int64_t out =
        ledger::count_entries(connection, office, ledger, {.counting = true, .concerned = open});
    ledger::scan(connection, office, ledger, {ledger.dated_by},
                 {.counting = true, .concerned = moved}, [&](const ledger::Entry& entry) {
                     const auto then = stood.find(entry.head.id);
                     if (is_open(ledger, entry.head.state)) --out;
                     if (then != stood.end() && is_open(ledger, then->second)) ++out;
                 });
    return out;
}

}  // namespace

std::vector<OpenEntries> entries_open_at_end(storage::Connection& connection,
                                             const ledger::Context& context, int year) {
    std::vector<OpenEntries> out;
    const calendar::Date end = measure::year_period(year).to;
    for (const definition::Ledger& ledger : context.definitions.ledgers()) {
        const bool ends =
            std::any_of(ledger.states.begin(), ledger.states.end(),
                        [](const definition::State& state) { return state.is_final; });
        // What the program keeps for itself is not the office's open business; its tasks are.
        if (!ends || (ledger.built_in && ledger.id != kTasks)) continue;
        const std::int64_t open = count_open_at_end(connection, context, ledger, end);
        if (open > 0) out.push_back({.ledger = ledger.title, .count = open});
    }
    return out;
}

}  // namespace fazhi::report
