// A whole database as one file, made while others go on writing, and brought back from it.
//
// SQLite: the pages of one moment, copied by SQLite's own backup. PostgreSQL: what pg_dump makes of
// one snapshot in its custom format; pg_dump and pg_restore are found on PATH. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"
#include "storage/connection.h"

namespace fazhi::storage {

class Database;

// Which database an address names.
Dialect dialect_of(const std::string& url);

// Copies the database to `file`, which is not there, flushed to the disk. `look` is called before,
// on a connection that sees exactly what is copied. Refuses kNoClientProgram, kNotCopied, and what
// `look` refuses; throws Failure. What stands in `file` then is not whole, and the caller's to take
// away.
Result<void> copy_database(const Database&, const std::filesystem::path& file,
                           const std::function<Result<void>(Connection&)>& look);

// Refuses kNotEmpty where `url` holds anything: an SQLite file of this name, or tables on the
// server; kNoClientProgram where what restores is missing. Throws Failure.
Result<void> require_restorable(const std::string& url);
// Brings back what copy_database wrote, all or nothing. Refuses as require_restorable, and
// kNotRestored. Throws Failure and std::filesystem::filesystem_error.
Result<void> restore_database(const std::filesystem::path& file, const std::string& url);

// Of the last migration that was run.
std::int64_t schema_version(Connection&);

}  // namespace fazhi::storage
