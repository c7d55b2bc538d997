#include "storage/connection.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "storage/database.h"
#include "storage/failure.h"
#include "storage/statement_cache.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

using namespace std::string_literals;

namespace fazhi::storage {
namespace {

using testing::failure_of;
using testing::for_each_database;
using testing::lines_of;

void make_table(Connection& connection) {
    connection.run_script(in_dialect(connection.dialect(),
                                     "CREATE TABLE thing (id {int} NOT NULL PRIMARY KEY, name TEXT,"
                                     " amount {int}, content {blob}) {strict}"));
}

const std::array<std::string, 4> kColumns = {"id", "name", "amount", "content"};

// Awkward values, one row each.
std::vector<std::vector<Cell>> awkward_rows() {
    std::string all_bytes;
    for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
    return {
        {std::int64_t{1}, "调解台账：张三“甲”"s, std::numeric_limits<std::int64_t>::max(),
         Blob{all_bytes}},
        {std::int64_t{2}, ""s, std::numeric_limits<std::int64_t>::min(), Blob{""}},
        {std::int64_t{3}, std::monostate{}, std::monostate{}, std::monostate{}},
        {std::int64_t{4}, "a\"b\\c,{d}NULL\n'e'"s, std::int64_t{0}, Blob{"\0\0"s}},
        {std::int64_t{5}, "NULL"s, std::int64_t{-1}, Blob{"\\x00"}},
    };
}

std::vector<std::vector<Cell>> stored_rows(Connection& connection) {
    std::vector<std::vector<Cell>> out;
    connection.query("SELECT id, name, amount, content FROM thing ORDER BY id", {},
                     [&](const Row& row) {
                         std::vector<Cell> cells(4);
                         cells[0] = row.integer(0);
                         if (!row.is_null(1)) cells[1] = std::string(row.text(1));
                         if (!row.is_null(2)) cells[2] = row.integer(2);
                         if (!row.is_null(3)) cells[3] = Blob{std::string(row.bytes(3))};
                         out.push_back(std::move(cells));
                     });
    return out;
}

}  // namespace

TEST_CASE("every value comes back as it was stored, one statement a row") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        for (const auto& row : awkward_rows()) {
            CHECK(connection->change("INSERT INTO thing (id, name, amount, content) "
                                     "VALUES ($1, $2, $3, $4)",
                                     row) == 1);
        }
        CHECK(stored_rows(*connection) == awkward_rows());
    });
}

TEST_CASE("every value comes back as it was stored, many rows at once") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        auto rows = awkward_rows();
        for (std::int64_t id = 6; id <= 2'345; ++id) {
            rows.push_back({id, "第"s + std::to_string(id) + "件", -id, Blob{std::to_string(id)}});
        }
        Transaction transaction(*connection);
        connection->insert_rows("thing", kColumns, {});
        connection->insert_rows("thing", kColumns, rows);
        transaction.commit();
        CHECK(stored_rows(*connection) == rows);
    });
}

TEST_CASE("a parameter may stand in several places, and in any order") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        connection->execute("INSERT INTO thing (name, id, amount) VALUES ($2, $1, $1)",
                            {std::int64_t{7}, "七"s});
        CHECK(lines_of(*connection, "SELECT id, name, amount, content FROM thing") ==
              std::vector{"7|七|7|-"s});
    });
}

TEST_CASE("a statement answers how many rows it changed") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        connection->execute("INSERT INTO thing (id) VALUES ($1), ($2)",
                            {std::int64_t{1}, std::int64_t{2}});
        CHECK(connection->change("UPDATE thing SET amount = 5") == 2);
        CHECK(connection->change("UPDATE thing SET amount = 6 WHERE id = 99") == 0);
        CHECK(connection->change("SELECT id FROM thing") == 0);
        CHECK(connection->change("DELETE FROM thing WHERE id = 1") == 1);
    });
}

TEST_CASE("yes and no, sums and counts read as whole numbers; anything else is not guessed") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        connection->execute(
            "INSERT INTO thing (id, name, amount) VALUES (1, '甲', 40), (2, '12', 2)");
        connection->query("SELECT sum(amount), count(*), 1 < 2, 2 < 1 FROM thing", {},
                          [](const Row& row) {
                              CHECK(row.integer(0) == 42);
                              CHECK(row.integer(1) == 2);
                              CHECK(row.integer(2) == 1);
                              CHECK(row.integer(3) == 0);
                          });
        const auto read_name = [&] {
            connection->query("SELECT name FROM thing WHERE id = 1", {},
                              [](const Row& row) { static_cast<void>(row.integer(0)); });
        };
        CHECK(failure_of(read_name) == FailureKind::Other);
        CHECK(lines_of(*connection, "SELECT count(*) FROM thing") == std::vector{"2"s});
    });
}

