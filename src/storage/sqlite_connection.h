// A connection to an SQLite file: WAL, synchronous=FULL, foreign keys on, double quotes for names
// only.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "storage/pool.h"

namespace fazhi::storage {

// Beyond so many pages in the log a commit says so; beyond so many its writer empties it itself, so
// that the log stays bounded however fast it is written.
inline constexpr int kLogPages = 1'000;
inline constexpr int kLogPagesMax = 8'192;

// Makes the file, readable by its owner alone, where `use` is Writing and there is none. `log_full`
// is called on the committing thread with kLogPages in the log and does the rest; empty: SQLite
// moves them itself within that commit. Throws Failure.
std::unique_ptr<KeptConnection> open_sqlite(const std::string& file, Pool::For use,
                                            std::function<void()> log_full = {});

// Copies the whole database as `from` (of open_sqlite, in a reading transaction) sees it to `file`,
// which is not there: readable by its owner alone, flushed. Others write meanwhile. Throws Failure.
void copy_sqlite(KeptConnection& from, const std::string& file);

}  // namespace fazhi::storage
