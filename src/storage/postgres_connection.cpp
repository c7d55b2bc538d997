#include "storage/postgres_connection.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include "base/digest.h"
#include "base/invariant.h"
#include "storage/cells.h"
#include "storage/limits.h"
#include "storage/postgres_insert.h"
#include "storage/postgres_statement.h"
#include "storage/statement_cache.h"

namespace fazhi::storage {
namespace {

constexpr Oid kBytea = 17;  // pg_type.dat: never changes.

using Handle = std::unique_ptr<PGconn, decltype(&PQfinish)>;
// Statements under way before their answers are read, which the connection holds meanwhile.
constexpr std::size_t kUnderWayMax = 256;

class PostgresRow final : public Row {
public:
    explicit PostgresRow(const PGresult* result) : result_(result) {}

    [[nodiscard]] int width() const override { return PQnfields(result_); }
    [[nodiscard]] bool is_null(int column) const override {
        return PQgetisnull(result_, 0, column) == 1;
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        return is_null(column) ? 0 : whole_number_in(raw(column));
    }
    [[nodiscard]] std::string_view text(int column) const override { return bytes(column); }
    [[nodiscard]] std::string_view bytes(int column) const override {
        if (PQftype(result_, column) != kBytea || is_null(column)) return raw(column);
        const auto found = decoded_.find(column);
        if (found != decoded_.end()) return found->second;
        return decoded_.emplace(column, decode(raw(column))).first->second;
    }

private:
    [[nodiscard]] std::string_view raw(int column) const {
        return {PQgetvalue(result_, 0, column),
                static_cast<std::size_t>(PQgetlength(result_, 0, column))};
    }

    // bytea_output is hex: \x and two digits a byte.
    static std::string decode(std::string_view text) {
        auto decoded = text.starts_with("\\x") ? from_hex(text.substr(2)) : std::nullopt;
        if (!decoded) throw Failure(FailureKind::Other, "PostgreSQL: bytea_output is not hex");
        return *std::move(decoded);
    }

    const PGresult* result_;
    mutable std::map<int, std::string> decoded_;  // The views of bytes() last as long as the row.
};

// What fazhi.sight says (0017_rows_apart).
std::string words_of(const Sight& sight) {
    if (sight.everything) return "*";
    std::vector<std::int64_t> ids;
    for (const JurisdictionId jurisdiction : sight.of) ids.push_back(jurisdiction.value);
    return fmt::format("{}", fmt::join(ids, ","));
}

class PostgresConnection final : public KeptConnection {
public:
    explicit PostgresConnection(Handle connection) : connection_(std::move(connection)) {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::Postgresql; }

    void execute(std::string_view sql, std::span<const Cell> parameters) override {
        const bool begins = !is_in_transaction();
        if (begins && !sql.starts_with("BEGIN")) {
            change(sql, parameters);
            return;
        }
        if (begins) sight_ = Sight::all();
        ++told_;
        tell(sql, parameters);
    }

    std::int64_t change(std::string_view sql, std::span<const Cell> parameters) override {
        if (sql == "ROLLBACK") forget_what_is_undone();
        // As a transaction begins: what the session sees.
        if (!is_in_transaction()) sight_ = Sight::all();
        ++told_;
        check_cells(parameters);
        pipeline_.tell(prepared(sql), parameters);
        PostgresJourney journey(pipeline_, in_use_);
        journey.pass_to_last();
        const PostgresResult result = journey.next();
        if (!result) throw lost_connection(raw());
        const std::string_view tag = PQcmdStatus(result.get());
        // A transaction in which something failed answers COMMIT by undoing, without calling it an
        // error.
        if (tag == "ROLLBACK" && sql == "COMMIT") {
            throw Failure(FailureKind::Other, "PostgreSQL: the transaction could not be committed");
        }
        const std::string_view count = PQcmdTuples(result.get());
        return count.empty() || tag.starts_with("SELECT") ? 0 : whole_number_in(count);
    }

    void settle() override {
        if (pipeline_.under_way() > 0) PostgresJourney(pipeline_, in_use_).pass_all();
    }

    [[nodiscard]] std::uint64_t told() const override { return told_; }

    void query(std::string_view sql, std::span<const Cell> parameters,
               const RowReader& read) override {
        if (!sql.starts_with("SELECT")) ++told_;
        check_cells(parameters);
        pipeline_.tell(prepared(sql), parameters);
        PostgresJourney journey(pipeline_, in_use_);
        journey.pass_to_last();
        journey.row_by_row();
        while (const auto result = journey.next()) {
            if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) read(PostgresRow(result.get()));
        }
    }

