// Prepared statements sent to a PostgreSQL server in one journey, and their results (libpq's
// pipeline mode). For postgres_connection.cpp.
//
// One thread at a time. What the server refuses throws Failure.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/failure.h"

struct pg_conn;  // libpq's
struct pg_result;

namespace fazhi::storage {

struct ClearPostgresResult {
    void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, ClearPostgresResult>;

// Throws what the result says went wrong.
void check(pg_conn* connection, const pg_result* result);
Failure lost_connection(pg_conn* connection);

// What a text may not hold; throws.
void check_cells(std::span<const Cell> cells);

// Its cells are checked.
struct PostgresStatement {
    std::string name;  // on the server
    std::vector<Cell> cells;
};

// Statements under way. Their rest is read and dropped at the end, or the connection could not be
// used again.
class PostgresJourney {
public:
    // Sends `before`, then the statement that is waited for, whose cells are checked. `in_use` is
    // set while this stands.
    PostgresJourney(pg_conn* connection, bool& in_use, std::span<const PostgresStatement> before,
                    const std::string& name, std::span<const Cell> cells);
    ~PostgresJourney();
    PostgresJourney(const PostgresJourney&) = delete;
    PostgresJourney& operator=(const PostgresJourney&) = delete;

    // That all `before` are done: the server stops at the first that fails. Asked first.
    void pass_those_before();
    // Of the statement that is waited for, one result a row.
    void row_by_row();
    // Its next result, checked; null behind the last.
    PostgresResult next();

private:
    void send(const std::string& name, std::span<const Cell> cells);

    pg_conn* connection_;
    bool& in_use_;
    std::size_t before_;
};

}  // namespace fazhi::storage
