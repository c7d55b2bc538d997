#include "storage/writer.h"

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/database.h"
#include "storage/errors.h"
#include "storage/failure.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

using namespace std::string_literals;

namespace fazhi::storage {
namespace {

using testing::failure_of;
using testing::for_each_database;
using testing::lines_of;

constexpr JurisdictionId kOffice{1};

// Counts the commits: flushed once a group.
class GroupCount final : public Companion {
public:
    static void of(Transaction& transaction) {
        static const char kKey = 0;
        transaction.companion(&kKey, [] { return std::make_unique<GroupCount>(); });
    }
    void mark() override {}
    void keep_mark() override {}
    void back_to_mark() override {}
    void flush(Transaction& transaction) override {
        transaction.connection().execute("INSERT INTO group_mark (n) VALUES (1)");
    }
};

void make_tables(Database& database) {
    database.writing()->run_script(in_dialect(
        database.dialect(),
        "CREATE TABLE record (jurisdiction {int} NOT NULL, seq {int} NOT NULL, name TEXT NOT NULL,"
        " PRIMARY KEY (jurisdiction, seq)) {strict}; CREATE TABLE group_mark (n {int}) {strict}"));
}

// Records `name` as the next of the jurisdiction, as the journal does.
Command record(JurisdictionId jurisdiction, std::string name) {
    return [jurisdiction, name = std::move(name)](Transaction& transaction) -> Result<void> {
        GroupCount::of(transaction);
        transaction.connection().execute(
            "INSERT INTO record (jurisdiction, seq, name) SELECT CAST($1 AS BIGINT), "
            "COALESCE(max(seq), 0) + 1, CAST($2 AS TEXT) FROM record WHERE jurisdiction = $1",
            {jurisdiction.value, name});
        return {};
    };
}

Command refused(JurisdictionId jurisdiction, std::string name) {
    return [write = record(jurisdiction, std::move(name))](Transaction& t) -> Result<void> {
        TRY_OK(write(t));
        return refuse(ErrorKind::RefusedByRule, "test.refused", "不可以。");
    };
}

std::vector<std::string> names_in(Database& database, JurisdictionId jurisdiction) {
    std::vector<std::string> names;
    database.reading()->query("SELECT name FROM record WHERE jurisdiction = $1 ORDER BY seq",
                              {jurisdiction.value},
                              [&](const Row& row) { names.emplace_back(row.text(0)); });
    return names;
}

// Keeps the lane of a jurisdiction busy, so that what is submitted meanwhile makes one group.
class Pause {
public:
    Pause(Writer& writer, JurisdictionId jurisdiction) {
        auto going_on = go_on_.get_future().share();
        done_ = writer.submit(jurisdiction, [this, going_on](Transaction&) -> Result<void> {
            begun_.set_value();
            going_on.wait();
            return {};
        });
        begun_.get_future().wait();
    }
    void end() {
        go_on_.set_value();
        CHECK(done_.get());
    }

private:
    std::promise<void> begun_;
    std::promise<void> go_on_;
    std::future<Result<void>> done_;
};

}  // namespace

TEST_CASE("what the writer answered can be read at once") {
    for_each_database([](Database& database) {
        make_tables(database);
        Writer writer(database);
        CHECK(writer.run(kOffice, record(kOffice, "甲")));
        CHECK(names_in(database, kOffice) == std::vector{"甲"s});
    });
}

TEST_CASE("commands that wait together are committed together, a refused one is undone alone") {
    for_each_database([](Database& database) {
        make_tables(database);
        Writer writer(database);
        Pause pause(writer, kOffice);
        auto first = writer.submit(kOffice, record(kOffice, "甲"));
        auto second = writer.submit(kOffice, refused(kOffice, "乙"));
        auto third = writer.submit(kOffice, [](Transaction& transaction) -> Result<void> {
            TRY_OK(record(kOffice, "丙")(transaction));
            throw std::runtime_error("accident");
        });
        auto fourth = writer.submit(kOffice, record(kOffice, "丁"));
        pause.end();

        CHECK(first.get());
        const auto answer = second.get();
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == "test.refused");
        CHECK_THROWS_WITH_AS(static_cast<void>(third.get()), "accident", std::runtime_error);
        CHECK(fourth.get());
        CHECK(names_in(database, kOffice) == std::vector{"甲"s, "丁"s});
        CHECK(lines_of(*database.reading(), "SELECT count(*) FROM group_mark") ==
              std::vector{"1"s});
    });
}

TEST_CASE("a group is run again where one was refused after it changed something, and only then") {
    for_each_database([](Database& database) {
        make_tables(database);
        Writer writer(database);
        const auto runs_beside = [&](const std::string& name, Command other) {
            int runs = 0;
            Pause pause(writer, kOffice);
            auto first = writer.submit(kOffice, [&](Transaction& transaction) {
                ++runs;
                return record(kOffice, name)(transaction);
            });
            auto second = writer.submit(kOffice, std::move(other));
            pause.end();
            CHECK(first.get());
            CHECK_FALSE(second.get());
            return runs;
        };
        CHECK(runs_beside("甲", [](Transaction& transaction) -> Result<void> {
                  transaction.connection().query("SELECT name FROM record", {}, [](const Row&) {});
                  return refuse(ErrorKind::RefusedByRule, "test.refused", "不可以。");
              }) == 1);
        CHECK(runs_beside("乙", refused(kOffice, "丙")) == 2);
        CHECK(names_in(database, kOffice) == std::vector{"甲"s, "乙"s});
    });
}

