#include "storage/sqlite_connection.h"

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <new>
#include <span>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/invariant.h"
#include "storage/cells.h"
#include "storage/failure.h"
#include "storage/limits.h"
#include "storage/statement_cache.h"

namespace fazhi::storage {
namespace {

using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

struct Statement {
    StatementHandle handle;
    std::vector<int> positions;  // Where $1, $2, … are bound.
};

FailureKind kind_of_system_error(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return FailureKind::DiskFull;
        case EACCES:
        case EPERM:
        case EROFS:
            return FailureKind::ReadOnly;
        default:
            return FailureKind::ConnectionLost;
    }
}

FailureKind kind_of_constraint(int extended_code) {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return FailureKind::Conflict;
        default:
            return FailureKind::Other;
    }
}

FailureKind kind_of(int extended_code, int system_error) {
    switch (extended_code & 0xff) {
        case SQLITE_FULL:
            return FailureKind::DiskFull;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return FailureKind::Locked;
        case SQLITE_READONLY:
            return FailureKind::ReadOnly;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
            return kind_of_system_error(system_error);
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return FailureKind::Corrupt;
        case SQLITE_CONSTRAINT:
            return kind_of_constraint(extended_code);
        default:
            return FailureKind::Other;
    }
}

Failure failure_of(sqlite3* database) {
    const int code = sqlite3_extended_errcode(database);
    return {kind_of(code, sqlite3_system_errno(database)),
            fmt::format("SQLite: {} ({})", sqlite3_errmsg(database), code)};
}

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    [[nodiscard]] int width() const override { return sqlite3_data_count(statement_); }
    [[nodiscard]] bool is_null(int column) const override {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        const int type = sqlite3_column_type(statement_, column);
        if (type == SQLITE_INTEGER) return sqlite3_column_int64(statement_, column);
        return type == SQLITE_NULL ? 0 : whole_number_in(text(column));
    }
    [[nodiscard]] std::string_view text(int column) const override {
        const auto* first = sqlite3_column_text(statement_, column);
        const int size = sqlite3_column_bytes(statement_, column);
        if (first == nullptr) return {};
        return {reinterpret_cast<const char*>(first), static_cast<std::size_t>(size)};
    }
    [[nodiscard]] std::string_view bytes(int column) const override {
        const auto* first = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        const int size = sqlite3_column_bytes(statement_, column);
        if (first == nullptr) return {};
        return {first, static_cast<std::size_t>(size)};
    }

private:
    sqlite3_stmt* statement_;
};

// Readies the statement for its next use, however this one ends.
class Use {
public:
    explicit Use(sqlite3_stmt* statement) : statement_(statement) {}
    ~Use() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

private:
    sqlite3_stmt* statement_;
};

class Flag {
public:
    explicit Flag(bool& flag) : flag_(flag) { flag_ = true; }
    ~Flag() { flag_ = false; }
    Flag(const Flag&) = delete;
    Flag& operator=(const Flag&) = delete;

private:
    bool& flag_;
};

