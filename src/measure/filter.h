// Conditions as measures ask them: may this ledger be asked so, which fields must be read for it,
// and names of units and persons as their numbers.
//
// Pure functions; any thread.
#pragma once

#include <set>
#include <string>

#include "access/directory.h"
#include "base/result.h"
#include "definition/condition.h"
#include "definition/model.h"

namespace fazhi::measure {

// What a condition is asked of: an entry of a ledger and, if it is not null, first a row of its
// list.
struct Asked {
    const definition::Ledger* ledger = nullptr;
    const definition::Field* list = nullptr;
};

// The condition with units and persons by their numbers, as entries hold them.
// Refuses kBadCondition: a key the ledger has not, a sealed value (but for {empty: …} of a field
// that is not private, which alone is read), a unit or person nobody knows.
Result<definition::Condition> checked_condition(const definition::Condition& condition,
                                                const Asked& asked,
                                                const access::Directory& directory);

// Adds the fields of the ledger the condition reads.
void add_fields_read(const definition::Condition& condition, const Asked& asked,
                     std::set<std::string>& fields);

// The ledgers whose entries the condition follows links to, and theirs in turn: (from, to).
void add_ledgers_linked(const definition::Condition& condition, const std::string& ledger,
                        std::set<std::pair<std::string, std::string>>& pairs);

}  // namespace fazhi::measure
