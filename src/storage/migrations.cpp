#include "storage/migrations.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "storage/errors.h"
#include "storage/transaction.h"

namespace fazhi::storage {
namespace {

// What an opened database says of itself.
struct Found {
    std::optional<std::int64_t> version;  // Nothing: no schema_version, never initialised.
    std::string name;                     // Of the migration `version`; empty at version 0.
    bool has_other_tables = false;        // Only asked where there is no schema_version.
};

constexpr std::string_view kVersionTable =
    "CREATE TABLE schema_version (version {int} NOT NULL PRIMARY KEY, name TEXT NOT NULL) {strict}";

bool has_rows(Connection& connection, std::string_view sql) {
    bool found = false;
    connection.query(sql, {}, [&](const Row&) { found = true; });
    return found;
}

bool has_version_table(Connection& connection) {
    switch (connection.dialect()) {
        case Dialect::Sqlite:
            return has_rows(connection,
                            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND "
                            "name = 'schema_version'");
        case Dialect::Postgresql:
            // Not to_regclass(): what it remembers may be older than the lock we waited for.
            return has_rows(connection,
                            "SELECT 1 FROM pg_catalog.pg_class WHERE "
                            "relname = 'schema_version' AND pg_table_is_visible(oid)");
    }
    return false;
}

// A PostgreSQL database may be shared with extensions and others' tables; an SQLite file is ours
// alone or not ours.
bool has_other_tables(Connection& connection) {
    return connection.dialect() == Dialect::Sqlite &&
           has_rows(connection, "SELECT 1 FROM sqlite_schema LIMIT 1");
}

Found look(Connection& connection) {
    Found found;
    if (!has_version_table(connection)) {
        found.has_other_tables = has_other_tables(connection);
        return found;
    }
    found.version = 0;
    connection.query("SELECT version, name FROM schema_version ORDER BY version DESC LIMIT 1", {},
                     [&](const Row& row) {
                         found.version = row.integer(0);
                         found.name = row.text(1);
                     });
    return found;
}

std::int64_t latest_of(std::span<const Migration> migrations) {
    return migrations.empty() ? 0 : migrations.back().version;
}

// Whether what was found can be worked with, or be brought to where it can.
Result<void> check(const Found& found, std::span<const Migration> migrations) {
    if (found.has_other_tables) {
        return refuse(ErrorKind::InvalidInput, errors::kNotADatabase,
                      "这个数据库文件不是本程序建立的，请检查数据库的位置。");
    }
    if (!found.version) return {};
    if (*found.version > latest_of(migrations)) {
        return refuse(ErrorKind::RefusedByRule, errors::kNewerDatabase,
                      "数据库由更新版本的程序建立或升级过，请先升级本程序再打开。");
    }
    const auto same = std::find_if(migrations.begin(), migrations.end(), [&](const Migration& one) {
        return one.version == *found.version;
    });
    if (same != migrations.end() && same->name != found.name) {
        return refuse(ErrorKind::InvalidInput, errors::kNotADatabase,
                      "这个数据库不是本程序建立的，请检查数据库的位置。");
    }
    return {};
}

Result<void> refuse_unless_current(const Found& found, std::span<const Migration> migrations) {
    if (!found.version) {
        return refuse(ErrorKind::NotFound, errors::kNotInitialised,
                      "数据库还没有建立，请先运行 fazhi init。");
    }
    if (*found.version < latest_of(migrations)) {
        return refuse(ErrorKind::RefusedByRule, errors::kOldDatabase,
                      "数据库是较早版本的程序建立的，请先运行 fazhi init 升级。");
    }
    return {};
}

void wait_for_other_programs(Connection& connection) {
    if (connection.dialect() != Dialect::Postgresql) return;  // BEGIN IMMEDIATE has the lock.
    connection.execute("SET LOCAL lock_timeout = 0");         // Another's migration may be long.
    connection.query("SELECT 1 FROM pg_advisory_xact_lock(711640227)", {}, [](const Row&) {});
}

void run(Connection& connection, const Migration& migration) {
    const bool twin = connection.dialect() == Dialect::Postgresql && !migration.postgresql.empty();
    connection.run_script(
        in_dialect(connection.dialect(), twin ? migration.postgresql : migration.sql));
    connection.execute("INSERT INTO schema_version (version, name) VALUES ($1, $2)",
                       {std::int64_t{migration.version}, std::string(migration.name)});
}

// One step under the lock; true when there is nothing left to do.
Result<bool> step(Connection& connection, std::span<const Migration> migrations) {
    Transaction transaction(connection);
    wait_for_other_programs(connection);
    const Found found = look(connection);
    TRY_OK(check(found, migrations));

    if (!found.version) connection.run_script(in_dialect(connection.dialect(), kVersionTable));
    const auto next = std::find_if(migrations.begin(), migrations.end(), [&](const Migration& one) {
        return one.version > found.version.value_or(0);
    });
    const bool done = next == migrations.end();
    if (!done) run(connection, *next);
    transaction.commit();
    return done;
}

}  // namespace

Result<int> migrate(Connection& connection, std::span<const Migration> migrations, Migrate wish) {
    // Looked at without a lock first: opening a current database beside a busy writer must not
    // wait.
    const Found found = look(connection);
    TRY_OK(check(found, migrations));
    if (wish == Migrate::No) {
        TRY_OK(refuse_unless_current(found, migrations));
        return 0;
    }

    bool done = found.version && *found.version == latest_of(migrations);
    int steps = 0;
    while (!done) {
        TRY(done, step(connection, migrations));
        if (!done) ++steps;
    }
    return steps;
}

}  // namespace fazhi::storage
