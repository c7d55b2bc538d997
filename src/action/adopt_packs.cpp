#include "action/adopt_packs.h"

#include <fmt/format.h>

#include "action/errors.h"
#include "action/form_templates.h"
#include "action/renew_clocks.h"
#include "definition/pack_diff.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

Result<void> check_mappings(const definition::DefinitionSet& before,
                            const definition::DefinitionSet& after) {
    std::vector<Error> gone;
    for (const definition::Change& change : definition::changes_between(before, after)) {
        if (!change.needs_mapping()) continue;
        gone.push_back({ErrorKind::RefusedByRule, errors::kNeedsMapping,
                        fmt::format("新版去掉了台账“{}”的“{}”，以前用它记的条目会没有着落；请保留它"
                                    "（选项可写 retired: true）。",
                                    change.ledger, change.title),
                        change.id});
    }
    if (!gone.empty()) return refuse(join_errors(std::move(gone)));
    return {};
}

}  // namespace

Result<void> check_adoption(const definition::DefinitionSet& before,
                            const definition::DefinitionSet& after) {
    TRY_OK(check_templates(after));
    return check_mappings(before, after);
}

Result<Adoption> adopt_packs(Workplace& workplace, JurisdictionId id, const access::Actor& by) {
    Adoption out;
    TRY_OK(workplace.writer.run(id, [&](storage::Transaction& transaction) -> Result<void> {
        out = {};
        TRY(const Office office, open_office(workplace, transaction, id));
        TRY(const auto set, workplace.definitions.set_for(transaction.connection(),
                                                          office.directory.jurisdiction.packs));
        if (set->digest() == office.definitions->digest()) return {};
        TRY_OK(check_adoption(*office.definitions, *set));
        out.changed = true;
        out.changes = definition::differences(*office.definitions, *set);
        workplace.definitions.store_set(transaction, *set);
        return workplace.organisation.adopt(transaction, {id, by, workplace.clock.now()}, *set);
    }));
    TRY(out.clocks, renew_clocks(workplace, id));
    return out;
}

}  // namespace fazhi::action