    void insert_rows(std::string_view table, std::span<const std::string> columns,
                     std::span<const std::vector<Cell>> rows) override {
        INVARIANT(is_in_transaction());
        if (rows.empty()) return;
        const std::string sql = insert_for(table, columns);
        for (std::size_t first = 0; first < rows.size(); first += kRowsPerInsert) {
            const auto chunk = rows.subspan(first, std::min(kRowsPerInsert, rows.size() - first));
            std::vector<Cell> arrays;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                arrays.emplace_back(array_of(chunk, i));
            }
            execute(sql, arrays);
        }
    }

    void run_script(std::string_view sql) override {
        INVARIANT(!in_use_);
        settle();
        ++told_;
        run(std::string(sql).c_str());
        // Tables may have changed under the statements and the column types.
        run("DEALLOCATE ALL");
        statements_.clear();
        inserts_.clear();
    }

    // An idle connection has nothing to read, unless the server is taking leave.
    bool is_alive() override {
        pollfd waiting{PQsocket(raw()), POLLIN, 0};
        return PQstatus(raw()) == CONNECTION_OK && poll(&waiting, 1, /*timeout=*/0) == 0;
    }

    bool make_idle() noexcept override {
        forget_what_is_undone();
        if (PQpipelineStatus(raw()) != PQ_PIPELINE_OFF) return false;  // A journey that was lost.
        switch (PQtransactionStatus(raw())) {
            case PQTRANS_IDLE:
                return PQstatus(raw()) == CONNECTION_OK;
            case PQTRANS_INTRANS:
            case PQTRANS_INERROR:
                return PQresultStatus(PostgresResult(PQexec(raw(), "ROLLBACK")).get()) ==
                       PGRES_COMMAND_OK;
            case PQTRANS_ACTIVE:
            case PQTRANS_UNKNOWN:
                return false;
        }
        return false;
    }

    void begin_reading(const Sight& sight) override {
        // The snapshot is of the first statement that needs one.
        run(fmt::format("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL fazhi.sight = "
                        "'{}'; SELECT 1",
                        words_of(sight))
                .c_str());
        sight_ = sight;
    }

    void see(const Sight& sight) override {
        INVARIANT(is_in_transaction());
        if (sight == sight_) return;
        tell("SELECT set_config('fazhi.sight', $1, true)", std::array{Cell(words_of(sight))});
        sight_ = sight;
    }

    void see_too(JurisdictionId jurisdiction) override {
        if (sight_.everything) return;
        Sight more = sight_;
        if (std::find(more.of.begin(), more.of.end(), jurisdiction) == more.of.end())
            more.of.push_back(jurisdiction);
        sight_ = {};  // An undone savepoint may have taken back what was said in it.
        see(more);
    }

    void run(const char* sql) { check(raw(), PostgresResult(PQexec(raw(), sql)).get()); }

private:
    [[nodiscard]] PGconn* raw() const { return connection_.get(); }

    [[nodiscard]] bool is_in_transaction() const {
        return PQtransactionStatus(raw()) != PQTRANS_IDLE || pipeline_.under_way() > 0;
    }

    void tell(std::string_view sql, std::span<const Cell> parameters) {
        check_cells(parameters);
        pipeline_.tell(prepared(sql), parameters);
        if (pipeline_.under_way() >= kUnderWayMax) settle();
    }

    // Nobody is told of what failed in it.
    void forget_what_is_undone() noexcept {
        try {
            settle();
        } catch (const Failure&) {
            return;
        }
    }

    const std::string& prepared(std::string_view sql) {
        INVARIANT(!in_use_);  // A row reader does not use its connection (connection.h).
        if (const std::string* known = statements_.find(sql)) return *known;
        settle();  // What cannot be prepared fails behind what is under way, which may use the
                   // oldest.
        if (statements_.is_full()) {
            run(fmt::format("DEALLOCATE {}", statements_.oldest()).c_str());
            statements_.drop_oldest();
        }
        std::string name = fmt::format("s{}", next_name_++);
        check(raw(),
              PostgresResult(PQprepare(raw(), name.c_str(), std::string(sql).c_str(), 0, nullptr))
                  .get());
        return statements_.keep(sql, std::move(name));
    }

    const std::string& insert_for(std::string_view table, std::span<const std::string> columns) {
        const std::string key = insert_into(table, columns);
        const auto found = inserts_.find(key);
        if (found != inserts_.end()) return found->second;
        if (inserts_.size() >= kStatementsMax) inserts_.clear();
        return inserts_.emplace(key, unnest_insert(table, columns, types_of(table, columns)))
            .first->second;
    }

