#include "storage/cells.h"

#include <charconv>

#include "storage/failure.h"

namespace fazhi::storage {

std::int64_t whole_number_in(std::string_view text) {
    if (text == "t") return 1;  // PostgreSQL's yes and no.
    if (text == "f") return 0;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw Failure(FailureKind::Other, "a column read as a whole number holds none");
    }
    return number;
}

void refuse_nul_in(std::string_view text) {
    if (text.find('\0') == std::string_view::npos) return;
    throw Failure(FailureKind::Other, "text with U+0000 cannot be stored; bytes go into a Blob");
}

std::string comma_joined(std::span<const std::string> names) {
    std::string joined;
    for (const std::string& name : names) {
        if (!joined.empty()) joined += ", ";
        joined += name;
    }
    return joined;
}

std::string insert_into(std::string_view table, std::span<const std::string> columns) {
    // Put together for every row of its own, so by hand.
    std::string sql = "INSERT INTO ";
    sql.append(table).append(" (").append(comma_joined(columns)).append(") VALUES (");
    for (std::size_t n = 1; n <= columns.size(); ++n) {
        sql.append(n == 1 ? "$" : ", $").append(std::to_string(n));
    }
    return sql.append(")");
}

}  // namespace fazhi::storage
