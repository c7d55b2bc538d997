#include "crowd.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "journal/merkle.h"
#include "journal/tree_proof.h"

namespace fazhi::bench {
namespace {

constexpr int kCopies = 1'000;  // Numbers of copied offices lie above.

std::vector<std::string> tables_of(BareSqlite& bare) {
    return bare.texts(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
}

std::vector<std::string> columns_of(BareSqlite& bare, const std::string& table) {
    return bare.texts("SELECT name FROM pragma_table_info('" + table + "')");
}

bool is_ledger(const std::string& table) {
    return table.starts_with("ledger_") && table.find("__") == std::string::npos;
}

// The columns of a table that hold an entry's number and so must differ in a copy.
std::vector<std::string> numbers_in(const std::string& table) {
    if (is_ledger(table)) return {"id"};
    if (table.starts_with("ledger_") || table == "passage" || table == "clock") return {"entry_id"};
    if (table == "evidence_use") return {"entry_id", "seq"};
    if (table == "link") return {"from_id", "to_id"};
    if (table == "journal") return {"seq", "subject_id"};
    return {};
}

// INSERT INTO table SELECT its columns, some of them changed, FROM it beside the numbers 1 to
// `times`, which stand as `copy`.
std::string copying(BareSqlite& bare, const std::string& table, int times, const std::string& where,
                    const std::function<std::string(const std::string& column)>& changed) {
    std::string columns;
    for (const std::string& column : columns_of(bare, table))
        columns += (columns.empty() ? "" : ", ") + changed(column);
    return fmt::format(
        "WITH RECURSIVE copies(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy "
        "< {0}) INSERT INTO {1} SELECT {2} FROM copies CROSS JOIN {1} AS original WHERE {3}",
        times, table, columns, where);
}

// The tree over the copied records: their hashes stand as they were copied.
void rebuild_tree(BareSqlite& bare, JurisdictionId office) {
    journal::Frontier frontier(HashAlgorithm::Sm3);
    std::vector<journal::Subtree> subtrees;
    bare.blobs(fmt::format("SELECT leaf_hash FROM journal WHERE jurisdiction_id = {} ORDER BY seq",
                           office.value),
               [&](std::string_view bytes) {
                   const Digest leaf = Digest::from_bytes(bytes).value();
                   for (const journal::Subtree& each :
                        journal::completed_by(HashAlgorithm::Sm3, frontier, leaf))
                       subtrees.push_back(each);
                   frontier.push(leaf);
               });
    bare.run(fmt::format("DELETE FROM journal_subtree WHERE jurisdiction_id = {}", office.value));
    for (const journal::Subtree& each : subtrees) {
        bare.run(
            "INSERT INTO journal_subtree (jurisdiction_id, level, n, hash) VALUES (?1, ?2, ?3, ?4)",
            office.value, each.level, each.index, each.hash.as_bytes());
    }
    bare.run("UPDATE journal_head SET size = ?2 + ?3, frontier = ?4 WHERE jurisdiction_id = ?1",
             office.value, frontier.size(), 0, frontier.bytes());
}

}  // namespace

std::int64_t entries_of(BareSqlite& bare, JurisdictionId office) {
    std::int64_t entries = 0;
    for (const std::string& table : tables_of(bare)) {
        if (is_ledger(table))
            entries += bare.number(fmt::format("SELECT count(*) FROM {} WHERE jurisdiction_id = {}",
                                               table, office.value));
    }
    return entries;
}

std::int64_t multiply_entries(BareSqlite& bare, JurisdictionId office, std::int64_t wanted) {
    const std::int64_t present = entries_of(bare, office);
    const std::int64_t size = bare.number(
        fmt::format("SELECT size FROM journal_head WHERE jurisdiction_id = {}", office.value));
    const auto times = static_cast<int>((wanted + present - 1) / present - 1);
    if (times <= 0) return present;
    bare.run("BEGIN");
    for (const std::string& table : tables_of(bare)) {
        const std::vector<std::string> numbers = numbers_in(table);
        if (numbers.empty()) continue;
        bare.run(copying(bare, table, times,
                         fmt::format("original.jurisdiction_id = {}", office.value),
                         [&](const std::string& column) {
                             const bool moves =
                                 std::find(numbers.begin(), numbers.end(), column) != numbers.end();
                             return moves ? fmt::format("original.{} + {} * copy", column, size)
                                          : "original." + column;
                         }));
    }
    rebuild_tree(bare, office);
    // An office that has recorded them has also been searched in: no server is still catching up.
    bare.run(fmt::format(
        "INSERT INTO search_position (jurisdiction_id, seq) SELECT jurisdiction_id, size FROM "
        "journal_head WHERE jurisdiction_id = {} ON CONFLICT (jurisdiction_id) DO UPDATE SET seq = "
        "excluded.seq",
        office.value));
    bare.run("COMMIT");
    return entries_of(bare, office);
}

void spread_over_years(BareSqlite& bare, JurisdictionId office, std::int64_t kept, int years) {
    const std::int64_t entries = entries_of(bare, office);
    const std::int64_t size = bare.number(
        fmt::format("SELECT size FROM journal_head WHERE jurisdiction_id = {}", office.value));
    // Copies follow each other: the first of them have the lowest numbers.
    const std::int64_t last = size / (entries / kept);
    // Every date of the entry goes with it: its own, its fields', its steps', its clocks'; and the
    // year it says it is of, or a century's texts would all stand in one report.
    const auto moved = [&](const std::string& column, const std::string& number) {
        return fmt::format(
            "{0} = CASE WHEN {0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN "
            "substr('000' || (CAST(substr({0}, 1, 4) AS INTEGER) - 1 - {1} % {2}), -4) || "
            "substr({0}, 5) ELSE {0} END",
            column, number, years);
    };
    // Each table by itself: one log of all of them would be larger than the database.
    for (const std::string& table : tables_of(bare)) {
        const bool of_entries = table.starts_with("ledger_") || table == "passage" ||
                                table == "clock" || table == "evidence_use";
        if (!of_entries) continue;
        const std::string number = is_ledger(table) ? "id" : "entry_id";
        std::string sets = is_ledger(table)
                               ? fmt::format("month = month - 100 * (1 + id % {})", years)
                               : std::string();
        for (const std::string& column :
             bare.texts("SELECT name FROM pragma_table_info('" + table + "') WHERE type = 'TEXT'"))
            sets += (sets.empty() ? "" : ", ") + moved(column, number);
        for (const std::string& column :
             bare.texts("SELECT name FROM pragma_table_info('" + table +
                        "') WHERE type = 'INTEGER' AND name LIKE '%year'"))
            sets += fmt::format("{0}{1} = {1} - 1 - {2} % {3}", sets.empty() ? "" : ", ", column,
                                number, years);
        if (sets.empty()) continue;
        bare.run(fmt::format("UPDATE {} SET {} WHERE jurisdiction_id = {} AND {} > {}", table, sets,
                             office.value, number, last));
    }
}

void multiply_offices(BareSqlite& bare, JurisdictionId office, int count, int from) {
    bare.run("BEGIN");
    for (const std::string& table : tables_of(bare)) {
        const std::vector<std::string> columns = columns_of(bare, table);
        const bool is_office = table == "jurisdiction";
        const std::string key = is_office ? "id" : "jurisdiction_id";
        if (std::find(columns.begin(), columns.end(), key) == columns.end()) continue;
        bare.run(copying(bare, table, count, fmt::format("original.{} = {}", key, office.value),
                         [&](const std::string& column) {
                             if (column == key) return fmt::format("{} + copy", kCopies + from);
                             if (is_office && column == "code")
                                 return fmt::format("original.code || ({} + copy)", from);
                             return "original." + column;
                         }));
    }
    bare.run("COMMIT");
}

}  // namespace fazhi::bench
