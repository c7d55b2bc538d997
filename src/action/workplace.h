// Everything below the doors, wired: what a command or a question works with. Built anew after
// packs are installed, since the ledgers' tables follow the installed definitions.
//
// Members stand in construction order. Any thread; commands go through `writer`.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "access/accounts.h"
#include "access/directories.h"
#include "access/organisation.h"
#include "action/review_tools.h"
#include "base/result.h"
#include "calendar/clock.h"
#include "definition/calendars.h"
#include "definition/definitions.h"
#include "journal/journal.h"
#include "journal/server_log.h"
#include "journal/vault.h"
#include "ledger/context.h"
#include "ledger/ledgers.h"
#include "ledger/search.h"
#include "procedure/clocks.h"
#include "procedure/procedures.h"
#include "report/reports.h"
#include "storage/database.h"
#include "storage/writer.h"

namespace fazhi::action {

class Workplace {
public:
    // `data`: keys and evidence files. Refuses kNotInitialised, kPacksBroken.
    static Result<std::unique_ptr<Workplace>> open(storage::Database&,
                                                   const std::filesystem::path& data,
                                                   const calendar::Clock&);

    storage::Database& database;
    const std::filesystem::path data;
    const calendar::Clock& clock;
    const journal::Vault vault;
    const journal::Journal journal;
    const journal::ServerLog server_log;
    definition::Definitions definitions;
    const std::shared_ptr<const definition::DefinitionSet>
        tables;  // the union of what is installed
    const definition::Calendars calendars;
    access::Organisation organisation;
    access::Directories directories;
    const access::Accounts accounts;
    ledger::Ledgers ledgers;
    const ledger::Search search;
    const procedure::Clocks clocks;
    procedure::Procedures procedures;
    report::Reports reports;
    ReviewTools reviewing;
    storage::Writer writer;

    [[nodiscard]] std::vector<journal::Projection*> projections();

private:
    struct Parts;
    Workplace(storage::Database&, const calendar::Clock&, Parts);
};

// What a new database is made with, for good.
struct MadeWith {
    HashAlgorithm hash = HashAlgorithm::Sm3;  // of the journals
    journal::SignatureAlgorithm signature = journal::SignatureAlgorithm::Ed25519;  // of the notes
};
// Makes the keys, says which hash the journals use, and makes or extends the tables of what is
// installed and built in. Idempotent: answers whether the database is new; one that is not keeps
// what it was made with.
Result<bool> initialise(storage::Database&, const std::filesystem::path& data, const MadeWith&);

// A jurisdiction as a command or question finds it: its directory, the definitions and the
// working days in force.
struct Office {
    access::SharedDirectory kept;
    const access::Directory& directory = *kept;
    std::shared_ptr<const definition::DefinitionSet> definitions = {};
    definition::SharedWorkdays workdays = {};
    calendar::Date today = {};  // on which it was opened
};
// For questions, on a connection for reading. Refuse kNoSuchJurisdiction, kNoPacks.
Result<Office> open_office(Workplace&, storage::Connection& reading, const std::string& code);
Result<Office> open_office(Workplace&, storage::Connection& reading, JurisdictionId);
// Whose directory has been found on that connection.
Result<Office> open_office(Workplace&, storage::Connection& reading, access::SharedDirectory);
// For commands.
Result<Office> open_office(Workplace&, storage::Transaction&, JurisdictionId);
// The ledger with this id or title. Refuses ledger::errors::kNoSuchLedger.
Result<const definition::Ledger*> ledger_named(const Office&, const std::string& name);
// The person called so in the office, else in the nearest jurisdiction above, with the posts of
// the day. Refuses kNoSuchPerson, kAmbiguousPerson.
Result<access::Actor> actor_in(storage::Connection&, const Office&, const std::string& called);

// What a command stands on. `actor`: see Organisation::actor.
ledger::Context context_of(const Office&, const access::Actor&, calendar::Instant accepted_at);

}  // namespace fazhi::action
