#include "action/search_entries.h"

#include "access/permission.h"
#include "storage/transaction.h"

namespace fazhi::action {

bool catch_up(Workplace& workplace, JurisdictionId jurisdiction,
              const std::function<bool()>& stop) {
    bool any = false;
    while (!stop()) {
        const auto next = workplace.search.next(*workplace.database.reading(), jurisdiction);
        if (!next) break;
        any = true;
        const Result<void> taken = workplace.writer.run(
            jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
                workplace.search.take_in(transaction, jurisdiction, *next);
                return {};
            });
        if (!taken || !next->more) break;  // Or the Writer is closing.
    }
    return any;
}

void catch_up_all(Workplace& workplace, const std::function<bool()>& stop) {
    for (const auto& each : access::Organisation::jurisdictions(*workplace.database.reading())) {
        if (stop()) return;
        catch_up(workplace, each.id, stop);
    }
}

Result<std::vector<ledger::Hit>> search_entries(Workplace& workplace,
                                                storage::Connection& connection,
                                                const Office& office, const access::Actor& actor,
                                                const ledger::SearchQuestion& question) {
    return workplace.search.find(
        connection, office.directory.jurisdiction.id, *office.definitions, question,
        [&](const ledger::EntryHead& head) {
            return access::may(office.directory, *office.definitions, actor, access::Ability::View,
                               {.ledger = head.ledger, .unit = head.unit, .handler = head.handler});
        });
}

}  // namespace fazhi::action