TEST_CASE("text with U+0000 is not stored cut off") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        CHECK_THROWS_AS(
            connection->execute("INSERT INTO thing (id, name) VALUES (1, $1)", {"a\0b"s}), Failure);
        CHECK(lines_of(*connection, "SELECT id FROM thing").empty());
    });
}

TEST_CASE("what a row's reader throws comes out, and the connection is good for the next query") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        connection->execute("INSERT INTO thing (id) VALUES (1), (2), (3)");
        int seen = 0;
        const auto stop_at_second = [&](const Row&) {
            if (++seen == 2) throw std::runtime_error("enough");
        };
        CHECK_THROWS_AS(connection->query("SELECT id FROM thing", {}, stop_at_second),
                        std::runtime_error);
        CHECK(seen == 2);
        CHECK(lines_of(*connection, "SELECT count(*) FROM thing") == std::vector{"3"s});
    });
}

TEST_CASE("more statements than a connection keeps still run, and the server keeps no more") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        for (int round = 0; round < 2; ++round) {
            for (std::size_t n = 0; n < kStatementsMax + 50; ++n) {
                const auto sql = "SELECT " + std::to_string(n);
                REQUIRE(lines_of(*connection, sql) == std::vector{std::to_string(n)});
            }
        }
        if (database.dialect() == Dialect::Sqlite) return;
        connection->query("SELECT count(*) FROM pg_prepared_statements", {}, [](const Row& row) {
            CHECK(row.integer(0) <= static_cast<std::int64_t>(kStatementsMax));
        });
    });
}

TEST_CASE("a statement follows its table through a change of columns") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        make_table(*connection);
        const std::vector<std::vector<Cell>> row = {{std::int64_t{1}}};
        const std::array<std::string, 1> id = {"id"};
        Transaction transaction(*connection);
        connection->insert_rows("thing", id, row);
        CHECK(lines_of(*connection, "SELECT * FROM thing") == std::vector{"1|-|-|-"s});
        connection->run_script("DROP TABLE thing; CREATE TABLE thing (id TEXT, extra TEXT)");
        const std::vector<std::vector<Cell>> text_row = {{"甲"s}};
        connection->insert_rows("thing", id, text_row);
        CHECK(lines_of(*connection, "SELECT * FROM thing") == std::vector{"甲|-"s});
        transaction.commit();
    });
}

TEST_CASE("a second row of one key is a conflict, a missing value is not") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        connection->run_script("CREATE TABLE named (name TEXT NOT NULL UNIQUE)");
        const auto insert = [&](Cell name) {
            return [&connection, name] {
                connection->execute("INSERT INTO named (name) VALUES ($1)", {name});
            };
        };
        insert("甲"s)();
        CHECK(failure_of(insert("甲"s)) == FailureKind::Conflict);
        CHECK(failure_of(insert(std::monostate{})) == FailureKind::Other);
        CHECK(failure_of([&] { connection->execute("SELECT 1; SELECT 2"); }) == FailureKind::Other);
        CHECK(failure_of([&] { connection->execute("SELECT \"not a column\" FROM named"); }) ==
              FailureKind::Other);
        CHECK(lines_of(*connection, "SELECT count(*) FROM named") == std::vector{"1"s});
    });
}

TEST_CASE("made tables are written once for both databases") {
    const auto* ddl = "CREATE TABLE t (a {int}, b {blob}, c {int}) {strict}";
    CHECK(in_dialect(Dialect::Sqlite, ddl) ==
          "CREATE TABLE t (a INTEGER, b BLOB, c INTEGER) STRICT");
    CHECK(in_dialect(Dialect::Postgresql, ddl) == "CREATE TABLE t (a BIGINT, b BYTEA, c BIGINT) ");
}

TEST_CASE("the statement cache forgets the statement unused for longest") {
    StatementCache<int> cache;
    for (std::size_t n = 0; n < kStatementsMax; ++n)
        cache.keep(std::to_string(n), static_cast<int>(n));
    REQUIRE(cache.find("0") != nullptr);
    CHECK(cache.is_full());
    CHECK(cache.oldest() == 1);
    cache.drop_oldest();
    CHECK(cache.find("1") == nullptr);
    CHECK_FALSE(cache.is_full());
    CHECK(*cache.find("0") == 0);
}

}  // namespace fazhi::storage
