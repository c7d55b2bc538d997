#include "duty/notice_store.h"

#include "storage/connection.h"

namespace fazhi::duty {
namespace {

std::vector<Notice> read_notices(storage::Connection& connection, const std::string& rest,
                                 std::initializer_list<storage::Cell> cells) {
    std::vector<Notice> out;
    connection.query(
        "SELECT ledger, entry_id, clock, run, due_on, kind, day, person_id, made_on, read_at FROM "
        "notice WHERE " +
            rest,
        cells, [&](const storage::Row& row) {
            out.push_back({std::string(row.text(0)), EntryId{row.integer(1)},
                           std::string(row.text(2)), static_cast<int>(row.integer(3)),
                           std::string(row.text(4)), std::string(row.text(5)),
                           std::string(row.text(6)), PersonId{row.integer(7)},
                           std::string(row.text(8)), std::string(row.text(9))});
        });
    return out;
}

}  // namespace

bool put_notice(storage::Connection& connection, JurisdictionId jurisdiction,
                const Notice& notice) {
    return connection.change(
               "INSERT INTO notice (jurisdiction_id, ledger, entry_id, clock, run, due_on, kind, "
               "day, person_id, made_on, read_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
               "'') "
               "ON CONFLICT DO NOTHING",
               {jurisdiction.value, notice.ledger, notice.entry.value, notice.clock, notice.run,
                notice.due_on, notice.kind, notice.day, notice.person.value, notice.made_on}) > 0;
}

std::vector<Notice> notices_of(storage::Connection& connection, JurisdictionId jurisdiction,
                               const NoticeSubject& subject) {
    return read_notices(connection,
                        "jurisdiction_id = $1 AND ledger = $2 AND entry_id = $3 "
                        "ORDER BY made_on, clock, run, kind, person_id",
                        {jurisdiction.value, subject.ledger, subject.entry.value});
}

std::string ticked_on(storage::Connection& connection, JurisdictionId jurisdiction) {
    std::string out;
    connection.query("SELECT ticked_on FROM tick WHERE jurisdiction_id = $1", {jurisdiction.value},
                     [&out](const storage::Row& row) { out = std::string(row.text(0)); });
    return out;
}

void put_ticked_on(storage::Connection& connection, JurisdictionId jurisdiction,
                   const std::string& day) {
    connection.execute(
        "INSERT INTO tick (jurisdiction_id, ticked_on) VALUES ($1, $2) "
        "ON CONFLICT (jurisdiction_id) DO UPDATE SET ticked_on = excluded.ticked_on",
        {jurisdiction.value, day});
}

}  // namespace fazhi::duty
