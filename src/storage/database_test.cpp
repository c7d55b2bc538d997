#include "storage/database.h"

#include <array>
#include <chrono>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "storage/errors.h"
#include "storage/failure.h"
#include "storage/migrations.h"
#include "storage/sqlite_connection.h"
#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"
#include "storage/transaction.h"

using namespace std::string_literals;

namespace fazhi::storage {
namespace {

using testing::failure_of;
using testing::for_each_database;
using testing::for_each_url;
using testing::lines_of;
using testing::opened;

// A series of a later program, beyond what is embedded; names no embedded table can have.
std::vector<Migration> later_migrations() {
    const auto embedded = embedded_migrations();
    std::vector<Migration> all(embedded.begin(), embedded.end());
    const int last = all.empty() ? 0 : all.back().version;
    all.push_back({last + 1, "first_later", "CREATE TABLE later_a (n {int}) {strict};", ""});
    all.push_back({last + 2, "second_later",
                   "CREATE TABLE later_b (n {int}) {strict}; INSERT INTO later_b VALUES (2);",
                   "CREATE TABLE later_b (n BIGINT); INSERT INTO later_b VALUES (3);"});
    return all;
}

std::string_view code_of(const std::string& url, Migrate wish) {
    const auto database = Database::open(url, wish);
    return database ? std::string_view("opened") : database.error().code;
}

std::vector<std::string> versions_in(Database& database) {
    return lines_of(*database.reading(),
                    "SELECT version, name FROM schema_version ORDER BY version");
}

}  // namespace

TEST_CASE("the migrations in the program are numbered without a gap") {
    int expected = 0;
    for (const Migration& migration : embedded_migrations()) {
        CHECK(migration.version == ++expected);
    }
}

TEST_CASE("a database is made once, and opening it again changes nothing") {
    for_each_url([](const std::string& url) {
        CHECK(code_of(url, Migrate::No) == errors::kNotInitialised);
        const auto made = versions_in(*opened(url));
        CHECK(made.size() == embedded_migrations().size());
        CHECK(versions_in(*opened(url)) == made);
        CHECK(code_of(url, Migrate::No) == "opened");
    });
}

TEST_CASE("looking for a database does not make one") {
    const testing::Scratch scratch;
    const auto file = scratch.file("none.db");
    CHECK(code_of(file, Migrate::No) == errors::kNotInitialised);
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE(
    "a later program's migrations run once, each in its dialect, on what an earlier one left") {
    for_each_url([](const std::string& url) {
        const auto database = opened(url);
        const auto before = versions_in(*database);
        const auto later = later_migrations();
        CHECK(migrate(*database->writing(), later, Migrate::Yes) == 2);
        CHECK(migrate(*database->writing(), later, Migrate::Yes) == 0);
        CHECK(versions_in(*database).size() == before.size() + 2);
        const bool sqlite = database->dialect() == Dialect::Sqlite;
        CHECK(lines_of(*database->reading(), "SELECT n FROM later_b") ==
              std::vector{sqlite ? "2"s : "3"s});
    });
}

TEST_CASE("an earlier program refuses a later one's database and leaves it as it is") {
    for_each_url([](const std::string& url) {
        std::vector<std::string> versions;
        {
            const auto database = opened(url);
            REQUIRE(migrate(*database->writing(), later_migrations(), Migrate::Yes));
            versions = versions_in(*database);
            const auto again = migrate(*database->writing(), embedded_migrations(), Migrate::Yes);
            REQUIRE_FALSE(again);
            CHECK(again.error().code == errors::kNewerDatabase);
            CHECK(versions_in(*database) == versions);
        }
        CHECK(code_of(url, Migrate::Yes) == errors::kNewerDatabase);
        CHECK(code_of(url, Migrate::No) == errors::kNewerDatabase);
    });
}

TEST_CASE("an old database is refused where it may not be changed") {
    for_each_database([](Database& database) {
        const auto looked = migrate(*database.writing(), later_migrations(), Migrate::No);
        REQUIRE_FALSE(looked);
        CHECK(looked.error().code == errors::kOldDatabase);
    });
}

TEST_CASE("a migration that fails leaves the version before it, whole") {
    for_each_database([](Database& database) {
        const auto before = versions_in(database);
        auto broken = later_migrations();
        broken.back().sql = broken.back().postgresql =
            "CREATE TABLE later_c (n INTEGER); INSERT INTO nowhere VALUES (1);";
        CHECK(failure_of([&] {
                  static_cast<void>(migrate(*database.writing(), broken, Migrate::Yes));
              }).has_value());
        CHECK(versions_in(database).size() == before.size() + 1);
        CHECK(failure_of([&] {
                  lines_of(*database.writing(), "SELECT n FROM later_c");
              }).has_value());

        REQUIRE(migrate(*database.writing(), later_migrations(), Migrate::Yes));
        CHECK(versions_in(database).size() == before.size() + 2);
    });
}

TEST_CASE("several programs open a new database at once, and each gets it") {
    for_each_url([](const std::string& url) {
        std::vector<std::thread> programs;
        std::array<std::string, 4> codes;
        for (std::string& code : codes) {
            programs.emplace_back([&url, &code] {
                try {
                    code = code_of(url, Migrate::Yes);
                } catch (const std::exception& accident) {
                    code = accident.what();
                }
            });
        }
        for (auto& program : programs) program.join();
        for (const std::string& code : codes) CHECK(code == "opened");
        CHECK(versions_in(*opened(url)).size() == embedded_migrations().size());
    });
}

TEST_CASE("a file that is no database, and another program's database, are refused untouched") {
    const testing::Scratch scratch;
    const auto letter = scratch.file("letter.txt");
    std::ofstream(letter) << "这不是数据库，只是一封信。";
    CHECK(code_of(letter, Migrate::Yes) == errors::kNotADatabase);
    CHECK(code_of(scratch.folder().string(), Migrate::Yes) == errors::kNotADatabase);
    CHECK(std::filesystem::file_size(letter) == "这不是数据库，只是一封信。"s.size());

    const auto other = scratch.file("other.db");
    opened(other)->writing()->run_script(
        "DROP TABLE schema_version; CREATE TABLE theirs (n INTEGER)");
    CHECK(code_of(other, Migrate::Yes) == errors::kNotADatabase);
    CHECK(code_of(other, Migrate::No) == errors::kNotADatabase);
}

TEST_CASE("a database file is its owner's alone, and so are the files beside it") {
    const testing::Scratch scratch;
    const auto database = opened(scratch.file("test.db"));
    const auto reader = database->reading();
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.folder())) {
        CHECK(entry.status().permissions() ==
              (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
        ++files;
    }
    CHECK(files == 3);  // The database, its -wal and its -shm.
}

TEST_CASE("an SQLite database is durable at each commit and keeps its foreign keys") {
    const testing::Scratch scratch;
    const auto database = opened(scratch.file("test.db"));
    const auto connection = database->writing();
    CHECK(lines_of(*connection, "PRAGMA journal_mode") == std::vector{"wal"s});
    CHECK(lines_of(*connection, "PRAGMA synchronous") == std::vector{"2"s});  // FULL
    CHECK(lines_of(*connection, "PRAGMA foreign_keys") == std::vector{"1"s});
}

TEST_CASE("the log of an SQLite database is emptied beside the commits and stays bounded") {
    const testing::Scratch scratch;
    const std::string file = scratch.file("test.db");
    const auto database = opened(file);
    const auto writer = database->writing();
    writer->run_script("CREATE TABLE paper (n INTEGER, text TEXT)");
    constexpr std::size_t kPage = 4'096;
    const auto write = [&] {
        writer->execute("INSERT INTO paper (text) VALUES ($1)", {std::string(100 * kPage, 'x')});
    };
    const std::uintmax_t empty = std::filesystem::file_size(file);
    for (int commits = 0; commits * 100 <= kLogPages; ++commits) write();
    // No commit waits for it: it comes soon after.
    const auto is_emptied = [&] {
        return std::filesystem::file_size(file) > empty + kLogPages / 2 * kPage;
    };
    for (int waits = 0; waits < 2'000 && !is_emptied(); ++waits)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(is_emptied());

    for (int commits = 0; commits * 100 <= 2 * kLogPagesMax; ++commits) write();
    CHECK(std::filesystem::file_size(file + "-wal") < (kLogPagesMax + 1'000) * (kPage + 24));
    CHECK(lines_of(*writer, "SELECT COUNT(*) > 0 FROM paper") == std::vector{"1"s});
}

TEST_CASE("a server whose commits do not wait for the disk is made to") {
    const auto server = testing::postgresql_server();
    if (!server) return;
    for_each_database([](Database& database) {
        if (database.dialect() == Dialect::Sqlite) return;
        const auto url = database.url();
        database.writing()->run_script(
            "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() ||"
            " ' SET synchronous_commit = off'; END $$");
        const auto again = opened(url);
        CHECK(lines_of(*again->writing(), "SHOW synchronous_commit") == std::vector{"on"s});
    });
}

}  // namespace fazhi::storage
