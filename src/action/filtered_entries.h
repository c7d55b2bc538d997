// The entries of a ledger that somebody asks for (筛选): one condition as packs and --where write
// it, with a unit and a state said apart, and days.
//
// Reads only; any thread, each with its own connection.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "definition/condition.h"
#include "ledger/context.h"
#include "ledger/entry.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::action {

struct EntryFilter {
    std::string where;       // YAML flow; "": every entry
    std::string unit;        // code, name or short name; "": every unit
    std::string state;       // id or title; "": every state
    std::string dated_from;  // YYYY-MM-DD inclusive, of the field the ledger is dated by; "": open
    std::string dated_to;    // inclusive
};

// All that the filter says but its days, as one condition, with names as they were typed. Refuses
// kBadFilter (no such state) and what definition::parse_condition does.
Result<definition::Condition> condition_of(const EntryFilter&, const definition::DefinitionSet&,
                                           const definition::Ledger&);

// Those that are not void and fit, by number, without what is private. Refuses what condition_of
// does, kBadFilter (a day that is none), kBadCondition. Cost: one pass over the ledger's range.
Result<std::vector<ledger::Entry>> filtered_entries(storage::Connection&, const ledger::Context&,
                                                    const definition::Ledger&, const EntryFilter&);

}  // namespace fazhi::action
