// A connection to an SQLite file: WAL, synchronous=FULL, foreign keys on, double quotes for names
// only.
#pragma once

#include <memory>
#include <string>

#include "storage/pool.h"

namespace fazhi::storage {

// Makes the file, readable by its owner alone, where `use` is Writing and there is none. Throws
// Failure.
std::unique_ptr<KeptConnection> open_sqlite(const std::string& file, Pool::For use);

// Copies the whole database as `from` (of open_sqlite, in a reading transaction) sees it to `file`,
// which is not there: readable by its owner alone, flushed. Others write meanwhile. Throws Failure.
void copy_sqlite(KeptConnection& from, const std::string& file);

}  // namespace fazhi::storage
