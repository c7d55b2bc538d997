#include "storage/postgres_insert.h"

#include <cstdint>
#include <variant>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/invariant.h"
#include "storage/cells.h"

namespace fazhi::storage {
namespace {

void add_text(std::string& out, std::string_view text) {
    refuse_nul_in(text);
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

void add_element(std::string& out, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        out += std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
        add_text(out, *text);
    } else if (const auto* blob = std::get_if<Blob>(&cell)) {
        add_text(out, "\\x" + hex(blob->bytes));
    } else {
        out += "NULL";
    }
}

}  // namespace

std::string unnest_insert(std::string_view table, std::span<const std::string> columns,
                          std::span<const std::string> types) {
    INVARIANT(columns.size() == types.size());
    std::string arrays;
    for (std::size_t i = 0; i < types.size(); ++i) {
        arrays += fmt::format("{}${}::{}[]", i == 0 ? "" : ", ", i + 1, types[i]);
    }
    return fmt::format("INSERT INTO {} ({}) SELECT * FROM unnest({})", table, comma_joined(columns),
                       arrays);
}

std::string array_of(std::span<const std::vector<Cell>> rows, std::size_t column) {
    std::string out = "{";
    for (const auto& row : rows) {
        if (out.size() > 1) out += ',';
        add_element(out, row[column]);
    }
    out += '}';
    return out;
}

}  // namespace fazhi::storage
