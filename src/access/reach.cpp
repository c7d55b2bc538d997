#include "access/reach.h"

#include <algorithm>

namespace fazhi::access {

bool Reach::covers(UnitId unit, PersonId handled_by) const {
    const auto among = [&](const std::vector<UnitId>& list) {
        return std::find(list.begin(), list.end(), unit) != list.end();
    };
    return everything || among(units) || (handled_by && handled_by == handler && among(as_handler));
}

Reach reach(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
            Ability ability, std::string_view ledger) {
    Reach out;
    // A person's number means nothing in another jurisdiction.
    if (actor.jurisdiction == where.jurisdiction.id) out.handler = actor.person;
    std::vector<UnitId> all = {UnitId{}};
    for (const Unit& unit : where.units) all.push_back(unit.id);
    for (const UnitId unit : all) {
        if (may(where, set, actor, ability, {.ledger = ledger, .unit = unit})) {
            out.units.push_back(unit);
        } else if (out.handler && may(where, set, actor, ability,
                                      {.ledger = ledger, .unit = unit, .handler = out.handler})) {
            out.as_handler.push_back(unit);
        }
    }
    out.everything = out.units.size() == all.size();
    if (out.everything) out.units.clear();
    return out;
}

}  // namespace fazhi::access
