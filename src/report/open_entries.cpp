#include "report/open_entries.h"

#include <algorithm>
#include <map>

#include "ledger/scan.h"
#include "measure/measures.h"

namespace fazhi::report {
namespace {

constexpr std::string_view kTasks = "task";

}  // namespace

std::vector<OpenEntries> entries_open_at_end(storage::Connection& connection,
                                             const ledger::Context& context, int year) {
    std::vector<OpenEntries> out;
    const calendar::Date end = measure::year_period(year).to;
    const std::string last_day = calendar::to_text(end);
    const std::string day_after = calendar::to_text(calendar::add_days(end, 1));
    for (const definition::Ledger& ledger : context.definitions.ledgers()) {
        const bool ends =
            std::any_of(ledger.states.begin(), ledger.states.end(),
                        [](const definition::State& state) { return state.is_final; });
        // What the program keeps for itself is not the office's open business; its tasks are.
        if (!ends || (ledger.built_in && ledger.id != kTasks)) continue;
        // What is open now, or has moved since.
        ledger::Concerned concerned{.passed_from = day_after};
        for (const definition::State& state : ledger.states) {
            if (!state.is_final) concerned.states.push_back(state.id);
        }
        std::map<EntryId, std::string> states;
        ledger::scan_passages(connection, context.directory.jurisdiction.id, ledger, last_day,
                              concerned, [&](EntryId entry, const ledger::Passage& passage) {
                                  states.insert_or_assign(entry, passage.state);
                              });
        const auto open = std::count_if(states.begin(), states.end(), [&](const auto& each) {
            const definition::State* state = ledger.state(each.second);
            return state != nullptr && !state->is_final;
        });
        if (open > 0) out.push_back({.ledger = ledger.title, .count = open});
    }
    return out;
}

}  // namespace fazhi::report
