#include "acting.h"

#include <algorithm>
#include <iterator>

#include "bench.h"
#include "storage/transaction.h"

namespace fazhi::bench {

storage::Command as(LoadedOffice& office, const std::string& person, Deed deed) {
    return [&office, person, deed = std::move(deed)](storage::Transaction& transaction) {
        return [&]() -> Result<void> {
            action::Workplace& workplace = *office.workplace;
            TRY(const action::Office in, action::open_office(workplace, transaction, office.id));
            TRY(const access::Actor actor, action::actor_in(transaction.connection(), in, person));
            ledger::Context context = action::context_of(in, actor, workplace.clock.now());
            return deed({workplace, transaction, context});
        }();
    };
}

double run_in_groups(LoadedOffice& office, std::vector<storage::Command> commands, int group) {
    const Instant begun = now();
    for (auto first = commands.begin(); first != commands.end();) {
        const auto last = first + std::min<std::ptrdiff_t>(group, commands.end() - first);
        for (Result<void>& answer : office.workplace->writer.run_all(
                 office.id, {std::make_move_iterator(first), std::make_move_iterator(last)}))
            required(std::move(answer));
        first = last;
    }
    return seconds_since(begun);
}

}  // namespace fazhi::bench
