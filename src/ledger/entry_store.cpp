#include "ledger/entry_store.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/invariant.h"
#include "calendar/date.h"
#include "definition/definition_set.h"
#include "ledger/entry_row.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::FieldType;
using storage::Cell;

std::string placeholders(size_t count) {
    std::string out;
    for (size_t i = 1; i <= count; ++i) out += fmt::format("{}${}", i == 1 ? "" : ", ", i);
    return out;
}

std::int64_t month_of(const std::string& dated_on) {
    const auto date = calendar::date_from(dated_on);
    return date ? calendar::month_number(*date) : 0;
}

// Whether the database has the table, and which columns.
std::vector<std::string> columns_in(storage::Connection& connection, const std::string& table) {
    std::vector<std::string> out;
    const auto read = [&](const storage::Row& row) { out.emplace_back(row.text(0)); };
    if (connection.dialect() == storage::Dialect::Sqlite) {
        connection.query("SELECT name FROM pragma_table_info($1)", {table}, read);
    } else {
        connection.query(
            "SELECT column_name::text FROM information_schema.columns WHERE table_schema = "
            "current_schema() AND table_name = $1",
            {table}, read);
    }
    return out;
}

void add_missing_columns(storage::Connection& connection, const std::string& table,
                         const std::vector<FieldColumn>& wanted,
                         const std::vector<std::string>& present) {
    for (const FieldColumn& column : wanted) {
        if (std::find(present.begin(), present.end(), column.name) != present.end()) continue;
        connection.run_script(storage::in_dialect(
            connection.dialect(), fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table, column.name,
                                              column_type(column))));
    }
}

// The rows of one list field as bound cells, and their insertion.
void insert_list(storage::Connection& connection, JurisdictionId jurisdiction, EntryId entry,
                 const ListInsertion& list, const Value& value, const ColumnSealer& seal) {
    const std::size_t count = value.is_list() ? value.as_list().size() : value.is_map() ? 1 : 0;
    std::vector<std::vector<Cell>> cells;
    cells.reserve(count);
    for (size_t i = 0; i < count; ++i) {
        const Value& row = value.is_list() ? value.as_list()[i] : value;
        std::vector<Cell> line = {jurisdiction.value, entry.value, static_cast<std::int64_t>(i)};
        line.reserve(line.size() + list.columns.size());
        for (const FieldColumn& column : list.columns) {
            const Value& cell = list.field->of.empty() ? row : row.at(column.field->id);
            line.push_back(cell_of(column, cell, [&](std::string_view text) {
                return seal(fmt::format("{}[{}].{}", list.field->id, i, column.name), text);
            }));
        }
        cells.push_back(std::move(line));
    }
    connection.insert_rows(list.table, list.names, cells);
}

std::optional<std::string> closed(const std::string&, std::string_view) {
    return std::nullopt;
}

// How a ledger's rows are read and changed: the readers, their questions, the columns.
struct ListReading {
    const Field* field;
    ListReader reader;
    std::string sql;

    ListReading(const definition::Ledger& ledger, const Field& with_rows)
        : field(&with_rows),
          reader(with_rows),
          sql(fmt::format("SELECT position, {} FROM {} WHERE jurisdiction_id = $1 AND entry_id = "
                          "$2 ORDER BY position",
                          reader.column_list(), rows_table_of(ledger, with_rows))) {}
};
struct EntryReading {
    EntryReader reader;
    std::string sql;
    std::vector<ListReading> lists;

    EntryReading(const definition::Ledger& ledger, const std::vector<std::string>& fields,
                 bool private_too)
        : reader(ledger, fields, private_too),
          sql(fmt::format("SELECT {} FROM {} WHERE jurisdiction_id = $1 AND id = $2",
                          reader.column_list(), table_of(ledger))) {
        for (const Field* field : reader.with_rows()) lists.emplace_back(ledger, *field);
    }
};
struct EntryReadings {
    EntryReading head;  // No field is called "".
    EntryReading without_private;
    EntryReading whole;
    std::vector<FieldColumn> columns;

