// Many rows in one statement: each column travels as one array, written out as PostgreSQL reads it
// ({1,NULL,"a\"b"}; "Array Value Input Syntax" in its manual) and unfolded by the server with
// unnest().
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.h"

namespace fazhi::storage {

inline constexpr std::size_t kRowsPerInsert = 1'000;

// "INSERT INTO t (a, b) SELECT * FROM unnest($1::bigint[], $2::text[])"; `types` as wide as
// `columns`.
std::string unnest_insert(std::string_view table, std::span<const std::string> columns,
                          std::span<const std::string> types);

// The array of one column of `rows`, for the parameter of its place.
std::string array_of(std::span<const std::vector<Cell>> rows, std::size_t column);

}  // namespace fazhi::storage
