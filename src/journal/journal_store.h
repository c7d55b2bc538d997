// The SQL of the journal's own tables (0001_journal.sql), but for what a transaction holds back
// (pending_store.h).
//
// A call belongs to its connection's thread. Throws storage::Failure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "journal/stored_record.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::journal {

inline constexpr std::int64_t kRecordsPerPage = 1000;

struct StoredHead {
    std::int64_t size = 0;
    std::string frontier;  // bytes
};

struct StoredCheckpoint {
    std::int64_t size = 0;
    std::string at;
    std::string note;
};

storage::Connection& connection_of(storage::Transaction&);

void insert_head(storage::Transaction&, JurisdictionId);
std::optional<StoredHead> find_head(storage::Connection&, JurisdictionId);

// What the chain is made of, without what it says.
struct StoredLeaf {
    std::int64_t seq = 0;
    std::string body;
    std::string leaf_hash;  // bytes
};
// At most `most` of them from `from_seq` on, in order.
std::vector<StoredLeaf> leaves_from(storage::Connection&, JurisdictionId, std::int64_t from_seq,
                                    std::int64_t most = kRecordsPerPage);
// Up to kRecordsPerPage records from `from_seq` on, in order.
std::vector<StoredRecord> records_from(storage::Connection&, JurisdictionId, std::int64_t from_seq);
std::vector<StoredRecord> records_of_subject(storage::Connection&, JurisdictionId,
                                             std::int64_t subject);
// In the order of `seqs`; those that are not there are left out.
std::vector<std::pair<std::int64_t, std::string>> leaf_hashes(
    storage::Connection&, JurisdictionId, const std::vector<std::int64_t>& seqs);

// Bodies as stored, likewise.
std::vector<std::pair<std::int64_t, std::string>> bodies_of(storage::Connection&, JurisdictionId,
                                                            const std::vector<std::int64_t>& seqs);

void insert_checkpoint(storage::Transaction&, JurisdictionId, const StoredCheckpoint&);
std::optional<std::string> find_note(storage::Connection&, JurisdictionId, std::int64_t size);
std::vector<StoredCheckpoint> checkpoints_of(storage::Connection&, JurisdictionId);

std::optional<std::string> find_wrapped_key(storage::Connection&, JurisdictionId,
                                            std::int64_t subject);

}  // namespace fazhi::journal
