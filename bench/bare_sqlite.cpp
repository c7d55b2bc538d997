#include "bare_sqlite.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>

#include <sqlite3.h>

namespace fazhi::bench {
namespace {

struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

struct FreeValue {
    void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Cell = std::unique_ptr<sqlite3_value, FreeValue>;

[[noreturn]] void fail(sqlite3* handle, const std::string& sql) {
    throw std::runtime_error(std::string(sqlite3_errmsg(handle)) + ": " + sql);
}

Statement prepared(sqlite3* handle, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) != SQLITE_OK)
        fail(handle, sql);
    return Statement(statement);
}

// `each` is called with the statement standing on a row.
template <class Each>
void for_rows(sqlite3* handle, const std::string& sql, const Each& each) {
    const Statement statement = prepared(handle, sql);
    int answer = SQLITE_ROW;
    while ((answer = sqlite3_step(statement.get())) == SQLITE_ROW) each(statement.get());
    if (answer != SQLITE_DONE) fail(handle, sql);
}

}  // namespace

struct TableRows {
    std::string insert;
    int columns = 0;
    std::vector<Cell> cells;  // row by row

    [[nodiscard]] std::size_t size() const {
        return cells.size() / static_cast<std::size_t>(columns);
    }
};

BareSqlite::BareSqlite(const std::filesystem::path& file) {
    if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) {
        sqlite3_close(handle_);
        throw std::runtime_error("cannot open " + file.string());
    }
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("PRAGMA foreign_keys = ON");
}

BareSqlite::~BareSqlite() {
    sqlite3_close(handle_);
}

void BareSqlite::run(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(handle_, sql);
}

std::int64_t BareSqlite::number(const std::string& sql) {
    std::int64_t out = 0;
    for_rows(handle_, sql, [&](sqlite3_stmt* row) { out = sqlite3_column_int64(row, 0); });
    return out;
}

std::vector<std::string> BareSqlite::texts(const std::string& sql) {
    std::vector<std::string> out;
    for_rows(handle_, sql, [&](sqlite3_stmt* row) {
        out.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(row, 0)));
    });
    return out;
}

void BareSqlite::blobs(const std::string& sql, const std::function<void(std::string_view)>& each) {
    for_rows(handle_, sql, [&](sqlite3_stmt* row) {
        each({static_cast<const char*>(sqlite3_column_blob(row, 0)),
              static_cast<std::size_t>(sqlite3_column_bytes(row, 0))});
    });
}

void BareSqlite::run(const std::string& sql, std::int64_t first, std::int64_t second,
                     std::int64_t third, std::string_view bytes) {
    const Statement statement = prepared(handle_, sql);
    sqlite3_bind_int64(statement.get(), 1, first);
    sqlite3_bind_int64(statement.get(), 2, second);
    sqlite3_bind_int64(statement.get(), 3, third);
    sqlite3_bind_blob64(statement.get(), 4, bytes.data(), bytes.size(), SQLITE_STATIC);
    if (sqlite3_step(statement.get()) != SQLITE_DONE) fail(handle_, sql);
}

std::int64_t BareSqlite::read_all(const std::string& sql) {
    std::int64_t cells = 0;
    for_rows(handle_, sql, [&](sqlite3_stmt* row) {
        for (int i = 0; i < sqlite3_column_count(row); ++i)
            cells += sqlite3_column_bytes(row, i) >= 0 ? 1 : 0;
    });
    return cells;
}

NewRows::NewRows(const std::filesystem::path& before, const std::filesystem::path& after) {
    BareSqlite bare(after);
    bare.run("ATTACH '" + before.string() + "' AS before");
    for (const std::string& table :
         bare.texts("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                    "'sqlite_%' ORDER BY rowid")) {
        TableRows rows;
        rows.insert = "INSERT OR REPLACE INTO " + table + " VALUES (";
        for_rows(bare.handle(),
                 "SELECT * FROM main." + table + " EXCEPT SELECT * FROM before." + table,
                 [&](sqlite3_stmt* row) {
                     rows.columns = sqlite3_column_count(row);
                     for (int i = 0; i < rows.columns; ++i)
                         rows.cells.emplace_back(sqlite3_value_dup(sqlite3_column_value(row, i)));
                 });
        if (rows.columns == 0) continue;
        for (int i = 1; i <= rows.columns; ++i)
            rows.insert += (i == 1 ? "?" : ", ?") + std::to_string(i);
        rows.insert += ")";
        tables_.push_back(std::move(rows));
    }
}

NewRows::~NewRows() = default;

std::size_t NewRows::size() const {
    std::size_t out = 0;
    for (const TableRows& rows : tables_) out += rows.size();
    return out;
}

double NewRows::write_to(const std::filesystem::path& file, int transactions) const {
    BareSqlite bare(file);
    std::vector<Statement> statements;
    for (const TableRows& rows : tables_)
        statements.push_back(prepared(bare.handle(), rows.insert));
    const auto portions = static_cast<std::size_t>(transactions);
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t portion = 0; portion < portions; ++portion) {
        bare.run("BEGIN IMMEDIATE");
        bare.run("PRAGMA defer_foreign_keys = ON");  // Portions cut across tables.
        for (std::size_t table = 0; table < tables_.size(); ++table) {
            const TableRows& rows = tables_[table];
            sqlite3_stmt* statement = statements[table].get();
            for (std::size_t row = rows.size() * portion / portions;
                 row < rows.size() * (portion + 1) / portions; ++row) {
                for (int i = 0; i < rows.columns; ++i) {
                    const std::size_t at =
                        row * static_cast<std::size_t>(rows.columns) + static_cast<std::size_t>(i);
                    sqlite3_bind_value(statement, i + 1, rows.cells[at].get());
                }
                if (sqlite3_step(statement) != SQLITE_DONE) fail(bare.handle(), rows.insert);
                sqlite3_reset(statement);
            }
        }
        bare.run("COMMIT");
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace fazhi::bench
