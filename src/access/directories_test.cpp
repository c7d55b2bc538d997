#include "access/directories.h"

#include <doctest/doctest.h>

#include "access/errors.h"
#include "access/organisation_store.h"
#include "access/testing/office.h"
#include "storage/database.h"
#include "storage/migrations.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::access {

using storage::testing::for_each_database;
using testing::kOffice;
using testing::OfficeInDatabase;

namespace {

Result<UnitId> add_unit(OfficeInDatabase& office, storage::Transaction& transaction,
                        const char* code) {
    const Actor system = system_actor(kOffice);
    NewUnit unit;
    unit.values = {{}, code, "section", "新设的科", code, {}};
    return office.organisation.add_unit(transaction, {kOffice, system, testing::kMorning}, unit);
}

}  // namespace

TEST_CASE("a directory is read once and again when it has changed") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(testing::office_set());
        Directories directories(database);
        const auto find = [&] { return *directories.find(*database.reading(), kOffice); };
        const SharedDirectory before = find();
        CHECK(find() == before);
        REQUIRE(office.run([&](storage::Transaction& transaction) -> Result<void> {
            TRY_OK(add_unit(office, transaction, "new"));
            return {};
        }));
        const SharedDirectory after = find();
        CHECK(after != before);
        CHECK(after->unit_named("new") != nullptr);
        CHECK(before->unit_named("new") == nullptr);
        CHECK(directories.find(*database.reading(), JurisdictionId{99}).error().code ==
              errors::kNoSuchJurisdiction);
    });
}

TEST_CASE("what a transaction changed is seen in it, and forgotten where it is undone") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(testing::office_set());
        Directories directories(database);
        {
            const auto connection = database.writing();
            storage::Transaction transaction(*connection);
            REQUIRE(add_unit(office, transaction, "undone"));
            CHECK((*directories.find(transaction, kOffice))->unit_named("undone") != nullptr);
            REQUIRE(add_unit(office, transaction, "later"));
            CHECK((*directories.find(transaction, kOffice))->unit_named("later") != nullptr);
            const auto refused = transaction.attempt([&]() -> Result<void> {
                TRY_OK(add_unit(office, transaction, "refused"));
                CHECK((*directories.find(transaction, kOffice))->unit_named("refused") != nullptr);
                return refuse(ErrorKind::Conflict, "test", "");
            });
            REQUIRE_FALSE(refused);
            const SharedDirectory seen = *directories.find(transaction, kOffice);
            CHECK(seen->unit_named("refused") == nullptr);
            CHECK(seen->unit_named("later") != nullptr);
            CHECK(*directories.find(transaction, kOffice) == seen);
        }
        // The next change takes the same journal number.
        const auto connection = database.writing();
        storage::Transaction transaction(*connection);
        REQUIRE(add_unit(office, transaction, "kept"));
        transaction.commit();
        const SharedDirectory found = *directories.find(*database.reading(), kOffice);
        CHECK(found->unit_named("undone") == nullptr);
        CHECK(found->unit_named("kept") != nullptr);
    });
}

TEST_CASE("a database from before the revisions learns them from its journal") {
    static constexpr int kLearning = 8;  // the migration that does it
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(testing::office_set());
        const auto connection = database.writing();
        storage::Transaction transaction(*connection);
        const auto revision = [&] { return OrganisationStore(*connection).revision(kOffice); };
        const std::int64_t right = revision();
        REQUIRE(right > 1);
        connection->execute("UPDATE jurisdiction SET revision = 0");
        const storage::Migration& learning = storage::embedded_migrations()[kLearning - 1];
        REQUIRE(learning.version == kLearning);
        connection->run_script(database.dialect() == storage::Dialect::Postgresql
                                   ? learning.postgresql
                                   : learning.sql);
        CHECK(revision() == right);
    });
}

}  // namespace fazhi::access
