#include "storage/transaction.h"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "storage/database.h"
#include "storage/failure.h"
#include "storage/testing/databases.h"

using namespace std::string_literals;

namespace fazhi::storage {
namespace {

using testing::failure_of;
using testing::for_each_database;
using testing::lines_of;

// Holds back what is noted in it and writes it at the end, as the journal does with its frontier.
class Notes final : public Companion {
public:
    static Notes& of(Transaction& transaction) {
        static const char kKey = 0;
        return dynamic_cast<Notes&>(
            transaction.companion(&kKey, [] { return std::make_unique<Notes>(); }));
    }

    void add(const std::string& note) { held_ += note; }
    [[nodiscard]] const std::string& held() const { return held_; }

    void mark() override { marks_.push_back(held_.size()); }
    void keep_mark() override { marks_.pop_back(); }
    void back_to_mark() override {
        held_.resize(marks_.back());
        marks_.pop_back();
    }
    void flush(Transaction& transaction) override {
        transaction.connection().execute("INSERT INTO note (text) VALUES ($1)", {held_});
    }

private:
    std::string held_;
    std::vector<std::size_t> marks_;
};

void make_table(Connection& connection) {
    connection.run_script("CREATE TABLE note (text TEXT NOT NULL UNIQUE)");
}

void write(Transaction& transaction, const std::string& text) {
    transaction.connection().execute("INSERT INTO note (text) VALUES ($1)", {text});
}

Result<void> refused() {
    return refuse(ErrorKind::RefusedByRule, "test.refused", "不可以。");
}

std::vector<std::string> notes_in(Database& database) {
    return lines_of(*database.reading(), "SELECT text FROM note ORDER BY text");
}

}  // namespace

TEST_CASE("a transaction that is not committed leaves nothing") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
        }
        CHECK(notes_in(database).empty());
    });
}

TEST_CASE("what a refused step did is undone, its companion's notes too, and the rest stands") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            const auto kept = transaction.attempt([&]() -> Result<void> {
                write(transaction, "甲");
                Notes::of(transaction).add("a");
                return {};
            });
            CHECK(kept);
            const auto undone = transaction.attempt([&]() -> Result<void> {
                write(transaction, "乙");
                Notes::of(transaction).add("b");
                return refused();
            });
            REQUIRE_FALSE(undone);
            CHECK(undone.error().code == "test.refused");
            CHECK(Notes::of(transaction).held() == "a");
            Notes::of(transaction).add("c");
            transaction.commit();
            CHECK_FALSE(transaction.is_open());
        }
        CHECK(notes_in(database) == std::vector{"ac"s, "甲"s});
    });
}

TEST_CASE("a companion first made in a refused step is not flushed") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            CHECK_FALSE(transaction.attempt([&]() -> Result<void> {
                Notes::of(transaction).add("x");
                return refused();
            }));
            transaction.commit();
        }
        CHECK(notes_in(database).empty());
    });
}

TEST_CASE("what a step throws goes on, after its changes are undone") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
            const auto throwing = [&]() -> Result<void> {
                write(transaction, "乙");
                Notes::of(transaction).add("b");
                throw std::runtime_error("accident");
            };
            CHECK_THROWS_WITH_AS(static_cast<void>(transaction.attempt(throwing)), "accident",
                                 std::runtime_error);
            CHECK(transaction.is_open());
            transaction.commit();
        }
        CHECK(notes_in(database) == std::vector{"甲"s});
    });
}

TEST_CASE("a step the database refuses is undone alone, on PostgreSQL as on SQLite") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
            const auto twice = [&]() -> Result<void> {
                write(transaction, "乙");
                write(transaction, "甲");
                return {};
            };
            CHECK(failure_of([&] { static_cast<void>(transaction.attempt(twice)); }) ==
                  FailureKind::Conflict);
            write(transaction, "丙");
            transaction.commit();
        }
        CHECK(notes_in(database) == std::vector{"丙"s, "甲"s});
    });
}

