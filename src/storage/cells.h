// What both databases' connections do with cells and statements in the same way.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fazhi::storage {

// The number a column's text is. Throws Failure where it is none: the query, not the data, is
// wrong.
std::int64_t whole_number_in(std::string_view text);

// Throws Failure where the text holds U+0000, which PostgreSQL cannot keep and would cut off.
void refuse_nul_in(std::string_view text);

// "a, b, c"
std::string comma_joined(std::span<const std::string> names);

// "INSERT INTO t (a, b) VALUES ($1, $2)"
std::string insert_into(std::string_view table, std::span<const std::string> columns);

}  // namespace fazhi::storage
