#include "ledger/search_store.h"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "ledger/id_list_store.h"
#include "storage/connection.h"
#include "storage/transaction.h"

namespace fazhi::ledger {
namespace {

using storage::Cell;

bool is_postgresql(const storage::Connection& connection) {
    return connection.dialect() == storage::Dialect::Postgresql;
}

// Keeps one office's words apart from another's. Neither folding nor cutting makes such a gram.
std::string office_gram(JurisdictionId jurisdiction) {
    return fmt::format("j{}j", jurisdiction.value);
}

// SQLite's full text index takes words apart at spaces, PostgreSQL an array as text. Grams are
// letters and digits only (text/ngram.h), so nothing has to be escaped.
std::string joined(JurisdictionId jurisdiction, const std::vector<std::string>& grams, bool array) {
    std::string out = array ? "{" : "";
    out += office_gram(jurisdiction);
    for (const std::string& gram : grams) out += (array ? "," : " ") + gram;
    return array ? out + "}" : out;
}

// SQLite's index of words is written once for all rows: it writes a piece of its own for every
// statement, and for every statement beside it while something waits to be written.
struct KeptRow {
    std::int64_t id = 0;
    std::string grams;
    std::string dated_on;
};

using RowOf = std::pair<std::string, EntryId>;  // the ledger and the entry

std::map<RowOf, KeptRow> kept_rows(storage::Connection& connection, JurisdictionId jurisdiction,
                                   const std::vector<GramRow>& rows) {
    std::map<std::string, std::vector<EntryId>> by_ledger;
    for (const GramRow& row : rows) by_ledger[row.ledger].push_back(row.entry);
    std::map<RowOf, KeptRow> out;
    for (const auto& [ledger, entries] : by_ledger) {
        connection.query(
            "SELECT entry_id, id, grams, dated_on FROM search WHERE jurisdiction_id = $1 AND "
            "ledger = $2 AND entry_id IN " +
                in_id_list(connection, 3),
            {jurisdiction.value, ledger, id_list(connection, entries)},
            [&, &of = ledger](const storage::Row& row) {
                out.emplace(
                    RowOf{of, EntryId{row.integer(0)}},
                    KeptRow{row.integer(1), std::string(row.text(2)), std::string(row.text(3))});
            });
    }
    return out;
}

// The index forgets a row when it is told what the row held.
void drop_rows(storage::Connection& connection, const std::vector<std::int64_t>& ids) {
    if (ids.empty()) return;
    const std::string list = id_list_of(connection, ids);
    const std::string in_list = in_id_list(connection, 1);
    connection.execute(
        "INSERT INTO search_grams (search_grams, rowid, grams) SELECT 'delete', id, grams FROM "
        "search WHERE id IN " +
            in_list + " ORDER BY id",
        {list});
    connection.execute("DELETE FROM search WHERE id IN " + in_list, {list});
}

std::int64_t last_row(storage::Connection& connection) {
    std::int64_t out = 0;
    connection.query("SELECT max(id) FROM search", {},
                     [&out](const storage::Row& row) { out = row.integer(0); });
    return out;
}

void add_rows(storage::Connection& connection, const std::vector<std::vector<Cell>>& rows) {
    static const std::vector<std::string> kColumns = {"jurisdiction_id", "ledger", "entry_id",
                                                      "dated_on", "grams"};
    if (rows.empty()) return;
    const std::int64_t before = last_row(connection);
    connection.insert_rows("search", kColumns, rows);
    connection.execute(
        "INSERT INTO search_grams (rowid, grams) SELECT id, grams FROM search WHERE id > $1 ORDER "
        "BY id",
        {before});
}

void delete_row(storage::Connection& connection, JurisdictionId jurisdiction,
                const std::string& ledger, EntryId entry) {
    connection.execute(
        "DELETE FROM search WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id = $3",
        {jurisdiction.value, ledger, entry.value});
}

void store_on_postgresql(storage::Connection& connection, JurisdictionId jurisdiction,
                         const GramRow& row) {
    if (row.grams.empty()) return delete_row(connection, jurisdiction, row.ledger, row.entry);
    connection.execute(
        "INSERT INTO search (jurisdiction_id, ledger, entry_id, dated_on, grams) VALUES ($1, $2, "
        "$3, $4, CAST($5 AS TEXT[])) ON CONFLICT (jurisdiction_id, ledger, entry_id) DO UPDATE SET "
        "dated_on = excluded.dated_on, grams = excluded.grams",
        {jurisdiction.value, row.ledger, row.entry.value, row.dated_on,
         joined(jurisdiction, row.grams, true)});
}

void store_on_sqlite(storage::Connection& connection, JurisdictionId jurisdiction,
                     const std::vector<GramRow>& rows) {
    const std::map<RowOf, KeptRow> kept = kept_rows(connection, jurisdiction, rows);
    std::vector<std::int64_t> dropped;
    std::vector<std::vector<Cell>> added;
    for (const GramRow& row : rows) {
        std::string grams = joined(jurisdiction, row.grams, false);
        const auto before = kept.find({row.ledger, row.entry});
        if (before != kept.end()) {
            if (before->second.grams == grams && before->second.dated_on == row.dated_on) continue;
            dropped.push_back(before->second.id);
        }
        if (!row.grams.empty())
            added.push_back(
                {jurisdiction.value, row.ledger, row.entry.value, row.dated_on, std::move(grams)});
    }
    drop_rows(connection, dropped);
    add_rows(connection, added);
}

// What follows "FROM": which rows have the grams.
std::string match_on_sqlite(JurisdictionId jurisdiction, const text::QueryGrams& grams,
                            std::vector<Cell>& cells) {
    std::string match = fmt::format("\"{}\"", office_gram(jurisdiction));
    for (const std::string& gram : grams.whole) match += fmt::format(" AND \"{}\"", gram);
    for (const std::string& begin : grams.prefixes) match += fmt::format(" AND \"{}\"*", begin);
    cells.emplace_back(std::move(match));
    return "search_grams JOIN search AS s ON s.id = search_grams.rowid WHERE search_grams MATCH $1";
}

std::string match_on_postgresql(JurisdictionId jurisdiction, const text::QueryGrams& grams,
                                std::vector<Cell>& cells) {
    cells.emplace_back(joined(jurisdiction, grams.whole, true));
    std::string out = "search AS s WHERE s.grams @> CAST($1 AS TEXT[])";
    for (const std::string& begin : grams.prefixes) {
        cells.emplace_back(begin);
        out += fmt::format(
            " AND EXISTS (SELECT 1 FROM unnest(s.grams) AS gram WHERE starts_with(gram, ${}))",
            cells.size());
    }
    return out;
}

}  // namespace

storage::Connection& connection_of(storage::Transaction& transaction) {
    return transaction.connection();
}

std::int64_t search_position(storage::Connection& connection, JurisdictionId jurisdiction) {
    std::int64_t out = 0;
    connection.query("SELECT seq FROM search_position WHERE jurisdiction_id = $1",
                     {jurisdiction.value}, [&](const storage::Row& row) { out = row.integer(0); });
    return out;
}

void set_search_position(storage::Connection& connection, JurisdictionId jurisdiction,
                         std::int64_t seq) {
    connection.execute(
        "INSERT INTO search_position (jurisdiction_id, seq) VALUES ($1, $2) ON CONFLICT "
        "(jurisdiction_id) DO UPDATE SET seq = excluded.seq",
        {jurisdiction.value, seq});
}

void store_grams(storage::Connection& connection, JurisdictionId jurisdiction,
                 const std::vector<GramRow>& rows) {
    if (!is_postgresql(connection)) return store_on_sqlite(connection, jurisdiction, rows);
    for (const GramRow& row : rows) store_on_postgresql(connection, jurisdiction, row);
}

void erase_grams(storage::Connection& connection, JurisdictionId jurisdiction,
                 const std::string& ledger, EntryId entry) {
    if (is_postgresql(connection)) return delete_row(connection, jurisdiction, ledger, entry);
    GramRow row;
    row.ledger = ledger;
    row.entry = entry;
    const auto kept = kept_rows(connection, jurisdiction, {row});
    if (kept.empty()) return;
    drop_rows(connection, {kept.begin()->second.id});
    // The index only notes that the row is gone until it is merged: merged now, its grams are too.
    connection.execute("INSERT INTO search_grams (search_grams) VALUES ('optimize')");
}

std::vector<Candidate> candidates(storage::Connection& connection, JurisdictionId jurisdiction,
                                  const text::QueryGrams& grams, const CandidateRange& range) {
    std::vector<Cell> cells;
    std::string sql = "SELECT s.ledger, s.entry_id FROM ";
    sql += is_postgresql(connection) ? match_on_postgresql(jurisdiction, grams, cells)
                                     : match_on_sqlite(jurisdiction, grams, cells);
    const auto add = [&](std::string_view condition, Cell cell) {
        cells.push_back(std::move(cell));
        sql += fmt::format(" AND {}${}", condition, cells.size());
    };
    add("s.jurisdiction_id = ", jurisdiction.value);
    if (!range.ledger.empty()) add("s.ledger = ", range.ledger);
    if (!range.dated_from.empty()) add("s.dated_on >= ", range.dated_from);
    if (!range.dated_to.empty()) add("s.dated_on <= ", range.dated_to);
    sql += fmt::format(" ORDER BY s.dated_on DESC, s.entry_id DESC LIMIT {} OFFSET {}", range.most,
                       range.from);
    std::vector<Candidate> out;
    connection.query(sql, cells, [&](const storage::Row& row) {
        out.push_back({std::string(row.text(0)), EntryId{row.integer(1)}});
    });
    return out;
}

}  // namespace fazhi::ledger