    explicit EntryReadings(const definition::Ledger& ledger)
        : head(ledger, {""}, false),
          without_private(ledger, {}, false),
          whole(ledger, {}, true),
          columns(columns_of(ledger)) {}
};

const EntryReadings& readings_of(const definition::Ledger& ledger) {
    return ledger.kept.get<EntryReadings>([&] { return EntryReadings(ledger); });
}

// The row of the entry's own table.
std::optional<Entry> read_row(storage::Connection& connection, const EntryPlace& place,
                              const EntryReading& reading, const ColumnOpener& open) {
    std::optional<Entry> out;
    connection.query(reading.sql, {place.jurisdiction.value, place.entry.value},
                     [&](const storage::Row& row) { out = reading.reader.read(row, open); });
    return out;
}

void make_tables_of(storage::Connection& connection, const definition::Ledger& ledger) {
    const std::vector<std::string> present = columns_in(connection, table_of(ledger));
    if (present.empty()) {
        connection.run_script(storage::in_dialect(connection.dialect(), table_ddl(ledger)));
        return;
    }
    add_missing_columns(connection, table_of(ledger), columns_of(ledger), present);
    for (const Field& field : ledger.fields) {
        if (!field.has_rows()) continue;
        const std::vector<std::string> row_columns =
            columns_in(connection, rows_table_of(ledger, field));
        if (row_columns.empty()) {
            definition::Ledger only =
                ledger;  // A list that an extension brought: only its own table is new.
            only.fields = {field};
            const std::string ddl = table_ddl(only);
            connection.run_script(storage::in_dialect(
                connection.dialect(),
                ddl.substr(ddl.find("CREATE TABLE " + rows_table_of(ledger, field)))));
        } else {
            add_missing_columns(connection, rows_table_of(ledger, field), row_columns_of(field),
                                row_columns);
        }
    }
}

}  // namespace

void make_ledger_tables(storage::Connection& connection, const definition::Ledger& ledger) {
    make_tables_of(connection, ledger);
    storage::keep_rows_apart(connection, table_of(ledger));
    for (const Field& field : ledger.fields) {
        if (field.has_rows()) storage::keep_rows_apart(connection, rows_table_of(ledger, field));
    }
    const std::string indexes = look_up_indexes_ddl(ledger);
    if (!indexes.empty()) connection.run_script(indexes);
}

ListInsertion::ListInsertion(const definition::Ledger& ledger, const Field& with_rows)
    : field(&with_rows),
      table(rows_table_of(ledger, with_rows)),
      names({"jurisdiction_id", "entry_id", "position"}),
      columns(row_columns_of(with_rows)) {
    for (const FieldColumn& column : columns) names.push_back(column.name);
}

EntryInsertion::EntryInsertion(const definition::Ledger& ledger) : columns(columns_of(ledger)) {
    std::string names = fmt::format("{}", fmt::join(head_columns(), ", "));
    for (const FieldColumn& column : columns) names += ", " + column.name;
    sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", table_of(ledger), names,
                      placeholders(head_columns().size() + columns.size()));
    for (const Field& field : ledger.fields) {
        if (field.has_rows()) lists.emplace_back(ledger, field);
    }
}

EntryInsertions::EntryInsertions(const definition::DefinitionSet& set) {
    for (const definition::Ledger& ledger : set.ledgers())
        by_ledger_.emplace(ledger.id, EntryInsertion(ledger));
}

const EntryInsertion& EntryInsertions::of(const std::string& ledger) const {
    const auto found = by_ledger_.find(ledger);
    INVARIANT(found != by_ledger_.end());
    return found->second;
}

