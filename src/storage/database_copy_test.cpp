#include "storage/database_copy.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "storage/client_program.h"
#include "storage/database.h"
#include "storage/errors.h"
#include "storage/failure.h"
#include "storage/migrations.h"
#include "storage/testing/databases.h"
#include "storage/testing/faulty_disk.h"
#include "storage/testing/scratch.h"
#include "storage/transaction.h"

namespace fazhi::storage {
namespace {

namespace fs = std::filesystem;
using testing::for_each_url;
using testing::lines_of;
using testing::opened;
using testing::Scratch;
using Lines = std::vector<std::string>;

constexpr const char* kPapers = "SELECT count(*), COALESCE(sum(n), 0) FROM paper";

void write(Database& database, std::int64_t number) {
    const auto connection = database.writing();
    Transaction transaction(*connection);
    connection->execute("INSERT INTO paper (n, text) VALUES ($1, $2)",
                        {number, std::string(5'000, 'x')});
    transaction.commit();
}

Result<void> look_at_nothing(Connection&) {
    return {};
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> out;
    for (const auto& each : fs::directory_iterator(folder)) out.push_back(each.path().filename());
    return out;
}

}  // namespace

TEST_CASE("a copy made beside a writer is of one moment, which is the one looked at") {
    const Scratch scratch;
    std::map<Dialect, Lines> seen;
    const auto file_of = [&](const std::string& url) {
        return scratch.folder() / (dialect_of(url) == Dialect::Sqlite ? "sqlite" : "postgresql");
    };
    for_each_url([&](const std::string& url) {
        const auto database = opened(url);
        database->writing()->run_script("CREATE TABLE paper (n INTEGER, text TEXT)");
        for (int n = 1; n <= 50; ++n) write(*database, n);
        std::atomic<bool> stopping = false;
        std::thread writer([&] {
            for (int n = 51; !stopping; ++n) write(*database, n);
        });
        Lines& looked_at = seen[dialect_of(url)];
        const auto copied = copy_database(*database, file_of(url), [&](Connection& connection) {
            looked_at = lines_of(connection, kPapers);
            for (int n = 0; n < 5; ++n) write(*database, 1'000);  // Not in it.
            CHECK(schema_version(connection) == embedded_migrations().back().version);
            return Result<void>();
        });
        stopping = true;
        writer.join();
        REQUIRE(copied);
        CHECK(lines_of(*database->reading(), kPapers) != looked_at);
        CHECK((fs::status(file_of(url)).permissions() & fs::perms::group_all) == fs::perms::none);
    });
    CHECK(names_in(scratch.folder()).size() == seen.size());  // Nothing beside the copies.

    for_each_url([&](const std::string& url) {
        REQUIRE(restore_database(file_of(url), url));
        CHECK(lines_of(*opened(url)->reading(), kPapers) == seen[dialect_of(url)]);
        // Nothing is overwritten.
        const auto again = restore_database(file_of(url), url);
        REQUIRE_FALSE(again);
        CHECK(again.error().code == errors::kNotEmpty);
        CHECK(lines_of(*opened(url)->reading(), kPapers) == seen[dialect_of(url)]);
    });
}

TEST_CASE("what looking refuses is not copied") {
    for_each_url([](const std::string& url) {
        const Scratch scratch;
        const auto database = opened(url);
        const auto copied =
            copy_database(*database, scratch.folder() / "copy", [](Connection&) -> Result<void> {
                return refuse(ErrorKind::Conflict, errors::kBusy, "不行。");
            });
        REQUIRE_FALSE(copied);
        CHECK(names_in(scratch.folder()).empty());
    });
}

TEST_CASE("a file that is no copy is not restored, and leaves the place empty") {
    for_each_url([](const std::string& url) {
        if (dialect_of(url) == Dialect::Sqlite) return;  // Whoever restores has the digest.
        const Scratch scratch;
        const fs::path file = scratch.folder() / "copy";
        std::ofstream(file) << "not an archive";
        const auto restored = restore_database(file, url);
        REQUIRE_FALSE(restored);
        CHECK(restored.error().code == errors::kNotRestored);
        CHECK(require_restorable(url));
    });
}

TEST_CASE("on a full disk copying fails and says so") {
    testing::FaultyDisk disk;
    const Scratch scratch;
    const auto database = opened(scratch.file("from.db"));
    database->writing()->run_script("CREATE TABLE paper (n INTEGER, text TEXT)");
    for (int n = 1; n <= 20; ++n) write(*database, n);
    disk.fail_after(3, testing::FaultyDisk::Fault::Full);
    const auto failed = testing::failure_of([&] {
        const auto copied = copy_database(*database, scratch.folder() / "copy", look_at_nothing);
        CHECK_FALSE(copied);
    });
    CHECK(disk.mend());
    CHECK(failed == FailureKind::DiskFull);
}

TEST_CASE("a password is not among the words of a program that others can list") {
    const Address address =
        address_of("postgresql://clerk:se%27cret@db.example:5433/fa%20zhi?sslmode=require");
    CHECK(address.password == "se'cret");
    CHECK(address.text.find("cret") == std::string::npos);
    CHECK(address.text.find("user='clerk'") != std::string::npos);
    CHECK(address.text.find("dbname='fa zhi'") != std::string::npos);
    CHECK(address.text.find("port='5433'") != std::string::npos);
    CHECK(address.text.find("sslmode='require'") != std::string::npos);
}

TEST_CASE("a program that is missing or older than the server is refused") {
    CHECK(major_version_in("pg_dump (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)") == 15);
    CHECK(major_version_in("nothing") == 0);
    const auto missing = require_client_program("pg_dump_that_is_not_there", 1);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == errors::kNoClientProgram);
    const auto older = require_client_program("cat", 1'000);  // GNU coreutils are not there yet.
    REQUIRE_FALSE(older);
    CHECK(older.error().code == errors::kNoClientProgram);
    CHECK(older.error().message.find("1000") != std::string::npos);
}

}  // namespace fazhi::storage
