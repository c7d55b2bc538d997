// How far somebody's posts reach over a ledger: what a list may show, said so that a query can ask
// for it (permission.h answers for one entry).
//
// Pure; any thread. Cost: two questions of may() a unit.
#pragma once

#include <string_view>
#include <vector>

#include "access/permission.h"

namespace fazhi::access {

struct Reach {
    bool everything = false;         // whatever the unit, whoever handles it
    std::vector<UnitId> units;       // every entry of these; a unit 0: entries of no unit
    std::vector<UnitId> as_handler;  // entries of these that `handler` handles
    PersonId handler;

    [[nodiscard]] bool nothing() const {
        return !everything && units.empty() && as_handler.empty();
    }
    [[nodiscard]] bool covers(UnitId unit, PersonId handled_by) const;
};

// INVARIANT of the answer: covers(unit, handler) is may(…, {ledger, unit, handler}).
Reach reach(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
            Ability ability, std::string_view ledger);

}  // namespace fazhi::access
