#include "journal/journal_store.h"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "journal/journal.h"
#include "storage/connection.h"
#include "storage/transaction.h"

namespace fazhi::journal {
namespace {

using storage::Blob;
using storage::Cell;
using storage::Connection;
using storage::Row;

constexpr std::string_view kHashAlgorithmName = "hash_algorithm";

constexpr std::string_view kRecordColumns =
    "SELECT j.seq, j.subject_id, j.at, j.body, j.leaf_hash, k.wrapped FROM journal j "
    "LEFT JOIN entry_key k ON k.jurisdiction_id = j.jurisdiction_id "
    "AND k.subject_id = j.subject_id ";

StoredRecord record_in(const Row& row) {
    StoredRecord record{row.integer(0),
                        row.integer(1),
                        std::string(row.text(2)),
                        std::string(row.text(3)),
                        std::string(row.bytes(4)),
                        std::nullopt};
    if (!row.is_null(5)) record.wrapped = std::string(row.bytes(5));
    return record;
}

// "$2, $3, …": one place each for `count` values after the first parameter.
std::string places(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += fmt::format("{}${}", i == 0 ? "" : ", ", i + 2);
    }
    return text;
}

// A column of each of these records, in the order of `seqs`; those that are not there are left out.
std::vector<std::pair<std::int64_t, std::string>> column_of(Connection& connection,
                                                            JurisdictionId jurisdiction,
                                                            std::string_view column,
                                                            const std::vector<std::int64_t>& seqs) {
    constexpr std::size_t kSeqsPerQuery = 100;
    const std::string sql =
        fmt::format("SELECT seq, {} FROM journal WHERE jurisdiction_id = $1 AND seq IN ({})",
                    column, places(kSeqsPerQuery));

    std::map<std::int64_t, std::string> found;
    for (std::size_t begin = 0; begin < seqs.size(); begin += kSeqsPerQuery) {
        // Always the same statement: a short chunk repeats its last seq.
        std::vector<Cell> cells{jurisdiction.value};
        for (std::size_t i = 0; i < kSeqsPerQuery; ++i) {
            cells.emplace_back(seqs[std::min(begin + i, seqs.size() - 1)]);
        }
        connection.query(sql, std::span<const Cell>(cells), [&](const Row& row) {
            found.emplace(row.integer(0), std::string(row.bytes(1)));
        });
    }
    std::vector<std::pair<std::int64_t, std::string>> out;
    for (const auto seq : seqs) {
        const auto one = found.find(seq);
        if (one != found.end()) out.emplace_back(one->first, one->second);
    }
    return out;
}

}  // namespace

Connection& connection_of(storage::Transaction& transaction) {
    return transaction.connection();
}

void insert_head(storage::Transaction& transaction, JurisdictionId jurisdiction) {
    transaction.connection().execute(
        "INSERT INTO journal_head (jurisdiction_id, size, frontier) VALUES ($1, $2, $3)",
        {jurisdiction.value, std::int64_t{0}, Blob{}});
}

std::optional<StoredHead> find_head(Connection& connection, JurisdictionId jurisdiction) {
    std::optional<StoredHead> head;
    connection.query("SELECT size, frontier FROM journal_head WHERE jurisdiction_id = $1",
                     {jurisdiction.value}, [&](const Row& row) {
                         head = StoredHead{row.integer(0), std::string(row.bytes(1))};
                     });
    return head;
}

std::vector<StoredLeaf> leaves_from(Connection& connection, JurisdictionId jurisdiction,
                                    std::int64_t from_seq, std::int64_t most) {
    std::vector<StoredLeaf> leaves;
    connection.query(
        "SELECT seq, body, leaf_hash FROM journal WHERE jurisdiction_id = $1 AND seq >= $2 "
        "ORDER BY seq LIMIT $3",
        {jurisdiction.value, from_seq, most}, [&](const Row& row) {
            leaves.push_back({row.integer(0), std::string(row.text(1)), std::string(row.bytes(2))});
        });
    return leaves;
}

