#include "journal/row_store.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/digest.h"
#include "base/invariant.h"
#include "storage/connection.h"
#include "storage/transaction.h"

namespace fazhi::journal {
namespace {

using storage::Blob;
using storage::Cell;
using storage::Connection;
using storage::Dialect;
using storage::Row;

using Cells = std::vector<Cell>;

enum class Kind { Integer, Text, Bytes };

// A table's columns, the key first, with what they hold.
struct Columns {
    std::vector<std::string> names;
    std::vector<Kind> kinds;
    std::size_t key_width = 0;
};

Kind kind_from(std::string_view declared) {
    if (declared == "TEXT") return Kind::Text;
    if (declared == "BLOB") return Kind::Bytes;
    return Kind::Integer;
}

Columns columns_of(Connection& replayed, const ProjectedTable& table) {
    std::map<std::string, Kind, std::less<>> declared;
    replayed.query("SELECT name, type FROM pragma_table_info($1)", {table.name},
                   [&](const Row& row) {
                       declared.emplace(std::string(row.text(0)), kind_from(row.text(1)));
                   });
    Columns columns;
    columns.names = table.key;
    columns.key_width = table.key.size();
    for (const auto& name : table.columns) {
        if (std::find(table.key.begin(), table.key.end(), name) == table.key.end()) {
            columns.names.push_back(name);
        }
    }
    for (const auto& name : columns.names) {
        const auto found = declared.find(name);
        INVARIANT(found != declared.end());  // A projection names columns its tables have.
        columns.kinds.push_back(found->second);
    }
    return columns;
}

Cells cells_in(const Row& row, const Columns& columns) {
    Cells cells;
    cells.reserve(columns.kinds.size());
    for (std::size_t i = 0; i < columns.kinds.size(); ++i) {
        const int place = static_cast<int>(i);
        if (row.is_null(place)) {
            cells.emplace_back();
            continue;
        }
        switch (columns.kinds[i]) {
            case Kind::Integer:
                cells.emplace_back(row.integer(place));
                break;
            case Kind::Text:
                cells.emplace_back(std::string(row.text(place)));
                break;
            case Kind::Bytes:
                cells.emplace_back(Blob{std::string(row.bytes(place))});
                break;
        }
    }
    return cells;
}

int compare_keys(const Cells& a, const Cells& b, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
        if (a[i] < b[i]) return -1;
        if (b[i] < a[i]) return 1;
    }
    return 0;
}

std::string text_of(const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* blob = std::get_if<Blob>(&cell)) return hex(blob->bytes);
    return "null";
}

