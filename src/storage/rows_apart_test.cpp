// Row-level security: what a transaction on PostgreSQL sees and writes is what it has named.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/database.h"
#include "storage/errors.h"
#include "storage/failure.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"
#include "storage/writer.h"

namespace fazhi::storage {
namespace {

using testing::failure_of;
using testing::for_each_database;
using testing::for_each_url;
using testing::lines_of;

constexpr JurisdictionId kOffice{1};
constexpr JurisdictionId kOther{2};
constexpr const char* kHeads = "SELECT jurisdiction_id FROM journal_head ORDER BY jurisdiction_id";

void add_head(Transaction& transaction, JurisdictionId jurisdiction) {
    transaction.connection().execute(
        "INSERT INTO journal_head (jurisdiction_id, size, frontier) VALUES ($1, 0, $2)",
        {jurisdiction.value, Blob{}});
}

void for_postgresql(const std::function<void(Database&)>& test) {
    for_each_database([&](Database& database) {
        if (database.dialect() == Dialect::Postgresql) test(database);
    });
}

void fill(Database& database) {
    const auto connection = database.writing();
    Transaction transaction(*connection);
    add_head(transaction, kOffice);
    add_head(transaction, kOther);
    transaction.commit();
}

TEST_CASE("a snapshot shows the rows of those it was taken for") {
    for_postgresql([](Database& database) {
        fill(database);
        CHECK(lines_of(*database.reading(), kHeads) == std::vector<std::string>{"1", "2"});
        CHECK(lines_of(*database.reading(Sight::only(kOther)), kHeads) ==
              std::vector<std::string>{"2"});
        const auto nobody = database.reading({});
        CHECK(lines_of(*nobody, kHeads).empty());
        nobody->see_too(kOffice);
        CHECK(lines_of(*nobody, kHeads) == std::vector<std::string>{"1"});
    });
}

TEST_CASE("a transaction sees everything until it says otherwise, and says so for itself alone") {
    for_postgresql([](Database& database) {
        fill(database);
        const auto connection = database.writing();
        {
            Transaction transaction(*connection);
            connection->see(Sight::only(kOffice));
            CHECK(lines_of(*connection, kHeads) == std::vector<std::string>{"1"});
        }
        Transaction transaction(*connection);
        CHECK(lines_of(*connection, kHeads).size() == 2);
        connection->see(Sight::only(kOther));
        CHECK(lines_of(*connection, kHeads) == std::vector<std::string>{"2"});
    });
}

TEST_CASE("a command reads and writes the rows of its own jurisdiction") {
    for_postgresql([](Database& database) {
        fill(database);
        Writer writer(database);
        std::vector<std::string> seen;
        REQUIRE(writer.run(kOffice, [&](Transaction& transaction) -> Result<void> {
            seen = lines_of(transaction.connection(), kHeads);
            return {};
        }));
        CHECK(seen == std::vector<std::string>{"1"});
        CHECK(failure_of([&] {
            static_cast<void>(writer.run(JurisdictionId{3}, [](Transaction& transaction) {
                add_head(transaction, JurisdictionId{4});
                return Result<void>{};
            }));
        }));
        REQUIRE(writer.run(JurisdictionId{3}, [](Transaction& transaction) -> Result<void> {
            add_head(transaction, JurisdictionId{3});
            return {};
        }));
        CHECK(lines_of(*database.reading(), kHeads) == std::vector<std::string>{"1", "2", "3"});
    });
}

TEST_CASE("what a command widened, or an undone step, does not reach the command after it") {
    for_postgresql([](Database& database) {
        fill(database);
        Writer writer(database);
        std::vector<Command> commands;
        std::vector<std::string> seen;
        commands.emplace_back([](Transaction& transaction) -> Result<void> {
            transaction.connection().see_too(kOther);
            return {};
        });
        commands.emplace_back([&](Transaction& transaction) -> Result<void> {
            seen = lines_of(transaction.connection(), kHeads);
            static_cast<void>(transaction.attempt([&]() -> Result<void> {
                transaction.connection().see_too(kOther);
                return refuse(ErrorKind::RefusedByRule, "test.undone", "退回");
            }));
            transaction.connection().see_too(kOther);
            const auto more = lines_of(transaction.connection(), kHeads);
            seen.insert(seen.end(), more.begin(), more.end());
            return {};
        });
        static_cast<void>(writer.run_all(kOffice, std::move(commands)));
        CHECK(seen == std::vector<std::string>{"1", "1", "2"});
    });
}

TEST_CASE("every table with a jurisdiction keeps its rows apart, but the words to search by") {
    for_postgresql([](Database& database) {
        CHECK(lines_of(*database.reading(),
                       "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                       "AND a.attname = 'jurisdiction_id' WHERE c.relkind = 'r' AND "
                       "c.relnamespace = current_schema()::regnamespace AND NOT "
                       "(c.relrowsecurity AND c.relforcerowsecurity)") ==
              std::vector<std::string>{"search"});
    });
}

TEST_CASE("a superuser is refused: nothing would be kept apart from it") {
    for_each_url([](const std::string& url) {
        const std::string user = "user=fazhi";
        const auto at = url.find(user);
        if (at == std::string::npos) return;  // SQLite, or a server of somebody's own.
        std::string of_superuser = url;
        of_superuser.replace(at, user.size(), "user=postgres");
        const auto opened = Database::open(of_superuser, Migrate::Yes);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == errors::kRoleSeesAll);
    });
}

}  // namespace
}  // namespace fazhi::storage
