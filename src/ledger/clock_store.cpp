#include "ledger/clock_store.h"

#include <array>

#include <fmt/format.h>

#include "base/invariant.h"

namespace fazhi::ledger {
namespace {

constexpr std::string_view kRunColumns =
    "clock, run, started_on, due_on, due_at, stopped_on, stopped_at, status";
constexpr std::array<std::string_view, 7> kChangingColumns = {
    "started_on", "due_on", "due_at", "stopped_on", "stopped_at", "status", "next_on"};

ClockRun run_of(const storage::Row& row, int at) {
    const auto status = run_status_from(row.text(at + 7));
    INVARIANT(status.has_value());
    return ClockRun{.clock = std::string(row.text(at)),
                    .run = static_cast<int>(row.integer(at + 1)),
                    .started_on = std::string(row.text(at + 2)),
                    .due_on = std::string(row.text(at + 3)),
                    .due_at = std::string(row.text(at + 4)),
                    .stopped_on = std::string(row.text(at + 5)),
                    .stopped_at = std::string(row.text(at + 6)),
                    .status = *status};
}

std::vector<EntryRun> read_entry_runs(storage::Connection& connection, const std::string& rest,
                                      const std::vector<storage::Cell>& cells) {
    std::vector<EntryRun> out;
    connection.query(
        fmt::format("SELECT {}, ledger, entry_id, next_on FROM clock WHERE {}", kRunColumns, rest),
        cells, [&](const storage::Row& row) {
            out.push_back({std::string(row.text(8)), EntryId{row.integer(9)}, run_of(row, 0),
                           std::string(row.text(10))});
        });
    return out;
}

}  // namespace

void insert_runs(storage::Connection& connection, const RunOwner& owner,
                 const std::vector<RunRow>& rows) {
    static const std::vector<std::string> kColumns = {
        "jurisdiction_id", "ledger",     "entry_id",   "clock",  "run",     "started_on", "due_on",
        "due_at",          "stopped_on", "stopped_at", "status", "next_on", "definitions"};
    std::vector<std::vector<storage::Cell>> cells;
    cells.reserve(rows.size());
    for (const RunRow& row : rows) {
        const ClockRun& run = row.run;
        cells.push_back({owner.jurisdiction.value, owner.ledger, owner.entry.value, run.clock,
                         std::int64_t{run.run}, run.started_on, run.due_on, run.due_at,
                         run.stopped_on, run.stopped_at, std::string(to_text(run.status)),
                         row.next_on, owner.definitions});
    }
    connection.insert_rows("clock", kColumns, cells);
}

void change_run(storage::Connection& connection, const RunOwner& owner, const Value& changed) {
    std::vector<storage::Cell> cells = {owner.jurisdiction.value,  owner.ledger,
                                        owner.entry.value,         changed.text_at("clock"),
                                        changed.integer_at("run"), owner.definitions};
    std::string sets = "definitions = $6";
    for (const std::string_view column : kChangingColumns) {
        if (!changed.has(column)) continue;
        cells.emplace_back(changed.text_at(column));
        sets += fmt::format(", {} = ${}", column, cells.size());
    }
    connection.execute(
        fmt::format("UPDATE clock SET {} WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id = "
                    "$3 AND clock = $4 AND run = $5",
                    sets),
        cells);
}

void delete_run(storage::Connection& connection, const RunOwner& owner, const std::string& clock,
                int run) {
    connection.execute(
        "DELETE FROM clock WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id = $3 AND clock "
        "= $4 AND run = $5",
        {owner.jurisdiction.value, owner.ledger, owner.entry.value, clock, std::int64_t{run}});
}

void delete_runs(storage::Connection& connection, const RunOwner& owner) {
    connection.execute(
        "DELETE FROM clock WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id = $3",
        {owner.jurisdiction.value, owner.ledger, owner.entry.value});
}

std::vector<ClockRun> read_runs(storage::Connection& connection, JurisdictionId jurisdiction,
                                const std::string& ledger, EntryId entry) {
    std::vector<ClockRun> out;
    static const std::string kSelect = fmt::format(
        "SELECT {} FROM clock WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id = $3 ORDER "
        "BY clock, run",
        kRunColumns);
    connection.query(kSelect, {jurisdiction.value, ledger, entry.value},
                     [&](const storage::Row& row) { out.push_back(run_of(row, 0)); });
    return out;
}

std::vector<EntryRun> runs_to_look_at(storage::Connection& connection, JurisdictionId jurisdiction,
                                      const std::string& day, int count) {
    return read_entry_runs(connection,
                           "jurisdiction_id = $1 AND next_on <> '' AND next_on <= $2 "
                           "ORDER BY next_on, ledger, entry_id, clock, run LIMIT $3",
                           {jurisdiction.value, day, count});
}

void look_again_on(storage::Connection& connection, JurisdictionId jurisdiction,
                   const EntryRun& run, const std::string& next_on) {
    connection.execute(
        "UPDATE clock SET next_on = $1 WHERE jurisdiction_id = $2 AND ledger = $3 AND entry_id = "
        "$4 AND clock = $5 AND run = $6",
        {next_on, jurisdiction.value, run.ledger, run.entry.value, run.run.clock, run.run.run});
}

std::vector<EntryRun> open_runs(storage::Connection& connection, JurisdictionId jurisdiction,
                                const std::string& day) {
    std::string rest = fmt::format("jurisdiction_id = $1 AND {}", kRunIsOpen);
    std::vector<storage::Cell> cells = {jurisdiction.value};
    if (!day.empty()) {
        rest += " AND due_on <= $2";
        cells.emplace_back(day);
    }
    return read_entry_runs(connection, rest + " ORDER BY due_on, ledger, entry_id, clock, run",
                           cells);
}

std::vector<EntryWithRuns> entries_unsettled(storage::Connection& connection,
                                             JurisdictionId jurisdiction) {
    std::vector<EntryWithRuns> out;
    connection.query(
        fmt::format("SELECT DISTINCT ledger, entry_id FROM clock WHERE jurisdiction_id = $1 AND "
                    "(due_on = '' OR {}) ORDER BY ledger, entry_id",
                    kRunIsOpen),
        {jurisdiction.value}, [&](const storage::Row& row) {
            out.push_back({std::string(row.text(0)), EntryId{row.integer(1)}});
        });
    return out;
}

std::vector<EntryRun> runs_due(storage::Connection& connection, JurisdictionId jurisdiction,
                               const std::string& ledger, const std::string& clock,
                               const std::string& from, const std::string& to) {
    return read_entry_runs(connection,
                           "jurisdiction_id = $1 AND ledger = $2 AND clock = $3 AND due_on >= $4 "
                           "AND due_on <= $5 ORDER BY entry_id, run",
                           {jurisdiction.value, ledger, clock, from, to});
}

}  // namespace fazhi::ledger
