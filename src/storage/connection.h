// One way to talk to a database, whichever it is: SQLite inside the process, or PostgreSQL.
//
// SQL is written once, in what both understand; parameters are $1, $2, … and are always bound.
// Dates and instants are text (YYYY-MM-DD, …Z), yes/no is 0 or 1, money is fen. A connection
// belongs to one thread at a time. Name the columns you read (no SELECT *), and CAST a parameter
// that stands where nothing gives it a type. Anything the database cannot do throws
// storage::Failure (failure.h); nothing here is a refusal.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.h"

namespace fazhi::storage {

enum class Dialect { Sqlite, Postgresql };

struct Blob {
    std::string bytes;
    friend auto operator<=>(const Blob&, const Blob&) = default;
};

// One bound parameter or one column of a row: nothing, a whole number, text (UTF-8) or bytes.
using Cell = std::variant<std::monostate, std::int64_t, std::string, Blob>;

// The row a query stands on; valid only inside the callback.
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual int width() const = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    // 0 where null; yes and no are 1 and 0. Throws Failure where the column holds no whole number.
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;   // "" where null
    [[nodiscard]] virtual std::string_view bytes(int column) const = 0;  // "" where null
};

using RowReader = std::function<void(const Row&)>;

// Whose rows a transaction sees and writes: those of some jurisdictions, or everybody's. The
// PostgreSQL server itself keeps to it (row-level security on every table with a jurisdiction_id);
// an SQLite database has no such thing.
struct Sight {
    bool everything = false;
    std::vector<JurisdictionId> of = {};

    static Sight all() { return {.everything = true}; }
    static Sight only(JurisdictionId jurisdiction) { return {.of = {jurisdiction}}; }
    friend bool operator==(const Sight&, const Sight&) = default;
};

class Connection {
public:
    virtual ~Connection() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;

    // Runs one statement (prepared once a connection, kept by its text). Within a transaction a
    // PostgreSQL server works at it while the program goes on: what goes wrong is thrown by the
    // next statement that answers, or by settle().
    virtual void execute(std::string_view sql, std::span<const Cell> parameters) = 0;
    // The same at once; answers how many rows it changed.
    virtual std::int64_t change(std::string_view sql, std::span<const Cell> parameters) = 0;
    // Waits until all that was executed is done.
    virtual void settle() = 0;
    // How many statements were told that are no questions; never less than before.
    [[nodiscard]] virtual std::uint64_t told() const = 0;
    // Runs one statement and calls `read` for each row, in order, streaming. `read` must not use
    // this connection.
    virtual void query(std::string_view sql, std::span<const Cell> parameters,
                       const RowReader& read) = 0;
    // Inserts `rows` (each as wide as `columns`) in as few statements as the database allows.
    // `table` and `columns` come from checked definitions or our own code, never from input. Only
    // within a transaction; told as execute() is.
    virtual void insert_rows(std::string_view table, std::span<const std::string> columns,
                             std::span<const std::vector<Cell>> rows) = 0;
    // see(): from here to the end of the transaction, instead of what was seen before (at first
    // everything); not in a savepoint. see_too(): besides what is seen, until the transaction ends
    // or the savepoint it is said in is undone.
    virtual void see(const Sight&) = 0;
    virtual void see_too(JurisdictionId) = 0;
    // Several statements without parameters or results: migrations and made tables.
    virtual void run_script(std::string_view sql) = 0;

    void execute(std::string_view sql, std::initializer_list<Cell> parameters = {}) {
        execute(sql, std::span<const Cell>(parameters.begin(), parameters.size()));
    }
    std::int64_t change(std::string_view sql, std::initializer_list<Cell> parameters = {}) {
        return change(sql, std::span<const Cell>(parameters.begin(), parameters.size()));
    }
    void query(std::string_view sql, std::initializer_list<Cell> parameters,
               const RowReader& read) {
        query(sql, std::span<const Cell>(parameters.begin(), parameters.size()), read);
    }
};

// For a table with a jurisdiction_id that was just made: its rows are for those who have them in
// sight. Again: nothing. SQLite: nothing.
void keep_rows_apart(Connection&, const std::string& table);

// DDL in both dialects: {int} {blob} {strict} become INTEGER/BIGINT, BLOB/BYTEA, STRICT/nothing.
std::string in_dialect(Dialect, std::string_view ddl);

}  // namespace fazhi::storage
