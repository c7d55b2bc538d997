#include <fmt/format.h>

#include "calendar/date.h"
#include "ledger/entry_row.h"
#include "ledger/id_list_store.h"
#include "ledger/scan.h"
#include "storage/connection.h"

namespace fazhi::ledger {
namespace {

using storage::Cell;

struct Filter {
    std::string where;
    std::vector<Cell> cells;
};

// A query for the numbers of the entries concerned: each part read off an index. $1 is the
// jurisdiction.
std::string concerned_sql(const storage::Connection& connection, const definition::Ledger& ledger,
                          const Concerned& concerned, std::vector<Cell>& cells) {
    std::string out;
    const auto placed = [&](Cell cell) {
        cells.push_back(std::move(cell));
        return cells.size();
    };
    const auto add = [&](const std::string& query) {
        out += (out.empty() ? "" : " UNION ") + query;
    };
    const std::string of_ledger =
        fmt::format("SELECT id FROM {} WHERE jurisdiction_id = $1", table_of(ledger));
    if (!concerned.dated_to.empty()) {
        const std::size_t from = placed(concerned.dated_from);
        add(fmt::format("{} AND dated_on >= ${} AND dated_on <= ${}", of_ledger, from,
                        placed(concerned.dated_to)));
    }
    if (!concerned.passed_from.empty()) {
        const std::size_t name = placed(ledger.id);
        add(
            fmt::format("SELECT entry_id FROM passage WHERE jurisdiction_id = $1 AND ledger = ${} "
                        "AND happened_on >= ${}",
                        name, placed(concerned.passed_from)));
    }
    if (!concerned.states.empty()) {
        std::string states;
        for (const std::string& state : concerned.states)
            states += fmt::format("{}${}", states.empty() ? "" : ", ", placed(state));
        add(fmt::format("{} AND state IN ({})", of_ledger, states));
    }
    if (!concerned.named.empty()) {
        const std::size_t place = placed(id_list(connection, concerned.named));
        add(of_ledger + " AND id IN " + in_id_list(connection, place));
    }
    return out.empty() ? of_ledger + " AND 1 = 0" : out;
}

// By month first, so that the index on (jurisdiction_id, month) carries the range.
Filter filter_of(const storage::Connection& connection, JurisdictionId jurisdiction,
                 const definition::Ledger& ledger, const ScanRange& range) {
    Filter out{"jurisdiction_id = $1", {jurisdiction.value}};
    const auto add = [&](const std::string& condition, Cell cell) {
        out.cells.push_back(std::move(cell));
        out.where += fmt::format(" AND {}${}", condition, out.cells.size());
    };
    if (const auto from = calendar::date_from(range.dated_from)) {
        add("month >= ", std::int64_t{calendar::month_number(*from)});
        add("dated_on >= ", range.dated_from);
    }
    if (const auto to = calendar::date_from(range.dated_to)) {
        add("month <= ", std::int64_t{calendar::month_number(*to)});
        add("dated_on <= ", range.dated_to);
    }
    if (!range.voided_too) out.where += " AND voided = 0";
    if (range.only != nullptr) {
        out.cells.emplace_back(id_list(connection, *range.only));
        out.where += " AND id IN " + in_id_list(connection, out.cells.size());
    }
    if (range.concerned) {
        const std::string ids = concerned_sql(connection, ledger, *range.concerned, out.cells);
        out.where += fmt::format(" AND id IN ({})", ids);
    }
    return out;
}

// Private columns are not read here.
std::optional<std::string> closed(const std::string&, std::string_view) {
    return std::nullopt;
}

// Whose list rows are read: those of the entries named, else of those the filter finds.
Filter lists_filter(const storage::Connection& connection, JurisdictionId jurisdiction,
                    const definition::Ledger& ledger, const ScanRange& range,
                    const Filter& entries) {
    if (range.only == nullptr) {
        return {fmt::format("jurisdiction_id = $1 AND entry_id IN (SELECT id FROM {} WHERE {})",
                            table_of(ledger), entries.where),
                entries.cells};
    }
    return {"jurisdiction_id = $1 AND entry_id IN " + in_id_list(connection, 2),
            {jurisdiction.value, id_list(connection, *range.only)}};
}

// All rows of one list field, by entry.
std::map<std::int64_t, Value> read_lists(storage::Connection& connection,
                                         const definition::Ledger& ledger,
                                         const definition::Field& field, const Filter& filter) {
    std::map<std::int64_t, Value> out;
    const ListReader reader(field);
    connection.query(fmt::format("SELECT entry_id, {} FROM {} WHERE {} ORDER BY entry_id, position",
                                 reader.column_list(), rows_table_of(ledger, field), filter.where),
                     filter.cells, [&](const storage::Row& row) {
                         Value& fields =
                             out.try_emplace(row.integer(0), Value(Value::Map{})).first->second;
                         add_list_row(field, reader.read(row, 1, closed), fields);
                     });
    return out;
}

}  // namespace

void scan(storage::Connection& connection, JurisdictionId jurisdiction,
          const definition::Ledger& ledger, const std::vector<std::string>& fields,
          const ScanRange& range, const std::function<void(const Entry&)>& each) {
    const EntryReader reader(
        ledger, fields, false,
        range.counting ? EntryReader::Heads::Counted : EntryReader::Heads::Whole);
    const Filter filter = filter_of(connection, jurisdiction, ledger, range);
    std::map<std::string, std::map<std::int64_t, Value>> lists;
    const Filter of_lists = lists_filter(connection, jurisdiction, ledger, range, filter);
    for (const definition::Field* field : reader.with_rows())
        lists.emplace(field->id, read_lists(connection, ledger, *field, of_lists));

    std::string sql = fmt::format("SELECT {} FROM {} WHERE {} ORDER BY {}", reader.column_list(),
                                  table_of(ledger), filter.where,
                                  range.newest_first ? "month DESC, dated_on DESC, id DESC" : "id");
    if (range.limit > 0) sql += fmt::format(" LIMIT {} OFFSET {}", range.limit, range.offset);
    connection.query(sql, filter.cells, [&](const storage::Row& row) {
        Entry entry = reader.read(row, closed);
        for (const auto& [field, by_entry] : lists) {
            const auto found = by_entry.find(entry.head.id.value);
            if (found != by_entry.end()) entry.fields.set(field, found->second.at(field));
        }
        each(entry);
    });
}

std::map<std::int64_t, std::int64_t> count_by(storage::Connection& connection,
                                              JurisdictionId jurisdiction,
                                              const definition::Ledger& ledger, CountedBy by,
                                              int from_month, int to_month) {
    std::map<std::int64_t, std::int64_t> out;
    // Grouped as the index is sorted, so that nothing is sorted again.
    connection.query(
        fmt::format("SELECT month, unit_id, count(*) FROM {} WHERE jurisdiction_id = $1 AND month "
                    ">= $2 AND month <= $3 AND voided = 0 GROUP BY month, unit_id",
                    table_of(ledger)),
        {jurisdiction.value, std::int64_t{from_month}, std::int64_t{to_month}},
        [&](const storage::Row& row) {
            out[row.integer(by == CountedBy::Month ? 0 : 1)] += row.integer(2);
        });
    return out;
}

std::int64_t count_entries(storage::Connection& connection, JurisdictionId jurisdiction,
                           const definition::Ledger& ledger, const ScanRange& range) {
    const Filter filter = filter_of(connection, jurisdiction, ledger, range);
    std::int64_t out = 0;
    connection.query(
        fmt::format("SELECT count(*) FROM {} WHERE {}", table_of(ledger), filter.where),
        filter.cells, [&](const storage::Row& row) { out = row.integer(0); });
    return out;
}

void scan_passages(storage::Connection& connection, JurisdictionId jurisdiction,
                   const definition::Ledger& ledger, const std::optional<Concerned>& concerned,
                   const std::function<void(EntryId, const Passage&)>& each) {
    std::vector<Cell> cells = {jurisdiction.value, ledger.id};
    std::string among;
    if (concerned) {
        among = fmt::format(" AND entry_id IN ({})",
                            concerned_sql(connection, ledger, *concerned, cells));
    }
    connection.query(
        "SELECT entry_id, n, transition, from_state, state, happened_on, recorded_at, actor, "
        "actor_jurisdiction, imported FROM passage "
        "WHERE jurisdiction_id = $1 AND ledger = $2" +
            among + " ORDER BY entry_id, n",
        cells, [&](const storage::Row& row) {
            each(EntryId{row.integer(0)},
                 Passage{static_cast<int>(row.integer(1)), std::string(row.text(2)),
                         std::string(row.text(3)), std::string(row.text(4)),
                         std::string(row.text(5)), std::string(row.text(6)),
                         PersonId{row.integer(7)}, JurisdictionId{row.integer(8)},
                         row.integer(9) != 0});
        });
}

void scan_evidence(storage::Connection& connection, JurisdictionId jurisdiction,
                   const std::string& ledger, const std::vector<EntryId>& entries,
                   const std::function<void(EntryId, const EvidenceUse&)>& each) {
    connection.query(
        fmt::format("SELECT entry_id, kind, digest, name, happened_on, recorded_at FROM "
                    "evidence_use WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id IN {} "
                    "ORDER BY entry_id, seq",
                    in_id_list(connection, 3)),
        {jurisdiction.value, ledger, id_list(connection, entries)}, [&](const storage::Row& row) {
            EvidenceUse use;
            use.kind = row.text(1);
            use.digest = Digest::from_hex(row.text(2)).value_or(Digest{});
            use.name = row.text(3);
            use.happened_on = row.text(4);
            use.recorded_at = row.text(5);
            each(EntryId{row.integer(0)}, use);
        });
}

void scan_links(storage::Connection& connection, JurisdictionId jurisdiction,
                const std::string& ledger,
                const std::function<void(EntryId, const std::string&, EntryId)>& each) {
    connection.query(
        "SELECT from_ledger, from_id, to_ledger, to_id FROM link WHERE jurisdiction_id = $1 AND "
        "(from_ledger = $2 OR to_ledger = $2) "
        "ORDER BY from_id, to_id",
        {jurisdiction.value, ledger}, [&](const storage::Row& row) {
            if (row.text(0) == ledger)
                each(EntryId{row.integer(1)}, std::string(row.text(2)), EntryId{row.integer(3)});
            if (row.text(2) == ledger)
                each(EntryId{row.integer(3)}, std::string(row.text(0)), EntryId{row.integer(1)});
        });
}

}  // namespace fazhi::ledger
