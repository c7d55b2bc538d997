#include "duty/delivery_store.h"

#include "storage/connection.h"

namespace fazhi::duty {
namespace {

constexpr const char* kNoticeColumns =
    "n.ledger, n.entry_id, n.clock, n.run, n.due_on, n.kind, n.day, n.person_id";
constexpr const char* kSameNotice =
    "d.jurisdiction_id = n.jurisdiction_id AND d.ledger = n.ledger AND d.entry_id = n.entry_id AND "
    "d.clock = n.clock AND d.run = n.run AND d.due_on = n.due_on AND d.kind = n.kind AND "
    "d.day = n.day AND d.person_id = n.person_id";

// From the columns of kNoticeColumns.
Notice notice_in(const storage::Row& row) {
    return {.ledger = std::string(row.text(0)),
            .entry = EntryId{row.integer(1)},
            .clock = std::string(row.text(2)),
            .run = static_cast<int>(row.integer(3)),
            .due_on = std::string(row.text(4)),
            .kind = std::string(row.text(5)),
            .day = std::string(row.text(6)),
            .person = PersonId{row.integer(7)},
            .made_on = {},
            .read_at = {}};
}

}  // namespace

std::vector<Notice> notices_without(storage::Connection& connection, JurisdictionId jurisdiction,
                                    const std::string& channel, const std::string& since,
                                    int limit) {
    std::vector<Notice> out;
    connection.query(
        std::string("SELECT ") + kNoticeColumns +
            " FROM notice n WHERE n.jurisdiction_id = $1 AND n.made_on >= $3 AND n.person_id <> 0 "
            "AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.channel = $2 AND " +
            kSameNotice + ") ORDER BY n.made_on, n.due_on, n.ledger, n.entry_id LIMIT $4",
        {jurisdiction.value, channel, since, limit},
        [&](const storage::Row& row) { out.push_back(notice_in(row)); });
    return out;
}

void put_delivery(storage::Connection& connection, JurisdictionId jurisdiction,
                  const Delivery& delivery) {
    const Notice& notice = delivery.notice;
    connection.execute(
        "INSERT INTO delivery (jurisdiction_id, ledger, entry_id, clock, run, due_on, kind, "
        "day, person_id, channel, state, send_at, tries, said, settled_at) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING",
        {jurisdiction.value, notice.ledger, notice.entry.value, notice.clock, notice.run,
         notice.due_on, notice.kind, notice.day, notice.person.value, delivery.channel,
         delivery.state, delivery.send_at, delivery.tries, delivery.said, delivery.settled_at});
}

std::vector<Delivery> deliveries_due(storage::Connection& connection, JurisdictionId jurisdiction,
                                     const std::string& instant, int limit) {
    std::vector<Delivery> out;
    connection.query(
        std::string("SELECT ") + kNoticeColumns +
            ", n.channel, n.state, n.send_at, n.tries, n.said FROM delivery n WHERE "
            "n.jurisdiction_id = $1 AND n.state = 'waiting' AND n.send_at <= $2 ORDER BY "
            "n.send_at, n.person_id, n.due_on, n.ledger, n.entry_id, n.kind LIMIT $3",
        {jurisdiction.value, instant, limit}, [&](const storage::Row& row) {
            out.push_back({.notice = notice_in(row),
                           .channel = std::string(row.text(8)),
                           .state = std::string(row.text(9)),
                           .send_at = std::string(row.text(10)),
                           .tries = static_cast<int>(row.integer(11)),
                           .said = std::string(row.text(12)),
                           .settled_at = {}});
        });
    return out;
}

void update_delivery(storage::Connection& connection, JurisdictionId jurisdiction,
                     const Delivery& delivery) {
    const Notice& notice = delivery.notice;
    connection.execute(
        "UPDATE delivery SET state = $11, send_at = $12, tries = $13, said = $14, settled_at = $15 "
        "WHERE jurisdiction_id = $1 AND ledger = $2 AND entry_id = $3 AND clock = $4 AND run = $5 "
        "AND due_on = $6 AND kind = $7 AND day = $8 AND person_id = $9 AND channel = $10",
        {jurisdiction.value, notice.ledger, notice.entry.value, notice.clock, notice.run,
         notice.due_on, notice.kind, notice.day, notice.person.value, delivery.channel,
         delivery.state, delivery.send_at, delivery.tries, delivery.said, delivery.settled_at});
}

std::vector<NoticeState> notice_states(storage::Connection& connection, JurisdictionId jurisdiction,
                                       PersonId person, int limit) {
    std::vector<NoticeState> out;
    connection.query(
        std::string("SELECT ") + kNoticeColumns +
            ", n.made_on, n.read_at, COALESCE(d.channel, ''), COALESCE(d.state, ''), "
            "COALESCE(d.send_at, ''), COALESCE(d.tries, 0), COALESCE(d.said, ''), "
            "COALESCE(d.settled_at, '') FROM (SELECT * FROM notice WHERE jurisdiction_id = $1 AND "
            "($2 = 0 OR person_id = $2) ORDER BY made_on DESC, due_on, ledger, entry_id, clock, "
            "run, kind, day, person_id LIMIT $3) n LEFT JOIN delivery d ON " +
            kSameNotice +
            " ORDER BY n.made_on DESC, n.due_on, n.ledger, n.entry_id, n.clock, n.run, n.kind, "
            "n.day, n.person_id, d.channel",
        {jurisdiction.value, person.value, limit}, [&](const storage::Row& row) {
            Notice notice = notice_in(row);
            notice.made_on = std::string(row.text(8));
            notice.read_at = std::string(row.text(9));
            if (out.empty() || out.back().notice != notice) out.push_back({notice, {}});
            if (row.text(10).empty()) return;
            out.back().deliveries.push_back({.notice = notice,
                                             .channel = std::string(row.text(10)),
                                             .state = std::string(row.text(11)),
                                             .send_at = std::string(row.text(12)),
                                             .tries = static_cast<int>(row.integer(13)),
                                             .said = std::string(row.text(14)),
                                             .settled_at = std::string(row.text(15))});
        });
    return out;
}

}  // namespace fazhi::duty