void insert_entry(storage::Connection& connection, JurisdictionId jurisdiction,
                  const EntryInsertion& insertion, const Entry& entry, const ColumnSealer& seal) {
    const EntryHead& head = entry.head;
    const std::string absent = absence_text(entry.absent);
    std::vector<Cell> cells = {jurisdiction.value,
                               head.id.value,
                               head.unit.value,
                               head.handler.value,
                               head.state,
                               std::int64_t{head.revision},
                               head.dated_on,
                               month_of(head.dated_on),
                               head.recorded_at,
                               head.recorded_by.value,
                               head.number,
                               head.reference,
                               std::int64_t{head.voided ? 1 : 0},
                               std::int64_t{head.imported ? 1 : 0},
                               absent.empty() ? Cell{} : Cell{absent}};
    cells.reserve(cells.size() + insertion.columns.size());
    for (const FieldColumn& column : insertion.columns) {
        cells.push_back(cell_of(column, entry.fields.at(column.field->id),
                                [&](std::string_view text) { return seal(column.name, text); }));
    }
    connection.execute(insertion.sql, cells);
    for (const ListInsertion& list : insertion.lists) {
        insert_list(connection, jurisdiction, head.id, list, entry.fields.at(list.field->id), seal);
    }
}

void update_entry(storage::Connection& connection, JurisdictionId jurisdiction,
                  const definition::Ledger& ledger, const HeadChange& head, const Value& changed,
                  const ColumnSealer& seal) {
    const EntryHead& was = head.before.head;
    const EntryHead& is = head.after.head;
    std::vector<Cell> cells = {jurisdiction.value, is.id.value, std::int64_t{is.revision}};
    std::string sets = "revision = $3";
    const auto set = [&](std::string_view column, Cell cell) {
        cells.push_back(std::move(cell));
        sets += fmt::format(", {} = ${}", column, cells.size());
    };
    if (is.unit != was.unit) set("unit_id", is.unit.value);
    if (is.handler != was.handler) set("handler", is.handler.value);
    if (is.state != was.state) set("state", is.state);
    if (is.dated_on != was.dated_on) {
        set("dated_on", is.dated_on);
        set("month", month_of(is.dated_on));
    }
    if (is.voided != was.voided) set("voided", std::int64_t{is.voided ? 1 : 0});
    if (head.after.absent != head.before.absent) {
        const std::string absent = absence_text(head.after.absent);
        set("absent", absent.empty() ? Cell{} : Cell{absent});
    }
    for (const FieldColumn& column : readings_of(ledger).columns) {
        if (!changed.has(column.field->id)) continue;
        set(column.name, cell_of(column, changed.at(column.field->id),
                                 [&](std::string_view text) { return seal(column.name, text); }));
    }
    connection.execute(fmt::format("UPDATE {} SET {} WHERE jurisdiction_id = $1 AND id = $2",
                                   table_of(ledger), sets),
                       cells);
    for (const Field& field : ledger.fields) {
        if (!field.has_rows() || !changed.has(field.id)) continue;
        connection.execute(
            fmt::format("DELETE FROM {} WHERE jurisdiction_id = $1 AND entry_id = $2",
                        rows_table_of(ledger, field)),
            {jurisdiction.value, is.id.value});
        insert_list(connection, jurisdiction, is.id, ListInsertion(ledger, field),
                    changed.at(field.id), seal);
    }
}

void raise_revision(storage::Connection& connection, const EntryPlace& place) {
    connection.execute(
        fmt::format("UPDATE {} SET revision = revision + 1 WHERE jurisdiction_id = $1 AND id = $2",
                    table_of(place.ledger)),
        {place.jurisdiction.value, place.entry.value});
}

void blank_names(storage::Connection& connection, const EntryPlace& place) {
    connection.execute(
        fmt::format("UPDATE {} SET reference = '' WHERE jurisdiction_id = $1 AND id = $2",
                    table_of(place.ledger)),
        {place.jurisdiction.value, place.entry.value});
    connection.execute(
        "UPDATE evidence_use SET name = '' WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id "
        "= $3",
        {place.jurisdiction.value, place.ledger.id, place.entry.value});
}

