#include "storage/cells.h"

#include <charconv>

#include <fmt/format.h>

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
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string insert_into(std::string_view table, std::span<const std::string> columns) {
    std::string places;
    for (std::size_t n = 1; n <= columns.size(); ++n) {
        places += fmt::format("{}${}", n == 1 ? "" : ", ", n);
    }
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, comma_joined(columns), places);
}

}  // namespace fazhi::storage
