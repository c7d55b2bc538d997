// What rooms make of the journal: tables. A room hands over one Projection; live changes and replay
// go through the same apply(), so that a table can always be rebuilt and compared.
//
// A call belongs to its connection's thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "journal/record.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::journal {

class Journal;
class Vault;

// A table whose rows follow from the journal alone. Columns are whole numbers, text or bytes.
struct ProjectedTable {
    std::string name;
    std::string jurisdiction_column;   // "jurisdiction_id", or "id" for the table jurisdiction
    std::vector<std::string> key;      // never null, unique within the jurisdiction, in this order
    std::vector<std::string> columns;  // all that must agree, key included
};

class Projection {
public:
    virtual ~Projection() = default;
    // A table that is referred to stands before the one that refers to it.
    [[nodiscard]] virtual std::vector<ProjectedTable> tables() const = 0;
    [[nodiscard]] virtual bool knows(std::string_view action) const = 0;
    // Writes what the record means. Refuses only what a broken journal could hold
    // (kImpossibleRecord and kin).
    virtual Result<void> apply(storage::Transaction&, JurisdictionId, const Record&) = 0;
    // Makes the tables that no migration makes (from definitions) in a scratch database.
    virtual void prepare(storage::Connection& scratch) = 0;
};

// One thing that does not agree.
struct Finding {
    // record_missing, record_extra, body, leaf_hash, record_changed (body or leaf_hash, not known
    // which), column, key, sealed, head, checkpoint, record_refused (replay refuses it),
    // row_missing, row_extra, row_differs; more (the last: how many were not kept).
    std::string kind;
    std::int64_t seq = 0;  // the record, or a checkpoint's size; 0: none
    std::string table;
    std::string row;  // "id=31"
    std::string column;
    std::string message;  // Chinese; never what the row or record holds
};

inline constexpr std::size_t kFindingsMax = 100;

struct VerifyOutcome {
    std::int64_t records = 0;
    std::int64_t rows = 0;  // of the live tables
    std::int64_t checkpoints = 0;
    std::vector<Finding> findings;  // empty: everything agrees; at most kFindingsMax
};

// Records done, of how many. May be empty.
using Progress = std::function<void(std::int64_t done, std::int64_t of)>;

// Recomputes every leaf, the head, every stored subtree and every checkpoint; `live` is one
// snapshot. What the records say is not looked at. Cost: one hash of each body and one of the tree,
// on two threads. Throws Failure.
VerifyOutcome verify_hashes(const Journal&, const Vault&, storage::Connection& live, JurisdictionId,
                            const Progress&);
// The same, and reads every record; replays into a scratch database (a private
// temporary file, removed afterwards) and compares every projected row. `live` is one snapshot.
// Records sealed under a destroyed key are in order. Throws Failure, and std::runtime_error where
// the scratch database cannot be made.
VerifyOutcome verify(const Journal&, const Vault&, storage::Connection& live, JurisdictionId,
                     const std::vector<Projection*>&, const Progress&);
// Empties the jurisdiction's projected tables and applies its journal again, in this transaction,
// which has appended nothing. Answers how many records were applied. Refuses kBrokenRecord and what
// a projection refuses.
Result<std::int64_t> replay(const Journal&, storage::Transaction&, JurisdictionId,
                            const std::vector<Projection*>&, const Progress&);

}  // namespace fazhi::journal
