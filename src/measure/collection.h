// Everything a plan asks to be collected, in one pass over each ledger.
//
// One connection, one thread.
#pragma once

#include <vector>

#include "access/directory.h"
#include "calendar/date.h"
#include "definition/definition_set.h"
#include "ledger/evaluate.h"
#include "measure/plan.h"
#include "measure/selection.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::measure {

// The items of one selection, by group.
struct Collected {
    std::vector<Item> items;
    std::vector<Value> values;  // Item::value → value taken

    struct Range {
        const Item* first = nullptr;
        const Item* last = nullptr;
        [[nodiscard]] const Item* begin() const { return first; }
        [[nodiscard]] const Item* end() const { return last; }
    };
    [[nodiscard]] Range all() const { return {items.data(), items.data() + items.size()}; }
    [[nodiscard]] Range of_group(std::int32_t group) const;
};

struct Collection {
    std::vector<Collected> selections;  // as in the plan
    // The keys of the question's groups, and those of coverages (units, persons, entries) apart.
    Groups groups;
    Groups owners;
};

// Whose ledgers, and the day after which no clock is overdue yet.
struct CollectedFrom {
    JurisdictionId jurisdiction;
    calendar::Date today;
};
Collection collect(storage::Connection& connection, const CollectedFrom& from, const Plan& plan,
                   ledger::Surroundings& surroundings);

}  // namespace fazhi::measure
