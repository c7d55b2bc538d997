#include "action/filtered_entries.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "action/errors.h"
#include "calendar/date.h"
#include "definition/loader.h"
#include "ledger/link_index.h"
#include "ledger/scan.h"
#include "measure/filter.h"

namespace fazhi::action {
namespace {

using definition::Condition;

definition::Clause equal_to(std::string key, std::string value) {
    definition::Test test{.kind = definition::TestKind::AnyOf};
    test.literals.push_back({.value = Value(std::move(value)), .setting = {}});
    return {std::move(key), std::move(test)};
}

Result<std::string> state_called(const definition::Ledger& ledger, const std::string& called) {
    std::vector<std::string> known;
    for (const definition::State& state : ledger.states) {
        if (state.id == called || state.title == called) return state.id;
        known.push_back(fmt::format("{} {}", state.id, state.title));
    }
    return refuse(ErrorKind::InvalidInput, errors::kBadFilter,
                  known.empty() ? fmt::format("“{}”台账没有状态，不能按状态筛选。", ledger.title)
                                : fmt::format("“{}”台账没有“{}”这个状态；可写{}。", ledger.title,
                                              called, fmt::join(known, "、")),
                  "--state");
}

Result<void> check_day(const std::string& day, const char* where) {
    if (day.empty() || calendar::date_from(day)) return {};
    return refuse(ErrorKind::InvalidInput, errors::kBadFilter,
                  fmt::format("“{}”不是日期，请按 2023-01-01 的样式填写。", day), where);
}

bool asks_via(const Condition& condition) {
    return std::any_of(condition.clauses.begin(), condition.clauses.end(),
                       [](const definition::Clause& clause) { return clause.key == "via"; });
}

}  // namespace

Result<Condition> condition_of(const EntryFilter& filter, const definition::DefinitionSet& set,
                               const definition::Ledger& ledger) {
    Condition condition;
    if (!filter.where.empty()) {
        TRY(condition, definition::parse_condition(filter.where, set, ledger));
    }
    if (!filter.unit.empty()) condition.clauses.push_back(equal_to("unit", filter.unit));
    if (!filter.state.empty()) {
        TRY(std::string state, state_called(ledger, filter.state));
        condition.clauses.push_back(equal_to("state", std::move(state)));
    }
    return condition;
}

Result<std::vector<ledger::Entry>> filtered_entries(storage::Connection& connection,
                                                    const ledger::Context& context,
                                                    const definition::Ledger& ledger,
                                                    const EntryFilter& filter) {
    TRY_OK(check_day(filter.dated_from, "--from"));
    TRY_OK(check_day(filter.dated_to, "--to"));
    TRY(const Condition typed, condition_of(filter, context.definitions, ledger));
    TRY(const Condition condition,
        measure::checked_condition(typed, {&ledger, nullptr}, context.directory));
    const JurisdictionId office = context.directory.jurisdiction.id;
    // What a condition looks up asks the same connection, so the scan ends first.
    std::vector<ledger::Entry> entries;
    ledger::scan(connection, office, ledger, {},
                 {.dated_from = filter.dated_from, .dated_to = filter.dated_to},
                 [&](const ledger::Entry& entry) { entries.push_back(entry); });
    if (condition.always()) return entries;
    std::map<EntryId, std::string> left;
    if (asks_via(condition)) {
        ledger::scan_passages(connection, office, ledger, {},
                              [&](EntryId entry, const ledger::Passage& passage) {
                                  left.insert_or_assign(entry, passage.from_state);
                              });
    }
    ledger::IndexedSurroundings surroundings(connection, context.directory, context.definitions,
                                             context.workdays);
    std::vector<ledger::Entry> out;
    for (ledger::Entry& entry : entries) {
        const auto via = left.find(entry.head.id);
        const ledger::Subject subject{entry, via == left.end() ? std::string() : via->second};
        if (ledger::holds(condition, subject, surroundings)) out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace fazhi::action
