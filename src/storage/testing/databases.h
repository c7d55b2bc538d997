// Runs one test on both databases: an SQLite file in a scratch folder, and a fresh database of the
// PostgreSQL server whose address is in FAZHI_TEST_POSTGRESQL (postgresql://…, of a role that may
// create databases). Without the variable the test says so and runs on SQLite alone.
//
// Everything made is removed afterwards, so whatever the test opened must be closed when its
// function ends.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"
#include "storage/failure.h"

namespace fazhi::storage::testing {

// Opened and migrated.
void for_each_database(const std::function<void(Database&)>& test);
// Not opened, and empty: only where it will be.
void for_each_url(const std::function<void(const std::string& url)>& test);

// The database of `url`, migrated; the test stops where it is refused.
std::unique_ptr<Database> opened(const std::string& url);

// The server of FAZHI_TEST_POSTGRESQL, or nothing.
std::optional<std::string> postgresql_server();

// The failure `step` ends in, or nothing.
std::optional<FailureKind> failure_of(const std::function<void()>& step);

// All of a query's rows, the columns of each joined by "|", null as "-": enough to compare in a
// test.
std::vector<std::string> lines_of(Connection&, std::string_view sql);

}  // namespace fazhi::storage::testing
