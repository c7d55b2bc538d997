#include "journal/server_log_store.h"

#include "storage/connection.h"
#include "storage/transaction.h"

namespace fazhi::journal {

using storage::Blob;
using storage::Row;

void lock_server_log(storage::Transaction& transaction) {
    // On SQLite whoever writes has the file alone.
    if (transaction.connection().dialect() == storage::Dialect::Postgresql)
        transaction.connection().run_script("LOCK TABLE server_leaf IN SHARE ROW EXCLUSIVE MODE");
}

std::vector<ServerLeaf> server_leaves(storage::Connection& connection) {
    std::vector<ServerLeaf> out;
    connection.query(
        "SELECT n, jurisdiction_id, size, body, leaf_hash FROM server_leaf ORDER BY n", {},
        [&](const Row& row) {
            out.push_back({row.integer(0), JurisdictionId{row.integer(1)}, row.integer(2),
                           std::string(row.text(3)), std::string(row.bytes(4))});
        });
    return out;
}

std::vector<ServerNote> server_notes(storage::Connection& connection) {
    std::vector<ServerNote> out;
    connection.query(
        "SELECT size, at, note FROM server_note ORDER BY size", {}, [&](const Row& row) {
            out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
        });
    return out;
}

void insert_server_leaf(storage::Transaction& transaction, const ServerLeaf& leaf) {
    transaction.connection().execute(
        "INSERT INTO server_leaf (n, jurisdiction_id, size, body, leaf_hash) VALUES ($1, $2, $3, "
        "$4, $5)",
        {leaf.n, leaf.jurisdiction.value, leaf.size, leaf.body, Blob{leaf.leaf_hash}});
}

void insert_server_note(storage::Transaction& transaction, const ServerNote& note) {
    transaction.connection().execute(
        "INSERT INTO server_note (size, at, note) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        {note.size, note.at, note.note});
}

}  // namespace fazhi::journal
