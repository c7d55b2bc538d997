#include "storage/database_copy.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "storage/client_program.h"
#include "storage/database.h"
#include "storage/errors.h"
#include "storage/failure.h"
#include "storage/postgres_connection.h"
#include "storage/sqlite_connection.h"

namespace fazhi::storage {
namespace {

namespace fs = std::filesystem;

void flush(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool flushed = file >= 0 && ::fsync(file) == 0;
    const int why = errno;
    if (file >= 0) ::close(file);
    if (!flushed) throw std::system_error(why, std::generic_category(), path.string());
}

int server_major(Connection& connection) {
    constexpr int kMinor = 10'000;  // 150008 is 15.8
    std::int64_t version = 0;
    connection.query("SELECT CAST(current_setting('server_version_num') AS BIGINT)", {},
                     [&](const Row& row) { version = row.integer(0); });
    return static_cast<int>(version / kMinor);
}

std::string snapshot_of(Connection& connection) {
    std::string out;
    connection.query("SELECT pg_export_snapshot()", {}, [&](const Row& row) { out = row.text(0); });
    return out;
}

// The line that says what is wrong; what quotes a row (DETAIL, CONTEXT) stands in lines of its own.
std::string fault_in(const std::string& said) {
    constexpr std::size_t kLineMax = 300;
    const std::size_t error = said.find("error:");
    const std::size_t line = error == std::string::npos ? 0 : error;
    return said.substr(line, std::min(said.find('\n', line) - line, kLineMax));
}

Result<void> dump(Connection& connection, const std::string& url, const fs::path& file) {
    const Outcome done =
        run_client_program("pg_dump", url,
                           {"--format=custom", "--no-owner", "--no-privileges",
                            "--enable-row-security",  // with the sight of everything, below
                            "--snapshot=" + snapshot_of(connection), "--file=" + file.string()});
    if (done.code != 0) {
        return refuse(ErrorKind::Unavailable, errors::kNotCopied,
                      fmt::format("pg_dump 没有做完：{}", fault_in(done.said)));
    }
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    flush(file);
    return {};
}

bool has_tables(Connection& connection) {
    bool found = false;
    connection.query(
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
        "c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname <> "
        "'information_schema' AND n.nspname NOT LIKE 'pg\\_%' AND NOT EXISTS (SELECT 1 FROM "
        "pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LIMIT 1",
        {}, [&](const Row&) { found = true; });
    return found;
}

Result<void> refuse_filled(const std::string& what) {
    return refuse(ErrorKind::RefusedByRule, errors::kNotEmpty, what, "--database");
}

Result<void> require_no_file(const std::string& file) {
    for (const char* ending : {"", "-wal", "-shm", "-journal", ".partial"}) {
        if (fs::exists(fs::symlink_status(file + ending)))
            return refuse_filled(fmt::format(
                "{}{} 已经在那里了，不能覆盖；请恢复到别处，或先把它移走。", file, ending));
    }
    return {};
}

// Whole under its name or not there: copied beside, flushed, then renamed.
void copy_whole(const fs::path& from, const fs::path& to) {
    const fs::path partial = to.string() + ".partial";
    const fs::path folder = fs::absolute(to).parent_path();
    fs::create_directories(folder);
    try {
        fs::copy_file(from, partial);
        fs::permissions(partial, fs::perms::owner_read | fs::perms::owner_write);
        flush(partial);
        fs::rename(partial, to);
    } catch (const std::system_error&) {
        std::error_code ignored;  // The first failure is the one that is told.
        fs::remove(partial, ignored);
        throw;
    }
    flush(folder);
}

}  // namespace

Dialect dialect_of(const std::string& url) {
    const bool server = url.starts_with("postgresql://") || url.starts_with("postgres://");
    return server ? Dialect::Postgresql : Dialect::Sqlite;
}

Result<void> copy_database(const Database& database, const fs::path& file,
                           const std::function<Result<void>(Connection&)>& look) {
    switch (database.dialect()) {
        case Dialect::Sqlite: {
            // Not one of the pool: it is given back unused by nobody else.
            const auto connection = open_sqlite(database.url(), Pool::For::Reading);
            connection->begin_reading(Sight::all());
            TRY_OK(look(*connection));
            copy_sqlite(*connection, file.string());
            return {};
        }
        case Dialect::Postgresql: {
            const auto connection = open_postgresql(database.url());
            connection->begin_reading(Sight::all());
            TRY_OK(require_client_program("pg_dump", server_major(*connection)));
            TRY_OK(look(*connection));
            return dump(*connection, database.url(), file);
        }
    }
    return {};
}

Result<void> require_restorable(const std::string& url) {
    if (dialect_of(url) == Dialect::Sqlite) return require_no_file(url);
    const auto connection = open_postgresql(url);
    TRY_OK(require_client_program("pg_restore", server_major(*connection)));
    if (!has_tables(*connection)) return {};
    return refuse_filled("这个 PostgreSQL 数据库里已经有表，不能覆盖；请先 createdb 建一个空的。");
}

Result<void> restore_database(const fs::path& file, const std::string& url) {
    TRY_OK(require_restorable(url));
    if (dialect_of(url) == Dialect::Sqlite) {
        copy_whole(file, url);
        return {};
    }
    const Outcome done = run_client_program("pg_restore", url,
                                            {"--single-transaction", "--exit-on-error",
                                             "--no-owner", "--no-privileges", file.string()});
    if (done.code == 0) return {};
    return refuse(ErrorKind::Unavailable, errors::kNotRestored,
                  fmt::format("pg_restore 没有做完，数据库仍是空的：{}", fault_in(done.said)));
}

std::int64_t schema_version(Connection& connection) {
    std::int64_t version = 0;
    connection.query("SELECT COALESCE(max(version), 0) FROM schema_version", {},
                     [&](const Row& row) { version = row.integer(0); });
    return version;
}

}  // namespace fazhi::storage