    std::vector<std::string> types_of(std::string_view table,
                                      std::span<const std::string> columns) {
        std::map<std::string, std::string, std::less<>> types;
        query(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
            "WHERE attrelid = CAST(CAST($1 AS TEXT) AS regclass) AND attnum > 0 AND NOT "
            "attisdropped",
            std::array{Cell(std::string(table))}, [&](const Row& row) {
                types.emplace(std::string(row.text(0)), std::string(row.text(1)));
            });
        std::vector<std::string> out;
        for (const std::string& column : columns) {
            const auto found = types.find(column);
            if (found == types.end()) {
                throw Failure(FailureKind::Other,
                              fmt::format("{} has no column {}", table, column));
            }
            out.push_back(found->second);
        }
        return out;
    }

    Handle connection_;
    StatementCache<std::string> statements_;                   // The name each has on the server.
    std::map<std::string, std::string, std::less<>> inserts_;  // With the types, by without them.
    std::uint64_t next_name_ = 0;
    bool in_use_ = false;               // A row reader is running.
    Sight sight_ = Sight::all();        // Of the transaction under way.
    PostgresPipeline pipeline_{raw()};  // Of the transaction under way, which may begin with it.
    std::uint64_t told_ = 0;            // Statements that are no questions.
};

void ignore_notice(void* /*argument*/, const PGresult* /*notice*/) {}

Handle connect(const std::string& url) {
    // What stands before dbname the url may change; what stands after it, it may not.
    static constexpr std::array kKeywords = {"connect_timeout",  "application_name",
                                             "tcp_user_timeout", "keepalives_idle",
                                             "dbname",           "client_encoding",
                                             "options",          static_cast<const char*>(nullptr)};
    const std::array values = {"10",
                               "fazhi",
                               "30000",
                               "30",
                               url.c_str(),
                               "UTF8",
                               "-c fazhi.sight=*",
                               static_cast<const char*>(nullptr)};
    Handle connection(PQconnectdbParams(kKeywords.data(), values.data(), /*expand_dbname=*/1),
                      PQfinish);
    if (!connection) throw std::bad_alloc();
    if (PQstatus(connection.get()) != CONNECTION_OK) throw lost_connection(connection.get());
    PQsetNoticeReceiver(connection.get(), ignore_notice, nullptr);
    // Until a transaction says otherwise (0017_rows_apart).
    check(connection.get(),
          PostgresResult(PQexec(connection.get(), "SET fazhi.sight = '*'")).get());
    return connection;
}

}  // namespace

FailureKind kind_of_sqlstate(std::string_view sqlstate) {
    struct Known {
        std::string_view prefix;
        FailureKind kind;
    };
    // The first that fits: exact states before their class. PostgreSQL manual, appendix A.
    static constexpr std::array kKnown = {
        Known{"23505", FailureKind::Conflict},     // unique_violation
        Known{"23P01", FailureKind::Conflict},     // exclusion_violation
        Known{"40", FailureKind::Conflict},        // transaction rollback: serialisation, deadlock
        Known{"53100", FailureKind::DiskFull},     // disk_full
        Known{"53300", FailureKind::Locked},       // too_many_connections
        Known{"55P03", FailureKind::Locked},       // lock_not_available
        Known{"57014", FailureKind::Locked},       // query_canceled: statement_timeout
        Known{"25006", FailureKind::ReadOnly},     // read_only_sql_transaction
        Known{"42501", FailureKind::ReadOnly},     // insufficient_privilege
        Known{"08", FailureKind::ConnectionLost},  // connection exception
        Known{"57P",
              FailureKind::ConnectionLost},  // admin_shutdown, crash_shutdown, cannot_connect_now
        Known{"25P03", FailureKind::ConnectionLost},  // idle_in_transaction_session_timeout
        Known{"58", FailureKind::ConnectionLost},     // system error: io_error
        Known{"XX001", FailureKind::Corrupt},         // data_corrupted
        Known{"XX002", FailureKind::Corrupt},         // index_corrupted
    };
    for (const Known& known : kKnown) {
        if (sqlstate.starts_with(known.prefix)) return known.kind;
    }
    return FailureKind::Other;
}

std::unique_ptr<KeptConnection> open_postgresql(const std::string& url) {
    auto opened = std::make_unique<PostgresConnection>(connect(url));
    opened->run(fmt::format("SET lock_timeout = {}", kLockWait.count()).c_str());
    // An answer means durable, whatever the server's default is; a stricter one (remote_apply) is
    // kept.
    opened->run(
        "SELECT set_config('synchronous_commit', 'on', false) "
        "WHERE current_setting('synchronous_commit') = 'off'");
    opened->run("SET bytea_output = 'hex'; SET standard_conforming_strings = on");
    return opened;
}

}  // namespace fazhi::storage
