#include "action/stand_in.h"

#include <algorithm>

#include "access/errors.h"
#include "action/account_office.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

// The keepers of accounts, and whoever is away, for oneself.
Result<void> require_right(const AccountOffice& office, const access::Actor& by, PersonId away) {
    TRY_OK(require_person_here(by));
    const bool own = by.person == away && by.jurisdiction == office.directory.jurisdiction.id;
    if (own && away) return {};
    return require_keeper(office, by, {"account_post", errors::kNotAccountPost, "登记代理"});
}

}  // namespace

Result<std::int64_t> add_stand_in(Workplace& workplace, const StandInOrder& order) {
    std::int64_t id = 0;
    TRY_OK(
        workplace.writer.run(order.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office in_force, open_office(workplace, transaction, order.office));
            TRY(const AccountOffice office, account_office(workplace, transaction, order.office));
            TRY(const access::Person* away,
                person_of(office.directory, order.for_person, "for_person"));
            TRY_OK(require_right(office, order.by, away->id));
            TRY(const access::Person* person, person_of(office.directory, order.person));
            const access::Change change{order.office, order.by, workplace.clock.now()};
            TRY(id, workplace.organisation.add_stand_in(
                        transaction, change, *in_force.definitions,
                        {away->id, person->id, order.from_on, order.until_on}));
            return {};
        }));
    return id;
}

Result<void> end_stand_in(Workplace& workplace, const access::Actor& by, JurisdictionId where,
                          std::int64_t id) {
    return workplace.writer.run(where, [&](storage::Transaction& transaction) -> Result<void> {
        TRY(const AccountOffice office, account_office(workplace, transaction, where));
        const auto& all = office.directory.stand_ins;
        const auto found = std::find_if(all.begin(), all.end(),
                                        [id](const access::StandIn& one) { return one.id == id; });
        TRY_OK(require_right(office, by, found == all.end() ? PersonId{} : found->for_person));
        return workplace.organisation.end_stand_in(transaction, {where, by, workplace.clock.now()},
                                                   id);
    });
}

}  // namespace fazhi::action
