#include "action/workplace.h"

#include <fmt/format.h>

#include "action/errors.h"
#include "ledger/errors.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

Result<Office> with_definitions(Workplace& workplace, storage::Connection& connection,
                                access::SharedDirectory directory,
                                definition::SharedWorkdays workdays) {
    const access::Jurisdiction& jurisdiction = directory->jurisdiction;
    if (jurisdiction.definitions.empty()) {
        return refuse(ErrorKind::RefusedByRule, errors::kNoPacks,
                      fmt::format("“{}”还没有启用任何定义包。", jurisdiction.name), "jurisdiction");
    }
    TRY(auto definitions,
        workplace.definitions.set_by_digest(connection, jurisdiction.definitions));
    return Office{.kept = std::move(directory),
                  .definitions = std::move(definitions),
                  .workdays = std::move(workdays),
                  .today = workplace.clock.today()};
}

}  // namespace

struct Workplace::Parts {
    journal::Vault vault;
    std::filesystem::path data;
    HashAlgorithm algorithm;
    std::shared_ptr<const definition::DefinitionSet> tables;
};

Workplace::Workplace(storage::Database& a_database, const calendar::Clock& a_clock, Parts parts)
    : database(a_database),
      data(std::move(parts.data)),
      clock(a_clock),
      vault(std::move(parts.vault)),
      journal(parts.algorithm, vault),
      server_log(journal, vault),
      definitions(parts.tables),
      tables(std::move(parts.tables)),
      calendars(*tables),
      organisation(journal),
      directories(database),
      accounts(journal, vault),
      ledgers(journal, vault, (data / "evidence").string(), *tables),
      search(journal, *tables),
      clocks(ledgers),
      procedures(ledgers, clocks),
      reports(journal, ledgers),
      writer(database) {}

Result<std::unique_ptr<Workplace>> Workplace::open(storage::Database& database,
                                                   const std::filesystem::path& data,
                                                   const calendar::Clock& clock) {
    TRY(journal::Vault vault, journal::Vault::open(data / "keys"));
    const auto connection = database.reading();
    const auto algorithm = journal::stored_algorithm(*connection);
    if (!algorithm) {
        return refuse(ErrorKind::RefusedByRule, errors::kNotInitialised,
                      "数据库还没有初始化，请先运行 fazhi init。");
    }
    definition::Definitions definitions;
    auto tables = definitions.union_set(*connection);
    if (!tables) {
        Error error = tables.error();
        error.code = errors::kPacksBroken;
        return refuse(std::move(error));
    }
    Parts parts{std::move(vault), data, *algorithm, *std::move(tables)};
    return std::unique_ptr<Workplace>(new Workplace(database, clock, std::move(parts)));
}

std::vector<journal::Projection*> Workplace::projections() {
    return {&organisation, &ledgers, &reports};
}

Result<bool> initialise(storage::Database& database, const std::filesystem::path& data,
                        const MadeWith& with) {
    bool made = false;
    const auto connection = database.writing();
    storage::Transaction transaction(*connection);
    if (!journal::stored_algorithm(*connection)) {
        TRY_OK(journal::Vault::make_keys(data / "keys", with.signature));
        journal::store_algorithm(transaction, with.hash);
        made = true;
    }
    definition::Definitions definitions;
    TRY(const auto set, definitions.union_set(*connection));
    ledger::Ledgers::make_tables(*connection, *set);
    transaction.commit();
    return made;
}

Result<Office> open_office(Workplace& workplace, storage::Connection& connection,
                           const std::string& code) {
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(connection, code));
    return open_office(workplace, connection, jurisdiction.id);
}

Result<Office> open_office(Workplace& workplace, storage::Connection& connection,
                           JurisdictionId id) {
    TRY(access::SharedDirectory directory, workplace.directories.find(connection, id));
    return open_office(workplace, connection, std::move(directory));
}

Result<Office> open_office(Workplace& workplace, storage::Connection& connection,
                           access::SharedDirectory directory) {
    return with_definitions(workplace, connection, std::move(directory),
                            workplace.calendars.workdays(connection));
}

Result<Office> open_office(Workplace& workplace, storage::Transaction& transaction,
                           JurisdictionId id) {
    TRY(access::SharedDirectory directory, workplace.directories.find(transaction, id));
    return with_definitions(workplace, transaction.connection(), std::move(directory),
                            workplace.calendars.workdays(transaction));
}

Result<const definition::Ledger*> ledger_named(const Office& office, const std::string& name) {
    const definition::Ledger* ledger = office.definitions->ledger_named(name);
    if (ledger != nullptr) return ledger;
    return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchLedger,
                  fmt::format("本单位没有启用台账“{}”。", name), "ledger");
}

Result<access::Actor> actor_in(storage::Connection& connection, const Office& office,
                               const std::string& called) {
    const access::Person* person = office.directory.person_named(called);
    if (person != nullptr) return office.directory.actor(*person, office.today);
    return access::Organisation::actor(connection, office.directory.jurisdiction.id, called,
                                       office.today);
}

ledger::Context context_of(const Office& office, const access::Actor& actor,
                           calendar::Instant accepted_at) {
    return ledger::Context{.directory = office.directory,
                           .definitions = *office.definitions,
                           .workdays = *office.workdays,
                           .actor = actor,
                           .accepted_at = accepted_at,
                           .today = calendar::civil_date(accepted_at)};
}

}  // namespace fazhi::action
