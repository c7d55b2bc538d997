// The bare engine on PostgreSQL: libpq, and the rows of a transaction table by table in statements
// of many rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct pg_conn;

namespace fazhi::bench {

class BarePostgresql {
public:
    explicit BarePostgresql(const std::string& url);

    void run(const std::string& sql);
    [[nodiscard]] std::vector<std::string> texts(const std::string& sql);  // first column
    [[nodiscard]] pg_conn* handle() const { return handle_.get(); }

private:
    struct Close {
        void operator()(pg_conn* connection) const;
    };
    std::unique_ptr<pg_conn, Close> handle_;
};

// Rows as text, as PostgreSQL prints and reads them.
struct BareTable {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<std::string>>> rows;
};

// What every table holds beyond what `before` (of an earlier call) held; with nothing before: all.
std::vector<BareTable> rows_beyond(BarePostgresql&, const std::vector<BareTable>& before);

// Writes the rows in `transactions` equal portions; answers the seconds it took. Rows of tables
// whose row is updated again and again (journal_head, number_counter) replace what is there.
double write_rows(BarePostgresql&, const std::vector<BareTable>&, int transactions);

// Writes what the tables hold beyond `before` once more, in a schema of its own where the same
// tables stand as they were before; answers the seconds it took.
double write_again(BarePostgresql&, const std::vector<BareTable>& before, int transactions);

}  // namespace fazhi::bench