void lock_evidence(storage::Connection& connection) {
    // On SQLite whoever writes has the file alone.
    if (connection.dialect() == storage::Dialect::Postgresql)
        connection.run_script("LOCK TABLE evidence_use IN SHARE ROW EXCLUSIVE MODE");
}

std::vector<Digest> unused_evidence(storage::Connection& connection, JurisdictionId jurisdiction,
                                    const std::string& ledger, EntryId entry) {
    std::vector<Digest> out;
    connection.query(
        "SELECT DISTINCT u.digest FROM evidence_use u WHERE u.jurisdiction_id = $1 AND u.ledger = "
        "$2 AND u.entry_id = $3 AND NOT EXISTS (SELECT 1 FROM evidence_use o JOIN entry_key k ON "
        "k.jurisdiction_id = o.jurisdiction_id AND k.subject_id = o.entry_id WHERE o.digest = "
        "u.digest)",
        {jurisdiction.value, ledger, entry.value}, [&](const storage::Row& row) {
            if (const auto digest = Digest::from_hex(row.text(0))) out.push_back(*digest);
        });
    return out;
}

std::optional<Entry> read_head(storage::Connection& connection, const EntryPlace& place) {
    return read_row(connection, place, readings_of(place.ledger).head, closed);
}

std::optional<Entry> read_entry(storage::Connection& connection, const EntryPlace& place,
                                bool private_too, const ColumnOpener& open) {
    const EntryReadings& readings = readings_of(place.ledger);
    const EntryReading& reading = private_too ? readings.whole : readings.without_private;
    std::optional<Entry> out = read_row(connection, place, reading, open);
    if (!out) return out;
    for (const ListReading& list : reading.lists) {
        connection.query(
            list.sql, {place.jurisdiction.value, place.entry.value}, [&](const storage::Row& row) {
                const auto open_column = [&](const std::string& column, std::string_view bytes) {
                    return open(fmt::format("{}[{}].{}", list.field->id, row.integer(0), column),
                                bytes);
                };
                add_list_row(*list.field, list.reader.read(row, 1, open_column), out->fields);
            });
    }
    return out;
}

void insert_passage(storage::Connection& connection, JurisdictionId jurisdiction,
                    const std::string& ledger, EntryId entry, const Passage& passage,
                    const std::string& second_person, const std::string& definitions) {
    connection.execute(
        "INSERT INTO passage (jurisdiction_id, ledger, entry_id, n, transition, from_state, state, "
        "happened_on, recorded_at, "
        "actor, actor_jurisdiction, imported, second_person, definitions) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        {jurisdiction.value, ledger, entry.value, std::int64_t{passage.n}, passage.transition,
         passage.from_state, passage.state, passage.happened_on, passage.recorded_at,
         passage.actor.value, passage.actor_jurisdiction.value,
         std::int64_t{passage.imported ? 1 : 0}, second_person, definitions});
}

std::vector<Passage> read_passages(storage::Connection& connection, JurisdictionId jurisdiction,
                                   const std::string& ledger, EntryId entry) {
    std::vector<Passage> out;
    connection.query(
        "SELECT n, transition, from_state, state, happened_on, recorded_at, actor, "
        "actor_jurisdiction, imported FROM passage "
        "WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id = $3 ORDER BY n",
        {jurisdiction.value, ledger, entry.value}, [&](const storage::Row& row) {
            out.push_back({static_cast<int>(row.integer(0)), std::string(row.text(1)),
                           std::string(row.text(2)), std::string(row.text(3)),
                           std::string(row.text(4)), std::string(row.text(5)),
                           PersonId{row.integer(6)}, JurisdictionId{row.integer(7)},
                           row.integer(8) != 0});
        });
    return out;
}

