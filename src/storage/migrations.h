// Migrations: how a database of any earlier version becomes one of this program's. Written once,
// never edited after.
//
// Each runs in its own transaction, which also writes its line in schema_version(version, name).
// Several programs may open one database at the same moment: the version is read again under the
// lock, so each migration runs once.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "storage/database.h"

namespace fazhi::storage {

struct Migration {
    int version = 0;  // 1, 2, … without a gap
    std::string_view name;
    std::string_view sql;         // With the placeholders of in_dialect().
    std::string_view postgresql;  // Run instead on PostgreSQL; empty: the same.
};

// The files of src/storage/migrations, in order.
std::span<const Migration> embedded_migrations();

// Brings the database up to the last of `migrations` (Migrate::Yes) or only looks (Migrate::No).
// Answers how many of them it ran. Refuses as Database::open. `connection` is in no transaction.
Result<int> migrate(Connection& connection, std::span<const Migration> migrations, Migrate);

}  // namespace fazhi::storage
