#include "bare_sqlite.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>
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
    std::string sql;  // of one row
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

namespace {

std::string joined(const std::vector<std::string>& names, const std::string& each,
                   const std::string& between) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out += (i == 0 ? "" : between) + fmt::format(fmt::runtime(each), names[i], i + 1);
    return out;
}

TableRows rows_of(BareSqlite& bare, std::string sql, const std::string& select) {
    TableRows out;
    out.sql = std::move(sql);
    for_rows(bare.handle(), select, [&](sqlite3_stmt* row) {
        out.columns = sqlite3_column_count(row);
        for (int i = 0; i < out.columns; ++i)
            out.cells.emplace_back(sqlite3_value_dup(sqlite3_column_value(row, i)));
    });
    return out;
}

// One table of `main`, where another stands in `before`.
class ChangedTable {
public:
    ChangedTable(BareSqlite& bare, std::string table)
        : bare_(bare), table_(std::move(table)), keys_(columns("pk > 0")) {
        if (keys_.empty()) keys_ = columns("pk = 0");
        same_ = joined(keys_, "was.{0} IS now.{0}", " AND ");
    }

    [[nodiscard]] TableRows added() {
        const std::vector<std::string> all = columns("TRUE");
        return rows_of(bare_,
                       fmt::format("INSERT INTO {} VALUES ({})", table_, joined(all, "?{1}", ", ")),
                       fmt::format("SELECT * FROM main.{0} AS now WHERE NOT EXISTS (SELECT 1 FROM "
                                   "before.{0} AS was WHERE {1})",
                                   table_, same_));
    }

    // Only the columns in which some row differs are written.
    [[nodiscard]] TableRows altered() {
        std::vector<std::string> names;
        for (const std::string& column : columns("pk = 0")) {
            if (bare_.number(fmt::format(
                    "SELECT EXISTS (SELECT 1 {0} WHERE was.{1} IS NOT now.{1})", both(), column)) !=
                0)
                names.push_back(column);
        }
        if (names.empty()) return {};
        const std::string differs = joined(names, "was.{0} IS NOT now.{0}", " OR ");
        const std::string sets = joined(names, "{0} = ?{1}", ", ");
        names.insert(names.end(), keys_.begin(), keys_.end());
        const std::string values = joined(names, "now.{0}", ", ");
        std::string where;
        for (std::size_t i = names.size() - keys_.size(); i < names.size(); ++i)
            where += fmt::format("{}{} = ?{}", where.empty() ? "" : " AND ", names[i], i + 1);
        return rows_of(bare_, fmt::format("UPDATE {} SET {} WHERE {}", table_, sets, where),
                       fmt::format("SELECT {} {} WHERE {}", values, both(), differs));
    }

private:
    [[nodiscard]] std::vector<std::string> columns(const std::string& which) {
        return bare_.texts(
            fmt::format("SELECT name FROM pragma_table_info('{}') WHERE {}", table_, which));
    }
    [[nodiscard]] std::string both() const {
        return fmt::format("FROM main.{0} AS now JOIN before.{0} AS was ON {1}", table_, same_);
    }

    BareSqlite& bare_;
    std::string table_;
    std::vector<std::string> keys_;
    std::string same_;
};

}  // namespace

NewRows::NewRows(const std::filesystem::path& before, const std::filesystem::path& after) {
    BareSqlite bare(after);
    bare.run("ATTACH '" + before.string() + "' AS before");
    for (const std::string& table :
         bare.texts("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                    "'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid")) {
        ChangedTable changed(bare, table);
        for (TableRows& rows : std::array{changed.added(), changed.altered()}) {
            if (rows.columns > 0) tables_.push_back(std::move(rows));
        }
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
    for (const TableRows& rows : tables_) statements.push_back(prepared(bare.handle(), rows.sql));
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
                if (sqlite3_step(statement) != SQLITE_DONE) fail(bare.handle(), rows.sql);
                sqlite3_reset(statement);
            }
        }
        bare.run("COMMIT");
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace fazhi::bench
