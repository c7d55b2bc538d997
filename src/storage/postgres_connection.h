// A connection to a PostgreSQL server, over libpq.
//
// Results come as text, bytes as bytea; a query streams row by row, so that its memory does not
// grow with its rows.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "storage/failure.h"
#include "storage/pool.h"

namespace fazhi::storage {

// `url` is postgresql://…; what it leaves out comes from libpq's defaults. Throws Failure.
std::unique_ptr<KeptConnection> open_postgresql(const std::string& url);

// What the five characters of an SQLSTATE mean to us.
FailureKind kind_of_sqlstate(std::string_view sqlstate);

}  // namespace fazhi::storage
