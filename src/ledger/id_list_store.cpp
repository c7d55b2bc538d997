#include "ledger/id_list_store.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "storage/connection.h"

namespace fazhi::ledger {
namespace {

bool is_sqlite(const storage::Connection& connection) {
    return connection.dialect() == storage::Dialect::Sqlite;
}

}  // namespace

std::string id_list_of(const storage::Connection& connection,
                       const std::vector<std::int64_t>& numbers) {
    return is_sqlite(connection) ? fmt::format("[{}]", fmt::join(numbers, ","))
                                 : fmt::format("{{{}}}", fmt::join(numbers, ","));
}

std::string in_id_list(const storage::Connection& connection, std::size_t parameter) {
    return is_sqlite(connection) ? fmt::format("(SELECT value FROM json_each(${}))", parameter)
                                 : fmt::format("(SELECT unnest(CAST(${} AS BIGINT[])))", parameter);
}

}  // namespace fazhi::ledger