TEST_CASE("what the database refuses is answered to whose it is, wherever in the group it stands") {
    for_each_database([](Database& database) {
        make_tables(database);
        Writer writer(database);
        const auto twice = [](Transaction& transaction) -> Result<void> {
            for (const char* name : {"乙", "丙"}) {
                transaction.connection().execute(
                    "INSERT INTO record (jurisdiction, seq, name) VALUES ($1, 77, $2)",
                    {kOffice.value, std::string(name)});
            }
            return {};
        };
        for (int place = 0; place < 3; ++place) {
            Pause pause(writer, kOffice);
            std::vector<std::future<Result<void>>> answers;
            for (int n = 0; n < 3; ++n) {
                answers.push_back(
                    writer.submit(kOffice, n == place ? Command(twice) : record(kOffice, "甲")));
            }
            pause.end();
            for (int n = 0; n < 3; ++n) {
                auto& answer = answers[static_cast<std::size_t>(n)];
                if (n == place) {
                    CHECK(failure_of([&] { static_cast<void>(answer.get()); }) ==
                          FailureKind::Conflict);
                } else {
                    CHECK(answer.get());
                }
            }
        }
        CHECK(names_in(database, kOffice) == std::vector<std::string>(6, "甲"));
    });
}

TEST_CASE("when a group cannot be committed, every command of it hears so and none stands") {
    for_each_database([](Database& database) {
        make_tables(database);
        database.writing()->run_script("DROP TABLE group_mark");  // The companions' flush fails.
        Writer writer(database);
        Pause pause(writer, kOffice);
        auto first = writer.submit(kOffice, record(kOffice, "甲"));
        auto second = writer.submit(kOffice, record(kOffice, "乙"));
        pause.end();
        CHECK(failure_of([&] { static_cast<void>(first.get()); }).has_value());
        CHECK(failure_of([&] { static_cast<void>(second.get()); }).has_value());
        CHECK(names_in(database, kOffice).empty());

        database.writing()->run_script("CREATE TABLE group_mark (n INTEGER)");
        CHECK(writer.run(kOffice, record(kOffice, "丙")));
        CHECK(names_in(database, kOffice) == std::vector{"丙"s});
    });
}

TEST_CASE("a connection lost in a group fails the whole group, and the writer goes on") {
    for_each_database([](Database& database) {
        if (database.dialect() == Dialect::Sqlite) return;
        make_tables(database);
        Writer writer(database);
        Pause pause(writer, kOffice);
        std::vector<std::future<Result<void>>> group;
        group.push_back(writer.submit(kOffice, record(kOffice, "甲")));
        group.push_back(writer.submit(kOffice, [](Transaction& transaction) -> Result<void> {
            transaction.connection().query("SELECT pg_terminate_backend(pg_backend_pid())", {},
                                           [](const Row&) {});
            return {};
        }));
        group.push_back(writer.submit(kOffice, record(kOffice, "乙")));
        pause.end();
        for (auto& one : group) {
            CHECK(failure_of([&] { static_cast<void>(one.get()); }) == FailureKind::ConnectionLost);
        }
        CHECK(names_in(database, kOffice).empty());
        CHECK(writer.run(kOffice, record(kOffice, "丙")));
        CHECK(names_in(database, kOffice) == std::vector{"丙"s});
    });
}

TEST_CASE("each jurisdiction's commands happen in the order they were given") {
    for_each_database([](Database& database) {
        constexpr int kJurisdictions = 6;
        constexpr int kCommands = 60;
        make_tables(database);
        {
            Writer writer(database);
            std::vector<std::thread> offices;
            for (int office = 1; office <= kJurisdictions; ++office) {
                offices.emplace_back([&writer, office] {
                    for (int n = 0; n < kCommands; ++n) {
                        static_cast<void>(writer.submit(JurisdictionId{office},
                                                        record({office}, std::to_string(n))));
                    }
                });
            }
            for (auto& office : offices) office.join();
        }  // Finishes what was accepted.
        std::vector<std::string> expected;
        for (int n = 0; n < kCommands; ++n) expected.push_back(std::to_string(n));
        for (int office = 1; office <= kJurisdictions; ++office) {
            CHECK(names_in(database, {office}) == expected);
        }
    });
}

