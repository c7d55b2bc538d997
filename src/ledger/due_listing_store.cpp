#include <fmt/format.h>

#include "ledger/clauses_store.h"
#include "ledger/clock_store.h"
#include "ledger/due_listing.h"
#include "ledger/ledger_table.h"
#include "storage/connection.h"

namespace fazhi::ledger {
namespace {

enum class Day { Known, Unknown, Either };

// The clocks asked for joined to their entries; its parameters are the clauses'. The clocks lead,
// so that they come in the order of their index.
std::string asked_for(const definition::Ledger& ledger, const DueQuestion& question, Day day,
                      Clauses& clauses) {
    clauses.add_reach(question.reach);
    if (question.unit) clauses.add("unit_id = " + clauses.bind(question.unit.value));
    if (question.handler) clauses.add("handler = " + clauses.bind(question.handler.value));
    std::string clocks = "FALSE";
    if (!question.clocks.empty()) clocks += " OR clock " + clauses.in(question.clocks);
    if (!question.until_over.empty()) {
        clocks += " OR (clock " + clauses.in(question.until_over);
        clocks += " AND (due_on = '' OR due_on >= " + clauses.bind(question.today) + "))";
    }
    std::string days;
    if (day == Day::Known) days += " AND due_on <> ''";
    if (day == Day::Unknown) days += " AND due_on = ''";
    if (!question.due_from.empty()) days += " AND due_on >= " + clauses.bind(question.due_from);
    if (!question.due_to.empty()) days += " AND due_on <= " + clauses.bind(question.due_to);
    const std::string name = clauses.bind(ledger.id);
    return fmt::format(
        "(SELECT entry_id, clock, run, due_on, status FROM clock WHERE jurisdiction_id = $1 AND "
        "ledger = {} AND {}{} AND ({})) due CROSS JOIN (SELECT id, unit_id, handler FROM {} WHERE "
        "{}) entry WHERE entry.id = due.entry_id",
        name, kRunIsOpen, days, clocks, table_of(ledger), clauses.where());
}

bool asks_for_a_day(const DueQuestion& question) {
    return !question.due_from.empty() || !question.due_to.empty();
}

void add_runs(storage::Connection& connection, JurisdictionId jurisdiction,
              const definition::Ledger& ledger, const DueQuestion& question, Day day,
              std::size_t limit, std::vector<DueRun>& out) {
    Clauses clauses(connection, jurisdiction);
    const std::string from = asked_for(ledger, question, day, clauses);
    connection.query(
        fmt::format("SELECT due.entry_id, entry.unit_id, entry.handler, due.clock, due.run, "
                    "due.due_on, due.status FROM {} ORDER BY due.due_on, due.entry_id, due.clock, "
                    "due.run LIMIT {}",
                    from, limit),
        clauses.cells(), [&](const storage::Row& row) {
            out.push_back({.entry = EntryId{row.integer(0)},
                           .unit = UnitId{row.integer(1)},
                           .handler = PersonId{row.integer(2)},
                           .clock = std::string(row.text(3)),
                           .run = static_cast<int>(row.integer(4)),
                           .due_on = std::string(row.text(5)),
                           .waiting = row.text(6) == to_text(RunStatus::WaitingCalendar)});
        });
}

}  // namespace

std::vector<DueRun> due_runs(storage::Connection& connection, JurisdictionId jurisdiction,
                             const definition::Ledger& ledger, const DueQuestion& question,
                             std::size_t limit) {
    std::vector<DueRun> out;
    add_runs(connection, jurisdiction, ledger, question, Day::Known, limit, out);
    if (out.size() < limit && !asks_for_a_day(question))
        add_runs(connection, jurisdiction, ledger, question, Day::Unknown, limit - out.size(), out);
    return out;
}

std::map<UnitId, DueCount> count_due(storage::Connection& connection, JurisdictionId jurisdiction,
                                     const definition::Ledger& ledger,
                                     const DueQuestion& question) {
    Clauses clauses(connection, jurisdiction);
    const Day day = asks_for_a_day(question) ? Day::Known : Day::Either;
    const std::string from = asked_for(ledger, question, day, clauses);
    std::map<UnitId, DueCount> out;
    connection.query(
        fmt::format("SELECT entry.unit_id, count(*), count(CASE WHEN due.status = '{}' THEN 1 END) "
                    "FROM {} GROUP BY entry.unit_id",
                    to_text(RunStatus::WaitingCalendar), from),
        clauses.cells(), [&](const storage::Row& row) {
            out[UnitId{row.integer(0)}] = {row.integer(1), row.integer(2)};
        });
    return out;
}

std::set<std::string> ledgers_with_open_runs(storage::Connection& connection,
                                             JurisdictionId jurisdiction) {
    std::set<std::string> out;
    connection.query(
        fmt::format("SELECT DISTINCT ledger FROM clock WHERE jurisdiction_id = $1 AND {}",
                    kRunIsOpen),
        {jurisdiction.value},
        [&](const storage::Row& row) { out.insert(std::string(row.text(0))); });
    return out;
}

}  // namespace fazhi::ledger