// Cells outlive the statement's step, so nothing is copied.
int bind(sqlite3_stmt* statement, int position, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        return sqlite3_bind_int64(statement, position, *number);
    }
    if (const auto* text = std::get_if<std::string>(&cell)) {
        refuse_nul_in(*text);
        return sqlite3_bind_text64(statement, position, text->data(), text->size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    }
    if (const auto* blob = std::get_if<Blob>(&cell)) {
        return sqlite3_bind_blob64(statement, position, blob->bytes.data(), blob->bytes.size(),
                                   SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, position);
}

std::vector<int> positions_in(sqlite3_stmt* statement) {
    std::vector<int> positions;
    const int count = sqlite3_bind_parameter_count(statement);
    for (int n = 1; n <= count; ++n) {
        positions.push_back(sqlite3_bind_parameter_index(statement, fmt::format("${}", n).c_str()));
        INVARIANT(positions.back() > 0);  // Parameters are $1 to $n, none left out.
    }
    return positions;
}

class SqliteConnection final : public KeptConnection {
public:
    SqliteConnection(Handle database, std::function<void()> log_full)
        : database_(std::move(database)), log_full_(std::move(log_full)) {
        if (log_full_) sqlite3_wal_hook(database_.get(), on_commit, this);
    }

    [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }
    [[nodiscard]] sqlite3* raw() const { return database_.get(); }

    void execute(std::string_view sql, std::span<const Cell> parameters) override {
        change(sql, parameters);
    }

    std::int64_t change(std::string_view sql, std::span<const Cell> parameters) override {
        if (is_ending_struck_transaction(sql)) return 0;
        const auto changes_before = sqlite3_total_changes64(database_.get());
        query(sql, parameters, [](const Row&) {});
        // The last count stands until the next change, so ask whether there was one.
        const bool changed = sqlite3_total_changes64(database_.get()) != changes_before;
        return changed ? sqlite3_changes64(database_.get()) : 0;
    }

    void query(std::string_view sql, std::span<const Cell> parameters,
               const RowReader& read) override {
        if (!sql.starts_with("SELECT")) ++told_;
        Statement& statement = ready(sql);
        const Use use(statement.handle.get());
        const Flag flag(in_use_);
        bind_all(statement, parameters);
        const SqliteRow row(statement.handle.get());
        while (step(statement.handle.get()) == SQLITE_ROW) read(row);
    }

    void insert_rows(std::string_view table, std::span<const std::string> columns,
                     std::span<const std::vector<Cell>> rows) override {
        INVARIANT(struck_ || is_in_transaction());
        if (rows.empty()) return;
        ++told_;
        Statement& statement = ready(insert_into(table, columns));
        for (const auto& row : rows) {
            const Use use(statement.handle.get());
            bind_all(statement, row);
            step(statement.handle.get());
        }
    }

    void run_script(std::string_view sql) override {
        refuse_if_struck();
        INVARIANT(!in_use_);
        ++told_;
        const bool was_in_transaction = is_in_transaction();
        const int code =
            sqlite3_exec(database_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) throw struck_by(failure_of(database_.get()), was_in_transaction);
    }

    bool is_alive() override { return true; }

    bool make_idle() noexcept override {
        struck_ = false;
        if (!is_in_transaction()) return true;
        try {
            query("ROLLBACK", {}, [](const Row&) {});
        } catch (const std::exception&) {  // Whoever asks throws the connection away.
            return false;
        }
        return !is_in_transaction();
    }

    void settle() override {}
    [[nodiscard]] std::uint64_t told() const override { return told_; }
    void see(const Sight& /*sight*/) override {}
    void see_too(JurisdictionId /*jurisdiction*/) override {}

    void begin_reading(const Sight& /*sight*/) override {
        // A deferred transaction has its snapshot from its first read on.
        query("BEGIN", {}, [](const Row&) {});
        query("SELECT 1 FROM sqlite_schema LIMIT 1", {}, [](const Row&) {});
    }

private:
    // As SQLite does by itself: what fails is left in the log. Waits for who empties it beside us.
    static void empty_log(sqlite3* database, const char* name) {
        constexpr std::chrono::milliseconds kPause{2};
        for (auto waited = std::chrono::milliseconds(0); waited < kLockWait; waited += kPause) {
            const int code = sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE,
                                                       nullptr, nullptr);
            if ((code & 0xff) != SQLITE_BUSY) return;
            std::this_thread::sleep_for(kPause);
        }
    }

    // After a commit that left so many pages in the log.
    static int on_commit(void* self, sqlite3* database, const char* name, int pages) {
        if (pages >= kLogPages) static_cast<SqliteConnection*>(self)->log_full_();
        if (pages >= kLogPagesMax) empty_log(database, name);
        return SQLITE_OK;
    }

    [[nodiscard]] bool is_in_transaction() const {
        return sqlite3_get_autocommit(database_.get()) == 0;
    }

    Statement& ready(std::string_view sql) {
        refuse_if_struck();
        INVARIANT(!in_use_);  // A row reader does not use its connection (connection.h).
        if (Statement* known = statements_.find(sql)) return *known;
        Statement made = prepare(sql);
        if (statements_.is_full()) statements_.drop_oldest();
        return statements_.keep(sql, std::move(made));
    }

    Statement prepare(std::string_view sql) {
        sqlite3_stmt* raw = nullptr;
        const char* rest = nullptr;
        const int code =
            sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &raw, &rest);
        StatementHandle handle(raw, sqlite3_finalize);
        if (code != SQLITE_OK) throw failure_of(database_.get());
        const auto used = static_cast<std::size_t>(rest - sql.data());
        if (raw == nullptr || sql.find_first_not_of(" ;\n\t", used) != std::string_view::npos) {
            throw Failure(FailureKind::Other, "one statement at a time: use run_script");
        }
        auto positions = positions_in(raw);
        return {std::move(handle), std::move(positions)};
    }

    void bind_all(const Statement& statement, std::span<const Cell> cells) {
        INVARIANT(cells.size() == statement.positions.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const int code = bind(statement.handle.get(), statement.positions[i], cells[i]);
            if (code != SQLITE_OK) throw failure_of(database_.get());
        }
    }

    int step(sqlite3_stmt* statement) {
        const bool was_in_transaction = is_in_transaction();
        const int code = sqlite3_step(statement);
        if (code == SQLITE_ROW || code == SQLITE_DONE) return code;
        throw struck_by(failure_of(database_.get()), was_in_transaction);
    }

    // Some failures (a full disk) make SQLite undo the whole transaction at once. What follows
    // would then be written outside any transaction: nothing is run until the transaction is ended,
    // as PostgreSQL does.
    Failure struck_by(Failure failure, bool was_in_transaction) {
        struck_ = was_in_transaction && !is_in_transaction();
        return failure;
    }

    void refuse_if_struck() const {
        if (struck_) throw Failure(FailureKind::Other, "SQLite: the transaction is undone already");
    }

    bool is_ending_struck_transaction(std::string_view sql) {
        if (!struck_ || sql != "ROLLBACK") return false;
        struck_ = false;
        return true;
    }

    Handle database_;
    std::function<void()> log_full_;
    StatementCache<Statement> statements_;  // After database_: finalised before it closes.
    bool in_use_ = false;                   // A row reader is running.
    bool struck_ = false;
    std::uint64_t told_ = 0;  // Statements that are no questions.
};

