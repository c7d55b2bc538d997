#include "ledger/evidence_store.h"

#include "storage/connection.h"

namespace fazhi::ledger {

std::vector<Digest> evidence_named(storage::Connection& connection) {
    std::vector<Digest> out;
    connection.query(
        "SELECT DISTINCT u.digest FROM evidence_use u JOIN entry_key k ON k.jurisdiction_id = "
        "u.jurisdiction_id AND k.subject_id = u.entry_id ORDER BY u.digest",
        {}, [&](const storage::Row& row) {
            if (const auto digest = Digest::from_hex(row.text(0))) out.push_back(*digest);
        });
    return out;
}

}  // namespace fazhi::ledger
