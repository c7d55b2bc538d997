#include "storage/failure.h"

#include <algorithm>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/database.h"
#include "storage/postgres_connection.h"
#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"
#include "storage/transaction.h"
#include "storage/writer.h"

using namespace std::string_literals;

namespace fazhi::storage {
namespace {

using testing::failure_of;
using testing::for_each_database;
using testing::for_each_url;
using testing::lines_of;
using testing::opened;

constexpr JurisdictionId kOffice{1};

void make_table(Database& database) {
    database.writing()->run_script("CREATE TABLE paper (text TEXT NOT NULL)");
}

Command write(const std::string& text) {
    return [text](Transaction& transaction) -> Result<void> {
        transaction.connection().execute("INSERT INTO paper (text) VALUES ($1)", {text});
        return {};
    };
}

std::vector<std::string> papers_in(Database& database) {
    return lines_of(*database.reading(), "SELECT substr(text, 1, 10) FROM paper ORDER BY text");
}

// Ends every session on the database but the one asking, as a restart of the server would.
void end_all_sessions(const std::string& url) {
    open_postgresql(url)->query(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
        // The server's own, such as the one that vacuums, are not ours to end.
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = "
        "'client backend'",
        {}, [](const Row&) {});
}

}  // namespace

TEST_CASE("a full disk is named, only what was answered stands, and later it goes on") {
    const testing::Scratch scratch;
    const auto database = opened(scratch.file("test.db"));
    make_table(*database);
    Writer writer(*database);
    REQUIRE(writer.run(kOffice, write("before")));
    const auto pages = lines_of(*database->writing(), "PRAGMA page_count").at(0);
    database->writing()->run_script("PRAGMA max_page_count = " +
                                    std::to_string(std::stoi(pages) + 40));

    std::vector<std::future<Result<void>>> answers;
    for (int n = 0; n < 20; ++n) {
        answers.push_back(writer.submit(kOffice, write("during" + std::string(50'000, 'x'))));
    }
    std::size_t stored = 1;
    int full = 0;
    for (auto& answer : answers) {
        const auto kind = failure_of([&] { stored += answer.get() ? 1 : 0; });
        if (kind) ++full;
        CHECK(kind.value_or(FailureKind::DiskFull) == FailureKind::DiskFull);
    }
    CHECK(full > 0);
    CHECK(papers_in(*database).size() == stored);
    CHECK(lines_of(*database->reading(), "PRAGMA integrity_check") == std::vector{"ok"s});

    database->writing()->run_script("PRAGMA max_page_count = 1000000");
    CHECK(writer.run(kOffice, write("after")));
    CHECK(papers_in(*database).size() == stored + 1);
}

TEST_CASE("after a full disk undid a transaction, nothing more is written as if outside it") {
    const testing::Scratch scratch;
    const auto database = opened(scratch.file("test.db"));
    make_table(*database);
    {
        const auto connection = database->writing();
        Transaction transaction(*connection);
        const auto step = [&]() -> Result<void> {
            // ON CONFLICT ROLLBACK undoes the whole transaction at once, as some full disks do.
            connection->run_script(
                "CREATE TABLE once (n INTEGER UNIQUE ON CONFLICT ROLLBACK);"
                "INSERT INTO once (n) VALUES (1)");
            connection->execute("INSERT INTO once (n) VALUES (1)");
            return {};
        };
        CHECK(failure_of([&] { static_cast<void>(transaction.attempt(step)); }).has_value());
        CHECK_FALSE(transaction.is_open());
        CHECK(failure_of([&] { static_cast<void>(write("stray")(transaction)); }).has_value());
        CHECK(failure_of([&] { transaction.commit(); }).has_value());
    }
    CHECK(papers_in(*database).empty());
    Writer writer(*database);
    CHECK(writer.run(kOffice, write("after")));
    CHECK(papers_in(*database) == std::vector{"after"s});
}

TEST_CASE("a database another program holds is named as locked, and later it goes on") {
    for_each_url([](const std::string& url) {
        const auto ours = opened(url);
        make_table(*ours);
        const auto theirs = opened(url);
        const bool sqlite = ours->dialect() == Dialect::Sqlite;
        {
            const auto holder = theirs->writing();
            Transaction holding(*holder);
            holder->change(sqlite ? "DELETE FROM paper" : "LOCK TABLE paper");

            const auto waiting = ours->writing();
            waiting->run_script(sqlite ? "PRAGMA busy_timeout = 30" : "SET lock_timeout = 30");
            const auto write_beside = [&] {
                Transaction transaction(*waiting);
                static_cast<void>(write("waited")(transaction));
                transaction.commit();
            };
            CHECK(failure_of(write_beside) == FailureKind::Locked);
        }
        CHECK(papers_in(*ours).empty());
        Writer writer(*ours);
        CHECK(writer.run(kOffice, write("after")));
        CHECK(papers_in(*theirs) == std::vector{"after"s});
    });
}

TEST_CASE("a connection lost in a transaction is named, leaves nothing, and the next one works") {
    for_each_database([](Database& database) {
        if (database.dialect() == Dialect::Sqlite) return;
        make_table(database);
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            REQUIRE(write("lost")(transaction));
            connection->settle();
            end_all_sessions(database.url());
            REQUIRE(write("lost")(transaction));
            CHECK(failure_of([&] { connection->settle(); }) == FailureKind::ConnectionLost);
        }
        CHECK(papers_in(database).empty());
    });
}

TEST_CASE("idle connections the server ended are replaced without anybody noticing") {
    for_each_database([](Database& database) {
        if (database.dialect() == Dialect::Sqlite) return;
        make_table(database);
        CHECK(papers_in(database).empty());
        end_all_sessions(database.url());
        Writer writer(database);
        CHECK(writer.run(kOffice, write("after")));
        CHECK(papers_in(database) == std::vector{"after"s});
    });
}

TEST_CASE("a reader whose connection is lost hears so") {
    for_each_database([](Database& database) {
        if (database.dialect() == Dialect::Sqlite) return;
        const auto reader = database.reading();
        end_all_sessions(database.url());
        CHECK(failure_of([&] { lines_of(*reader, "SELECT 1"); }) == FailureKind::ConnectionLost);
    });
}

TEST_CASE("a server that is not there is named") {
    CHECK(failure_of([] {
              static_cast<void>(
                  Database::open("postgresql://nobody@127.0.0.1:1/none", Migrate::No));
          }) == FailureKind::ConnectionLost);
}

TEST_CASE("a server's own words for what struck it are understood") {
    const auto server = testing::postgresql_server();
    if (!server) return;
    const auto connection = open_postgresql(*server);
    const auto raised = [&](const std::string& sqlstate) {
        return failure_of([&] {
            connection->run_script(fmt::format(
                "DO $$ BEGIN RAISE EXCEPTION 'struck' USING ERRCODE = '{}'; END $$", sqlstate));
        });
    };
    CHECK(raised("53100") == FailureKind::DiskFull);
    CHECK(raised("40001") == FailureKind::Conflict);
    CHECK(raised("40P01") == FailureKind::Conflict);
    CHECK(raised("23505") == FailureKind::Conflict);
    CHECK(raised("23503") == FailureKind::Other);
    CHECK(raised("25006") == FailureKind::ReadOnly);
    CHECK(raised("57P01") == FailureKind::ConnectionLost);
    CHECK(raised("08006") == FailureKind::ConnectionLost);
    CHECK(raised("53300") == FailureKind::Locked);
    CHECK(raised("55P03") == FailureKind::Locked);
    CHECK(raised("XX001") == FailureKind::Corrupt);
    CHECK(raised("42601") == FailureKind::Other);
}

TEST_CASE("a damaged file is named") {
    const testing::Scratch scratch;
    const auto file = scratch.file("test.db");
    {
        const auto database = opened(file);
        make_table(*database);
        Writer writer(*database);
        for (int n = 0; n < 50; ++n) REQUIRE(writer.run(kOffice, write(std::string(3'000, 'x'))));
    }
    {
        std::fstream damaged(file, std::ios::binary | std::ios::in | std::ios::out);
        damaged.seekp(4096);
        for (int n = 0; n < 100'000; ++n) damaged.put('?');
    }
    CHECK(failure_of([&] {
              const auto database = Database::open(file, Migrate::No);
              REQUIRE(database);
              papers_in(**database);
          }) == FailureKind::Corrupt);
}

TEST_CASE("a folder that is not there is named") {
    const testing::Scratch scratch;
    CHECK(failure_of([&] {
              static_cast<void>(Database::open(scratch.file("none/test.db"), Migrate::Yes));
          }) == FailureKind::ConnectionLost);
}

TEST_CASE("every kind of failure has its own sentence") {
    std::vector<std::string> sentences;
    for (const auto kind :
         {FailureKind::DiskFull, FailureKind::Locked, FailureKind::ConnectionLost,
          FailureKind::ReadOnly, FailureKind::Corrupt, FailureKind::Conflict, FailureKind::Other}) {
        const auto sentence = message_for(Failure(kind, "detail"));
        CHECK(sentence.ends_with("。"));
        CHECK(sentence.find("detail") == std::string::npos);
        CHECK(std::find(sentences.begin(), sentences.end(), sentence) == sentences.end());
        sentences.push_back(sentence);
    }
}

}  // namespace fazhi::storage