void insert_evidence(storage::Connection& connection, JurisdictionId jurisdiction,
                     const std::string& ledger, EntryId entry, std::int64_t seq,
                     const EvidenceUse& use) {
    connection.execute(
        "INSERT INTO evidence (jurisdiction_id, digest, media_type, size) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT DO NOTHING",
        {jurisdiction.value, use.digest.hex(), use.media_type, use.size});
    connection.execute(
        "INSERT INTO evidence_use (jurisdiction_id, ledger, entry_id, seq, kind, digest, name, "
        "happened_on, recorded_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {jurisdiction.value, ledger, entry.value, seq, use.kind, use.digest.hex(), use.name,
         use.happened_on, use.recorded_at});
}

std::vector<EvidenceUse> read_evidence(storage::Connection& connection, JurisdictionId jurisdiction,
                                       const std::string& ledger, EntryId entry) {
    std::vector<EvidenceUse> out;
    connection.query(
        "SELECT u.kind, u.digest, u.name, e.media_type, e.size, u.happened_on, u.recorded_at FROM "
        "evidence_use u "
        "JOIN evidence e ON e.jurisdiction_id = u.jurisdiction_id AND e.digest = u.digest "
        "WHERE u.jurisdiction_id = $1 AND u.ledger = $2 AND u.entry_id = $3 ORDER BY u.seq",
        {jurisdiction.value, ledger, entry.value}, [&](const storage::Row& row) {
            out.push_back({std::string(row.text(0)),
                           Digest::from_hex(row.text(1)).value_or(Digest{}),
                           std::string(row.text(2)), std::string(row.text(3)), row.integer(4),
                           std::string(row.text(5)), std::string(row.text(6))});
        });
    return out;
}

void insert_link(storage::Connection& connection, JurisdictionId jurisdiction, const Link& link) {
    connection.execute(
        "INSERT INTO link (jurisdiction_id, from_ledger, from_id, relation, to_jurisdiction_id, "
        "to_ledger, to_id) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        {jurisdiction.value, link.from_ledger, link.from.value, link.relation, jurisdiction.value,
         link.to_ledger, link.to.value});
}

std::vector<Link> read_links(storage::Connection& connection, JurisdictionId jurisdiction,
                             const std::string& ledger, EntryId entry) {
    std::vector<Link> out;
    // Each direction through its index: of an OR, SQLite reads every link of the office.
    connection.query(
        "SELECT from_ledger, from_id, relation, to_ledger, to_id FROM link WHERE jurisdiction_id = "
        "$1 AND from_ledger = $2 AND from_id = $3 UNION ALL "
        "SELECT from_ledger, from_id, relation, to_ledger, to_id FROM link WHERE jurisdiction_id = "
        "$1 AND to_ledger = $2 AND to_id = $3 AND NOT (from_ledger = $2 AND from_id = $3)",
        {jurisdiction.value, ledger, entry.value}, [&](const storage::Row& row) {
            out.push_back({std::string(row.text(0)), EntryId{row.integer(1)},
                           std::string(row.text(2)), std::string(row.text(3)),
                           EntryId{row.integer(4)}});
        });
    std::sort(out.begin(), out.end(), [](const Link& a, const Link& b) {
        return std::tie(a.from, a.to, a.relation, a.from_ledger, a.to_ledger) <
               std::tie(b.from, b.to, b.relation, b.from_ledger, b.to_ledger);
    });
    return out;
}

std::vector<EntryId> entries_naming(storage::Connection& connection, const EntryPlace& named,
                                    const definition::Ledger& holder) {
    std::vector<EntryId> out;
    const auto look = [&](const std::string& table, const char* id, const Field& field) {
        const auto& sources = field.from->ledgers;
        if (std::find(sources.begin(), sources.end(), named.ledger.id) == sources.end()) return;
        std::string sql = fmt::format("SELECT {} FROM {} WHERE jurisdiction_id = $1 AND {} = $2",
                                      id, table, field.id);
        std::vector<Cell> cells = {named.jurisdiction.value, named.entry.value};
        if (sources.size() > 1) {
            sql += fmt::format(" AND {}__ledger = $3", field.id);
            cells.emplace_back(named.ledger.id);
        }
        connection.query(sql, cells,
                         [&](const storage::Row& row) { out.push_back(EntryId{row.integer(0)}); });
    };
    for (const Field& field : holder.fields) {
        if (field.type == FieldType::Entry && field.from && !field.is_private)
            look(table_of(holder), "id", field);
        for (const Field& column : field.of) {
            if (column.type == FieldType::Entry && column.from && !field.is_private &&
                !column.is_private)
                look(rows_table_of(holder, field), "entry_id", column);
        }
    }
    return out;
}

