// Prepared statements sent to a PostgreSQL server in one journey, and their results (libpq's
// pipeline mode). For postgres_connection.cpp.
//
// One thread at a time. What the server refuses throws Failure.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "storage/connection.h"
#include "storage/failure.h"

namespace fazhi::storage {

using PostgresResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

PostgresResult own(PGresult* result);
// Throws what the result says went wrong.
void check(PGconn* connection, const PGresult* result);
Failure lost_connection(PGconn* connection);

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
    // Sends `before`, then the statement that is waited for. `in_use` is set while this stands.
    PostgresJourney(PGconn* connection, bool& in_use, std::span<const PostgresStatement> before,
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

    PGconn* connection_;
    bool& in_use_;
    std::size_t before_;
};

}  // namespace fazhi::storage