TEST_CASE("many commands at once are each answered, in as few commits as the limit allows") {
    for_each_database([](Database& database) {
        make_tables(database);
        Writer writer(database);
        std::vector<Command> commands;
        std::vector<std::string> expected;
        for (std::size_t n = 0; n < 2 * kGroupMax + 1; ++n) {
            const auto name = std::to_string(n);
            const bool bad = n % 100 == 7;
            commands.push_back(bad ? refused(kOffice, name) : record(kOffice, name));
            if (!bad) expected.push_back(name);
        }
        const auto answers = writer.run_all(kOffice, std::move(commands));
        REQUIRE(answers.size() == 2 * kGroupMax + 1);
        for (std::size_t n = 0; n < answers.size(); ++n) {
            CHECK(answers[n].has_value() == (n % 100 != 7));
        }
        CHECK(names_in(database, kOffice) == expected);
        CHECK(lines_of(*database.reading(), "SELECT count(*) FROM group_mark") ==
              std::vector{"3"s});
    });
}

TEST_CASE("what a command reads, no other process changes before it commits") {
    for_each_database([](Database& database) {
        make_tables(database);
        constexpr int kEach = 200;
        const auto write_all = [&database] {
            Writer own(database);  // A process has a Writer of its own.
            for (int i = 0; i < kEach; ++i) {
                const auto done = own.run(kOffice, [](Transaction& transaction) -> Result<void> {
                    std::int64_t last = 0;
                    transaction.connection().query(
                        "SELECT COALESCE(max(seq), 0) FROM record", {},
                        [&last](const Row& row) { last = row.integer(0); });
                    std::this_thread::yield();
                    transaction.connection().execute(
                        "INSERT INTO record (jurisdiction, seq, name) VALUES (1, $1, 'x')",
                        {last + 1});
                    return {};
                });
                if (!done) throw std::runtime_error(done.error().message);
            }
        };
        auto beside = std::async(std::launch::async, write_all);
        write_all();
        beside.get();
        CHECK(lines_of(*database.reading(), "SELECT max(seq), count(*) FROM record") ==
              std::vector{fmt::format("{0}|{0}", 2 * kEach)});
    });
}

TEST_CASE(
    "processes that write for the same jurisdictions in other orders do not block each other") {
    for_each_database([](Database& database) {
        make_tables(database);
        constexpr int kEach = 100;
        const auto write_all = [&database](bool upwards) {
            Writer own(database);
            std::vector<std::future<Result<void>>> answers;
            for (int i = 0; i < kEach; ++i) {
                const std::int64_t lane = i % 3 * 4 + 4;  // of one thread on PostgreSQL
                const JurisdictionId office{upwards ? lane : 16 - lane};
                answers.push_back(own.submit(office, record(office, "x")));
            }
            for (auto& answer : answers) {
                if (!answer.get()) throw std::runtime_error("refused");
            }
        };
        auto beside = std::async(std::launch::async, write_all, false);
        write_all(true);
        beside.get();
        CHECK(lines_of(*database.reading(), "SELECT count(*) FROM record") ==
              std::vector{std::to_string(2 * kEach)});
    });
}

TEST_CASE("a queue that is full refuses, and what it took is still done") {
    for_each_database([](Database& database) {
        Writer writer(database);
        std::atomic<std::size_t> done = 0;
        const auto count = [&done](Transaction&) -> Result<void> {
            ++done;
            return {};
        };
        Pause pause(writer, kOffice);
        std::vector<std::future<Result<void>>> answers;
        for (std::size_t n = 0; n < kQueueMax; ++n)
            answers.push_back(writer.submit(kOffice, count));
        const auto one_more = writer.submit(kOffice, count).get();
        const auto several = writer.run_all(kOffice, {count, count});
        pause.end();

        REQUIRE_FALSE(one_more);
        CHECK(one_more.error().code == errors::kBusy);
        CHECK(one_more.error().kind == ErrorKind::Unavailable);
        REQUIRE(several.size() == 2);
        CHECK_FALSE(several[0]);
        CHECK_FALSE(several[1]);
        for (auto& answer : answers) REQUIRE(answer.get());
        CHECK(done == kQueueMax);
    });
}

TEST_CASE("readers read while the writer writes, each a whole moment") {
    for_each_database([](Database& database) {
        make_tables(database);
        Writer writer(database);
        std::atomic<bool> ending = false;
        std::atomic<int> reads = 0;
        std::atomic<int> torn = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 2; ++i) {
            readers.emplace_back([&] {
                do {
                    const auto connection = database.reading();
                    const auto* sql = "SELECT count(*) % 2 FROM record";
                    if (lines_of(*connection, sql) != std::vector{"0"s}) ++torn;
                    ++reads;
                } while (!ending);
            });
        }
        for (int n = 0; n < 100; ++n) {
            CHECK(writer.run(kOffice, [&](Transaction& transaction) -> Result<void> {
                TRY_OK(record(kOffice, "一")(transaction));
                return record(kOffice, "二")(transaction);
            }));
        }
        ending = true;
        for (auto& reader : readers) reader.join();
        CHECK(torn == 0);
        CHECK(reads >= 2);
        CHECK(names_in(database, kOffice).size() == 200);
    });
}

}  // namespace fazhi::storage
