// Prepared statements sent to a PostgreSQL server as they come, and their results in one journey
// (libpq's pipeline mode). For postgres_connection.cpp.
//
// One thread at a time. What the server refuses throws Failure.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
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

// A connection's statements under way. The server works at them while the program goes on.
class PostgresPipeline {
public:
    explicit PostgresPipeline(pg_conn* connection) : connection_(connection) {}

    // Sends a statement nobody waits for; its cells are checked. `name`: on the server.
    void tell(const std::string& name, std::span<const Cell> cells);
    // How many nobody has waited for; and that somebody does now.
    [[nodiscard]] std::size_t under_way() const { return under_way_; }
    std::size_t take() { return std::exchange(under_way_, 0); }
    [[nodiscard]] pg_conn* connection() const { return connection_; }

private:
    pg_conn* connection_;
    std::size_t under_way_ = 0;
};

// Waits for what is under way. The rest is read and dropped at the end, or the connection could not
// be used again.
class PostgresJourney {
public:
    // `in_use` is set while this stands.
    PostgresJourney(PostgresPipeline& pipeline, bool& in_use);
    ~PostgresJourney();
    PostgresJourney(const PostgresJourney&) = delete;
    PostgresJourney& operator=(const PostgresJourney&) = delete;

    // That they are done, all or all before the last: the server stops at the first that fails.
    void pass_all();
    void pass_to_last();
    // Of the last, one result a row.
    void row_by_row();
    // Its next result, checked; null behind the last.
    PostgresResult next();

private:
    pg_conn* connection_;
    bool& in_use_;
    std::size_t statements_;
};

}  // namespace fazhi::storage