// What a savepoint would undo goes into a file of its own beyond 64 KB, and every command has a
// savepoint. Nobody asks how much memory SQLite holds, and counting it takes a lock each time. Only
// the first call of the process counts, before SQLite's own first use.
void configure_library() {
    constexpr int kBytes = 16 * 1'048'576;
    static const int kAnswer = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, kBytes) +
                               sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(kAnswer);  // Too late: only slower.
}

// SQLite gives the -wal and -shm files the permissions of the database file. One that is there is
// not opened: closing it again would give up every lock this process has on it
// (sqlite.org/howtocorrupt, 2.2).
void make_private_file(const std::string& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
    } else if (errno != EEXIST) {
        const int error = errno;
        throw Failure(kind_of_system_error(error),
                      fmt::format("cannot make the database file: system error {}", error));
    }
}

void configure(sqlite3* database, const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw failure_of(database);
    }
}

// Changing into WAL needs the file alone for a moment, and SQLite does not wait for it: two
// programs may open a new file together.
void use_wal(sqlite3* database) {
    constexpr std::chrono::milliseconds kPause{10};
    for (auto waited = std::chrono::milliseconds(0);; waited += kPause) {
        const int code =
            sqlite3_exec(database, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK) return;
        if ((code & 0xff) != SQLITE_BUSY || waited >= kLockWait) throw failure_of(database);
        std::this_thread::sleep_for(kPause);
    }
}

}  // namespace

std::unique_ptr<KeptConnection> open_sqlite(const std::string& file, Pool::For use,
                                            std::function<void()> log_full) {
    configure_library();
    if (use == Pool::For::Writing) make_private_file(file);
    // Absolute, so that no name means more than a file to SQLite (":memory:").
    const std::string path = std::filesystem::absolute(file).string();
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(
        path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    Handle database(raw, sqlite3_close_v2);
    if (raw == nullptr) throw std::bad_alloc();
    if (code != SQLITE_OK) throw failure_of(raw);

    sqlite3_busy_timeout(raw, static_cast<int>(kLockWait.count()));
    // "x" is a name in both databases, never a text that was misquoted.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    use_wal(raw);
    // What is deleted is overwritten: private text that was destroyed must not linger in free
    // pages.
    configure(raw,
              "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; "
              "PRAGMA secure_delete = ON");
    if (use == Pool::For::Reading) configure(raw, "PRAGMA query_only = ON");
    if (use == Pool::For::Writing) configure(raw, "PRAGMA cache_size = -4000");  // KiB
    return std::make_unique<SqliteConnection>(std::move(database), std::move(log_full));
}

void copy_sqlite(KeptConnection& from, const std::string& file) {
    INVARIANT(from.dialect() == Dialect::Sqlite);
    sqlite3* source = static_cast<SqliteConnection&>(from).raw();
    INVARIANT(sqlite3_get_autocommit(source) == 0);  // Else the copy is of no one moment.
    make_private_file(file);
    const std::string path = std::filesystem::absolute(file).string();
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(
        path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    const Handle copy(raw, sqlite3_close_v2);
    if (raw == nullptr) throw std::bad_alloc();
    if (code != SQLITE_OK) throw failure_of(raw);
    configure(raw, "PRAGMA synchronous = FULL");
    sqlite3_backup* backup = sqlite3_backup_init(raw, "main", source, "main");
    if (backup == nullptr) throw failure_of(raw);
    constexpr int kAllPages = -1;
    const int stepped = sqlite3_backup_step(backup, kAllPages);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE || finished != SQLITE_OK) throw failure_of(raw);
}

}  // namespace fazhi::storage