std::int64_t last_number(storage::Connection& connection, JurisdictionId jurisdiction,
                         const NumberSeries& series) {
    std::int64_t out = 0;
    connection.query(
        "SELECT last FROM number_counter WHERE jurisdiction_id = $1 AND ledger = $2 AND year = $3 "
        "AND unit_id = $4",
        {jurisdiction.value, series.ledger, std::int64_t{series.year}, series.unit.value},
        [&](const storage::Row& row) { out = row.integer(0); });
    return out;
}

void store_number(storage::Connection& connection, JurisdictionId jurisdiction,
                  const NumberSeries& series, std::int64_t serial) {
    connection.execute(
        "INSERT INTO number_counter (jurisdiction_id, ledger, year, unit_id, last) VALUES ($1, $2, "
        "$3, $4, $5) "
        "ON CONFLICT (jurisdiction_id, ledger, year, unit_id) DO UPDATE SET last = excluded.last",
        {jurisdiction.value, series.ledger, std::int64_t{series.year}, series.unit.value, serial});
}

std::int64_t references(storage::Connection& connection, JurisdictionId jurisdiction,
                        const definition::Ledger& ledger, const std::string& reference) {
    std::int64_t out = 0;
    connection.query(fmt::format("SELECT count(*) FROM {} WHERE jurisdiction_id = $1 AND reference "
                                 "= $2 AND reference <> ''",
                                 table_of(ledger)),
                     {jurisdiction.value, reference},
                     [&](const storage::Row& row) { out = row.integer(0); });
    return out;
}

std::vector<EntryId> entries_keyed(storage::Connection& connection, JurisdictionId jurisdiction,
                                   const definition::Ledger& ledger, const Value& fields) {
    std::vector<EntryId> out;
    std::string where;
    std::vector<Cell> cells = {jurisdiction.value};
    for (const FieldColumn& column : key_columns_of(ledger)) {
        cells.push_back(cell_of(column, fields.at(column.field->id),
                                [](std::string_view) { return std::string(); }));
        where += fmt::format(" AND {} = ${}", column.name, cells.size());
    }
    connection.query(fmt::format("SELECT id FROM {} WHERE jurisdiction_id = $1{} AND voided = 0 "
                                 "ORDER BY id LIMIT 2",
                                 table_of(ledger), where),
                     cells,
                     [&](const storage::Row& row) { out.push_back(EntryId{row.integer(0)}); });
    return out;
}

std::vector<EntryId> entries_named(storage::Connection& connection, JurisdictionId jurisdiction,
                                   const definition::Ledger& ledger, const std::string& name) {
    std::vector<EntryId> out;
    const auto look = [&](const std::string& column) {
        connection.query(fmt::format("SELECT id FROM {} WHERE jurisdiction_id = $1 AND {} = $2 AND "
                                     "voided = 0 ORDER BY id LIMIT 2",
                                     table_of(ledger), column),
                         {jurisdiction.value, name},
                         [&](const storage::Row& row) { out.push_back(EntryId{row.integer(0)}); });
    };
    if (name.empty()) return out;
    look("reference");
    if (out.empty() && !ledger.number.empty()) look("entry_number");
    if (out.empty() && ledger.key.size() == 1) {
        const Field* field = ledger.field(ledger.key.front());
        const bool is_text = field != nullptr && !field->is_private &&
                             (field->type == definition::FieldType::Text ||
                              field->type == definition::FieldType::IdNumber);
        if (is_text) look(field->id);
    }
    return out;
}

}  // namespace fazhi::ledger