// Both databases in the order of bytes; SQLite's own order is that.
std::string order_of(Dialect dialect, const Columns& columns) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < columns.key_width; ++i) {
        const bool collates = dialect == Dialect::Postgresql && columns.kinds[i] == Kind::Text;
        parts.push_back(columns.names[i] + (collates ? " COLLATE \"C\"" : ""));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

// The replayed rows in the order of the key, a page at a time.
class ReplayedRows {
public:
    ReplayedRows(Connection& connection, JurisdictionId jurisdiction, const ProjectedTable& table,
                 const Columns& columns)
        : connection_(connection), jurisdiction_(jurisdiction), columns_(columns) {
        const auto begin =
            fmt::format("SELECT {} FROM {} WHERE {} = $1", fmt::join(columns.names, ", "),
                        table.name, table.jurisdiction_column);
        const auto end =
            fmt::format(" ORDER BY {} LIMIT {}", order_of(Dialect::Sqlite, columns), kRowsPerPage);
        std::vector<std::string> places;
        for (std::size_t i = 0; i < columns.key_width; ++i) {
            places.push_back(fmt::format("${}", i + 2));
        }
        first_sql_ = begin + end;
        next_sql_ = fmt::format("{} AND ({}) > ({}){}", begin, fmt::join(table.key, ", "),
                                fmt::join(places, ", "), end);
        load(first_sql_, {jurisdiction_.value});
    }

    // Null after the last one.
    [[nodiscard]] const Cells* current() const {
        return position_ < page_.size() ? &page_[position_] : nullptr;
    }

    void advance() {
        if (++position_ < page_.size() || page_.size() < kRowsPerPage) return;
        Cells cells{jurisdiction_.value};
        const auto& last = page_.back();
        cells.insert(cells.end(), last.begin(),
                     last.begin() + static_cast<std::ptrdiff_t>(columns_.key_width));
        load(next_sql_, cells);
    }

private:
    static constexpr std::size_t kRowsPerPage = 500;

    void load(const std::string& sql, const Cells& cells) {
        page_.clear();
        position_ = 0;
        connection_.query(sql, std::span<const Cell>(cells),
                          [&](const Row& row) { page_.push_back(cells_in(row, columns_)); });
    }

    Connection& connection_;
    JurisdictionId jurisdiction_;
    const Columns& columns_;
    std::string first_sql_;
    std::string next_sql_;
    std::vector<Cells> page_;
    std::size_t position_ = 0;
};

// Holds the two streams against each other.
class Comparison {
public:
    Comparison(const ProjectedTable& table, const Columns& columns, ReplayedRows& replayed,
               Findings& findings)
        : table_(table), columns_(columns), replayed_(replayed), findings_(findings) {}

    void take_live(const Cells& live) {
        while (const auto* expected = replayed_.current()) {
            const int order = compare_keys(*expected, live, columns_.key_width);
            if (order > 0) break;
            if (order == 0) {
                compare(live, *expected);
                replayed_.advance();
                return;
            }
            report("row_missing", *expected, "", "流水中有，表中没有");
            replayed_.advance();
        }
        report("row_extra", live, "", "表中有，流水中没有");
    }

    void finish() {
        for (; const auto* expected = replayed_.current(); replayed_.advance()) {
            report("row_missing", *expected, "", "流水中有，表中没有");
        }
    }

private:
    void compare(const Cells& live, const Cells& expected) {
        for (std::size_t i = columns_.key_width; i < columns_.names.size(); ++i) {
            if (live[i] == expected[i]) continue;
            report("row_differs", live, columns_.names[i], "与流水不符");
        }
    }

    void report(std::string kind, const Cells& row, std::string column, std::string_view what) {
        std::vector<std::string> key;
        for (std::size_t i = 0; i < columns_.key_width; ++i) {
            key.push_back(fmt::format("{}={}", columns_.names[i], text_of(row[i])));
        }
        auto name = fmt::format("{}", fmt::join(key, ", "));
        auto message = fmt::format("表{}的行（{}）{}{}。", table_.name, name,
                                   column.empty() ? "" : column + "列", what);
        findings_.add({std::move(kind), 0, table_.name, std::move(name), std::move(column),
                       std::move(message)});
    }

    const ProjectedTable& table_;
    const Columns& columns_;
    ReplayedRows& replayed_;
    Findings& findings_;
};

// References between rows wait for the commit, where the database has been told that they may.
std::string_view defer_references_sql(Dialect dialect) {
    switch (dialect) {
        case Dialect::Sqlite:
            return "PRAGMA defer_foreign_keys = ON";
        case Dialect::Postgresql:
            return "SET CONSTRAINTS ALL DEFERRED";
    }
    return {};
}

}  // namespace

std::int64_t compare_rows(Connection& live, Connection& replayed, JurisdictionId jurisdiction,
                          const ProjectedTable& table, Findings& findings) {
    const auto columns = columns_of(replayed, table);
    ReplayedRows replayed_rows(replayed, jurisdiction, table, columns);
    Comparison comparison(table, columns, replayed_rows, findings);
    const auto sql =
        fmt::format("SELECT {} FROM {} WHERE {} = $1 ORDER BY {}", fmt::join(columns.names, ", "),
                    table.name, table.jurisdiction_column, order_of(live.dialect(), columns));
    std::int64_t rows = 0;
    live.query(sql, {jurisdiction.value}, [&](const Row& row) {
        comparison.take_live(cells_in(row, columns));
        ++rows;
    });
    comparison.finish();
    return rows;
}

void empty_tables(storage::Transaction& transaction, JurisdictionId jurisdiction,
                  const std::vector<ProjectedTable>& tables) {
    auto& connection = transaction.connection();
    connection.execute(defer_references_sql(connection.dialect()));
    for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
        connection.execute(
            fmt::format("DELETE FROM {} WHERE {} = $1", table->name, table->jurisdiction_column),
            {jurisdiction.value});
    }
}

}  // namespace fazhi::journal
