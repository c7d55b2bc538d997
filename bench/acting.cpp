#include "acting.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "access/organisation.h"
#include "action/accounts.h"
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

std::string token_of(LoadedOffice& office, const std::string& person) {
    action::Workplace& workplace = *office.workplace;
    const auto connection = office.database->reading();
    const calendar::Date today = office.clock.today();
    const auto actor = [&](const std::string& code) {
        return required(access::Organisation::actor(*connection, office.id, code, today));
    };
    const auto directory = required(access::Organisation::directory(*connection, office.id));
    const bool made = std::any_of(
        directory.persons.begin(), directory.persons.end(), [&](const access::Person& by) {
            return action::create_account(
                       workplace,
                       {.by = actor(by.code), .office = office.id, .person = person, .address = {}})
                .has_value();
        });
    if (!made) throw std::runtime_error("nobody may make an account");
    access::SignedIn who;
    who.jurisdiction = office.id;
    who.person = actor(person).person;
    constexpr int kDays = 30;
    return required(action::create_token(
                        workplace, who,
                        {.title = "测速",
                         .abilities = {"view", "record", "move"},
                         .ledgers = {},
                         .expires_on = calendar::to_text(calendar::add_days(today, kDays))}))
        .token;
}

}  // namespace fazhi::bench