TEST_CASE("a step within a step is undone with the outer one") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            CHECK_FALSE(transaction.attempt([&]() -> Result<void> {
                const auto inner = transaction.attempt([&]() -> Result<void> {
                    write(transaction, "甲");
                    Notes::of(transaction).add("a");
                    return {};
                });
                CHECK(inner);
                return refused();
            }));
            const auto outer = transaction.attempt([&]() -> Result<void> {
                write(transaction, "乙");
                CHECK_FALSE(transaction.attempt([&]() -> Result<void> {
                    write(transaction, "丙");
                    return refused();
                }));
                return {};
            });
            CHECK(outer);
            transaction.commit();
        }
        CHECK(notes_in(database) == std::vector{"乙"s});
    });
}

TEST_CASE("a commit that fails leaves nothing, and says so") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
            Notes::of(transaction).add("甲");  // Its flush breaks the unique key.
            CHECK(failure_of([&] { transaction.commit(); }) == FailureKind::Conflict);
        }
        CHECK(notes_in(database).empty());
    });
}

TEST_CASE("a transaction in which a statement failed outside any step cannot pass for committed") {
    for_each_database([](Database& database) {
        if (database.dialect() == Dialect::Sqlite) return;  // There the statement alone is undone.
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
            write(transaction, "甲");
            CHECK(failure_of([&] { connection->settle(); }) == FailureKind::Conflict);
            CHECK(failure_of([&] { transaction.commit(); }).has_value());
        }
        CHECK(notes_in(database).empty());
    });
}

TEST_CASE("what cannot be written is thrown by the step that wrote it, and undone with it alone") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        const auto connection = database.writing();
        Transaction transaction(*connection);
        const auto step_writing = [&](const std::vector<std::string>& texts, Result<void> answer) {
            return transaction.attempt([&] {
                for (const std::string& text : texts) write(transaction, text);
                return answer;
            });
        };
        CHECK(step_writing({"甲"}, {}));
        CHECK(failure_of([&] {
                  static_cast<void>(step_writing({"乙", "乙"}, {}));
              }) == FailureKind::Conflict);
        // A step that refuses is undone, whatever of it the server was not told yet.
        const auto answer_of = [&](const std::vector<std::string>& texts) {
            try {
                return step_writing(texts, refused()).has_value() ? "done" : "refused";
            } catch (const Failure&) {  // SQLite says so at once.
                return "failed";
            }
        };
        CHECK(answer_of({"丙"}) == std::string("refused"));
        CHECK(answer_of({"丙", "丙"}) != std::string("done"));
        CHECK(step_writing({"丁"}, {}));
        transaction.commit();
        CHECK(notes_in(database) == std::vector{"丁"s, "甲"s});
    });
}

TEST_CASE("a question that cannot be asked undoes its step alone") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        const auto connection = database.writing();
        Transaction transaction(*connection);
        const auto step_asking = [&](const std::string& sql, const std::string& cell) {
            return failure_of([&] {
                static_cast<void>(transaction.attempt([&]() -> Result<void> {
                    write(transaction, "乙");
                    connection->query(sql, {cell}, [](const Row&) {});
                    return {};
                }));
            });
        };
        const std::string asked = "SELECT text FROM note WHERE text = $1";
        CHECK(step_asking(asked, "nul\0"s).has_value());  // Nothing was told to a server yet.
        write(transaction, "甲");
        CHECK(step_asking(asked, "nul\0"s).has_value());
        CHECK(step_asking("SELECT text FROM no_such_table WHERE text = $1", "").has_value());
        CHECK_FALSE(step_asking(asked, "乙").has_value());
        transaction.commit();
        CHECK(notes_in(database) == std::vector{"乙"s, "甲"s});
    });
}