std::vector<StoredRecord> records_from(Connection& connection, JurisdictionId jurisdiction,
                                       std::int64_t from_seq) {
    static const std::string kSql =
        fmt::format("{}WHERE j.jurisdiction_id = $1 AND j.seq >= $2 ORDER BY j.seq LIMIT {}",
                    kRecordColumns, kRecordsPerPage);
    std::vector<StoredRecord> records;
    connection.query(kSql, {jurisdiction.value, from_seq},
                     [&](const Row& row) { records.push_back(record_in(row)); });
    return records;
}

std::vector<StoredRecord> records_of_subject(Connection& connection, JurisdictionId jurisdiction,
                                             std::int64_t subject) {
    static const std::string kSql = fmt::format(
        "{}WHERE j.jurisdiction_id = $1 AND j.subject_id = $2 ORDER BY j.seq", kRecordColumns);
    std::vector<StoredRecord> records;
    connection.query(kSql, {jurisdiction.value, subject},
                     [&](const Row& row) { records.push_back(record_in(row)); });
    return records;
}

std::vector<std::pair<std::int64_t, std::string>> leaf_hashes(
    Connection& connection, JurisdictionId jurisdiction, const std::vector<std::int64_t>& seqs) {
    return column_of(connection, jurisdiction, "leaf_hash", seqs);
}

std::vector<std::pair<std::int64_t, std::string>> bodies_of(Connection& connection,
                                                            JurisdictionId jurisdiction,
                                                            const std::vector<std::int64_t>& seqs) {
    return column_of(connection, jurisdiction, "body", seqs);
}

void insert_checkpoint(storage::Transaction& transaction, JurisdictionId jurisdiction,
                       const StoredCheckpoint& checkpoint) {
    transaction.connection().execute(
        "INSERT INTO checkpoint (jurisdiction_id, size, at, note) VALUES ($1, $2, $3, $4)",
        {jurisdiction.value, checkpoint.size, checkpoint.at, checkpoint.note});
}

std::optional<std::string> find_note(Connection& connection, JurisdictionId jurisdiction,
                                     std::int64_t size) {
    std::optional<std::string> note;
    connection.query("SELECT note FROM checkpoint WHERE jurisdiction_id = $1 AND size = $2",
                     {jurisdiction.value, size},
                     [&](const Row& row) { note = std::string(row.text(0)); });
    return note;
}

std::vector<StoredCheckpoint> checkpoints_of(Connection& connection, JurisdictionId jurisdiction) {
    std::vector<StoredCheckpoint> checkpoints;
    connection.query(
        "SELECT size, at, note FROM checkpoint WHERE jurisdiction_id = $1 ORDER BY size",
        {jurisdiction.value}, [&](const Row& row) {
            checkpoints.push_back(
                {row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
        });
    return checkpoints;
}

std::optional<std::string> find_wrapped_key(Connection& connection, JurisdictionId jurisdiction,
                                            std::int64_t subject) {
    std::optional<std::string> wrapped;
    connection.query("SELECT wrapped FROM entry_key WHERE jurisdiction_id = $1 AND subject_id = $2",
                     {jurisdiction.value, subject},
                     [&](const Row& row) { wrapped = std::string(row.bytes(0)); });
    return wrapped;
}

void store_algorithm(storage::Transaction& transaction, HashAlgorithm algorithm) {
    transaction.connection().execute(
        "INSERT INTO meta (name, value) VALUES ($1, $2)",
        {std::string(kHashAlgorithmName), std::string(to_text(algorithm))});
}

std::optional<HashAlgorithm> stored_algorithm(Connection& connection) {
    std::optional<HashAlgorithm> algorithm;
    connection.query("SELECT value FROM meta WHERE name = $1", {std::string(kHashAlgorithmName)},
                     [&](const Row& row) { algorithm = hash_algorithm_from(row.text(0)); });
    return algorithm;
}

}  // namespace fazhi::journal
