#include "storage/connection.h"

#include <array>

namespace fazhi::storage {
namespace {

struct Placeholder {
    std::string_view name;
    std::string_view sqlite;
    std::string_view postgresql;
};

constexpr std::array<Placeholder, 3> kPlaceholders = {{
    {"{int}", "INTEGER", "BIGINT"},
    {"{blob}", "BLOB", "BYTEA"},
    {"{strict}", "STRICT", ""},
}};

}  // namespace

void keep_rows_apart(Connection& connection, const std::string& table) {
    if (connection.dialect() != Dialect::Postgresql) return;
    connection.query("SELECT keep_rows_apart(CAST(CAST($1 AS TEXT) AS regclass))", {table},
                     [](const Row&) {});
}

std::string in_dialect(Dialect dialect, std::string_view ddl) {
    std::string out(ddl);
    for (const Placeholder& placeholder : kPlaceholders) {
        const auto& word = dialect == Dialect::Sqlite ? placeholder.sqlite : placeholder.postgresql;
        for (auto at = out.find(placeholder.name); at != std::string::npos;
             at = out.find(placeholder.name, at + word.size())) {
            out.replace(at, placeholder.name.size(), word);
        }
    }
    return out;
}

}  // namespace fazhi::storage