TEST_CASE("an unguarded step that is refused before it changes anything leaves no trace") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        const auto connection = database.writing();
        Transaction transaction(*connection);
        CHECK(transaction.attempt_unguarded([&]() -> Result<void> {
            write(transaction, "甲");
            Notes::of(transaction).add("a");
            return {};
        }));
        const auto answer = transaction.attempt_unguarded([&]() -> Result<void> {
            connection->query("SELECT text FROM note", {}, [](const Row&) {});
            Notes::of(transaction).add("b");
            return refused();
        });
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == "test.refused");
        CHECK(transaction.is_open());
        CHECK(Notes::of(transaction).held() == "a");
        transaction.commit();
        CHECK(notes_in(database) == std::vector{"a"s, "甲"s});
    });
}

TEST_CASE("an unguarded step that is refused after it changed something takes all with it") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        const std::vector<std::function<Result<void>(Transaction&)>> steps = {
            [](Transaction& transaction) -> Result<void> {
                write(transaction, "乙");
                return refused();
            },
            [](Transaction& transaction) -> Result<void> {
                static const std::vector<std::string> kColumns = {"text"};
                const std::vector<std::vector<Cell>> rows = {{"乙"s}};
                transaction.connection().insert_rows("note", kColumns, rows);
                return refused();
            },
            [](Transaction& transaction) -> Result<void> {
                CHECK(transaction.connection().change("DELETE FROM note") == 1);
                return refused();
            },
            [](Transaction& transaction) -> Result<void> {
                transaction.connection().query(
                    "INSERT INTO note (text) VALUES ('乙') RETURNING text", {}, [](const Row&) {});
                return refused();
            }};
        for (const auto& step : steps) {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
            CHECK_FALSE(transaction.attempt_unguarded([&] { return step(transaction); }));
            CHECK_FALSE(transaction.is_open());
            CHECK(failure_of([&] { transaction.commit(); }).has_value());
        }
        CHECK(notes_in(database).empty());
    });
}

TEST_CASE("what an unguarded step throws goes on, and all is undone") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
            const auto throwing = [&]() -> Result<void> { throw std::runtime_error("accident"); };
            CHECK_THROWS_WITH_AS(static_cast<void>(transaction.attempt_unguarded(throwing)),
                                 "accident", std::runtime_error);
            CHECK_FALSE(transaction.is_open());
        }
        CHECK(notes_in(database).empty());
    });
}

TEST_CASE("as many statements as one likes may wait, and a text that cannot be kept is refused") {
    for_each_database([](Database& database) {
        database.writing()->run_script("CREATE TABLE note (text TEXT NOT NULL)");
        const auto connection = database.writing();
        Transaction transaction(*connection);
        for (int i = 0; i < 300; ++i) write(transaction, std::to_string(i));
        write(transaction, std::string(3'000'000, 'x'));
        CHECK_THROWS(write(transaction, "nul\0"s));
        transaction.commit();
        CHECK(notes_in(database).size() == 301);
    });
}

TEST_CASE("a reader keeps seeing the moment it began, while the writer goes on") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        const auto before = database.reading();
        {
            const auto connection = database.writing();
            Transaction transaction(*connection);
            write(transaction, "甲");
            CHECK(notes_in(database).empty());  // Not waiting for the writer, not seeing it either.
            transaction.commit();
        }
        CHECK(lines_of(*before, "SELECT text FROM note").empty());
        CHECK(notes_in(database) == std::vector{"甲"s});
    });
}

TEST_CASE("a reader cannot write") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        const auto reader = database.reading();
        CHECK(failure_of([&] { reader->change("INSERT INTO note (text) VALUES ('甲')"); }) ==
              FailureKind::ReadOnly);
        CHECK(notes_in(database).empty());
    });
}

TEST_CASE("what a borrower left open is undone before the next one gets the connection") {
    for_each_database([](Database& database) {
        make_table(*database.writing());
        {
            const auto careless = database.writing();
            careless->execute("BEGIN");
            careless->execute("INSERT INTO note (text) VALUES ('甲')");
        }
        const auto connection = database.writing();
        Transaction transaction(*connection);
        transaction.commit();
        CHECK(notes_in(database).empty());
    });
}

}  // namespace fazhi::storage
