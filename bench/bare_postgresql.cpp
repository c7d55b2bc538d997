#include "bare_postgresql.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "bench.h"

namespace fazhi::bench {
namespace {

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

Answer checked(PGconn* connection, PGresult* result) {
    Answer answer(result);
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(PQerrorMessage(connection));
    return answer;
}

// One statement for up to this many rows; a parameter each cell, of which there may be 65,535.
constexpr std::size_t kRowsMost = 500;

std::string insertion(const BareTable& table, std::size_t rows, const std::string& conflict) {
    std::string sql =
        fmt::format("INSERT INTO {} ({}) VALUES ", table.name, fmt::join(table.columns, ", "));
    std::size_t place = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        sql += row == 0 ? "(" : ", (";
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            sql += fmt::format("{}${}", i == 0 ? "" : ", ", ++place);
        sql += ")";
    }
    return sql + conflict;
}

// How a row replaces the one with its key, where the table has rows that are updated.
std::string conflict_of(BarePostgresql& bare, const BareTable& table) {
    const auto key = bare.texts(fmt::format(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND "
        "a.attnum = ANY(i.indkey) WHERE i.indrelid = '{}'::regclass AND i.indisprimary",
        table.name));
    std::string sets;
    for (const std::string& column : table.columns) {
        if (std::find(key.begin(), key.end(), column) != key.end()) continue;
        sets += fmt::format("{0}{1} = excluded.{1}", sets.empty() ? "" : ", ", column);
    }
    if (key.empty() || sets.empty()) return "";
    return fmt::format(" ON CONFLICT ({}) DO UPDATE SET {}", fmt::join(key, ", "), sets);
}

void insert(PGconn* connection, const std::string& sql, const BareTable& table, std::size_t from,
            std::size_t to) {
    std::vector<const char*> values;
    for (std::size_t row = from; row < to; ++row) {
        for (const auto& cell : table.rows[row]) values.push_back(cell ? cell->c_str() : nullptr);
    }
    checked(connection, PQexecParams(connection, sql.c_str(), static_cast<int>(values.size()),
                                     nullptr, values.data(), nullptr, nullptr, 0));
}

}  // namespace

void BarePostgresql::Close::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

BarePostgresql::BarePostgresql(const std::string& url) : handle_(PQconnectdb(url.c_str())) {
    if (PQstatus(handle()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(handle()));
    PQsetNoticeReceiver(
        handle(), [](void*, const PGresult*) {}, nullptr);
    run("SET fazhi.sight = '*'");  // the rows of every jurisdiction
}

void BarePostgresql::run(const std::string& sql) {
    checked(handle(), PQexec(handle(), sql.c_str()));
}

std::vector<std::string> BarePostgresql::texts(const std::string& sql) {
    const Answer answer = checked(handle(), PQexec(handle(), sql.c_str()));
    std::vector<std::string> out;
    for (int row = 0; row < PQntuples(answer.get()); ++row)
        out.emplace_back(PQgetvalue(answer.get(), row, 0));
    return out;
}

std::vector<BareTable> rows_beyond(BarePostgresql& bare, const std::vector<BareTable>& before) {
    std::vector<BareTable> out;
    for (const std::string& name : bare.texts(
             "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")) {
        BareTable table{.name = name, .columns = {}, .rows = {}};
        const Answer all =
            checked(bare.handle(), PQexec(bare.handle(), ("SELECT * FROM " + name).c_str()));
        const int width = PQnfields(all.get());
        for (int i = 0; i < width; ++i) table.columns.emplace_back(PQfname(all.get(), i));
        const auto old = std::find_if(before.begin(), before.end(),
                                      [&](const BareTable& each) { return each.name == name; });
        std::set<std::vector<std::optional<std::string>>> known;
        if (old != before.end()) known = {old->rows.begin(), old->rows.end()};
        for (int row = 0; row < PQntuples(all.get()); ++row) {
            std::vector<std::optional<std::string>> cells;
            for (int i = 0; i < width; ++i) {
                if (PQgetisnull(all.get(), row, i) != 0) {
                    cells.emplace_back();
                } else {
                    cells.emplace_back(PQgetvalue(all.get(), row, i));
                }
            }
            if (!known.contains(cells)) table.rows.push_back(std::move(cells));
        }
        if (!table.rows.empty()) out.push_back(std::move(table));
    }
    return out;
}

double write_rows(BarePostgresql& bare, const std::vector<BareTable>& tables, int transactions) {
    std::vector<std::string> conflicts;
    for (const BareTable& table : tables) conflicts.push_back(conflict_of(bare, table));
    const auto portions = static_cast<std::size_t>(transactions);
    const Instant begun = now();
    for (std::size_t portion = 0; portion < portions; ++portion) {
        bare.run("BEGIN");
        for (std::size_t n = 0; n < tables.size(); ++n) {
            const std::size_t end = tables[n].rows.size() * (portion + 1) / portions;
            for (std::size_t from = tables[n].rows.size() * portion / portions; from < end;) {
                const std::size_t to = std::min(end, from + kRowsMost);
                insert(bare.handle(), insertion(tables[n], to - from, conflicts[n]), tables[n],
                       from, to);
                from = to;
            }
        }
        bare.run("COMMIT");
    }
    return seconds_since(begun);
}

double write_again(BarePostgresql& libpq, const std::vector<BareTable>& before, int transactions) {
    const std::vector<BareTable> made = rows_beyond(libpq, before);
    libpq.run("DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare");
    for (const std::vector<BareTable>& tables : {before, made}) {
        for (const BareTable& table : tables)
            libpq.run(fmt::format(
                "CREATE TABLE IF NOT EXISTS bare.{0} (LIKE public.{0} INCLUDING ALL)", table.name));
    }
    libpq.run("SET search_path = bare");
    static_cast<void>(write_rows(libpq, before, 1));
    const double seconds = write_rows(libpq, made, transactions);
    libpq.run("SET search_path = public");
    return seconds;
}

}  // namespace fazhi::bench
