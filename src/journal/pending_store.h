// What a transaction has journalled and not yet written: the companion of the journal.
//
// The head is read (and locked) once a transaction; records and keys are held back and written
// together, kHeldMax at a time and before the commit. A refused command takes back what it held,
// and the head with it. A call belongs to its transaction's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/digest.h"
#include "base/ids.h"
#include "journal/merkle.h"
#include "journal/stored_record.h"
#include "journal/vault.h"

namespace fazhi::storage {
class Transaction;
}

namespace fazhi::journal {

// A command may append thousands (an import): what waits is written now and then.
inline constexpr std::size_t kHeldMax = 256;
// Keys remembered for the rest of the transaction; beyond it the oldest are read again.
inline constexpr std::size_t kKeysRememberedMax = 512;

struct WrappedKey {
    std::int64_t subject = 0;
    std::string bytes;
};

// The tree as it stands now in this transaction. INVARIANT: the journal has been opened. Throws
// std::runtime_error where the stored head is damaged. Copied: it changes with the next record
// held.
Frontier current_frontier(storage::Transaction&, JurisdictionId, HashAlgorithm);
// Only its size, without the copy.
std::int64_t current_size(storage::Transaction&, JurisdictionId, HashAlgorithm);

// Adds the record with the next seq; its leaf joins the tree. INVARIANT: current_size() was asked
// before.
void hold_record(storage::Transaction&, JurisdictionId, StoredRecord, const Digest& leaf);
void hold_new_key(storage::Transaction&, JurisdictionId, WrappedKey, const EntryKey&);

void remember_key(storage::Transaction&, JurisdictionId, std::int64_t subject, const EntryKey&);
std::optional<EntryKey> remembered_key(storage::Transaction&, JurisdictionId, std::int64_t subject);
// Writes the keys still held, so that one that is no longer remembered is found in the database.
void write_held_keys(storage::Transaction&, JurisdictionId);

// Deletes the key wherever it is: held, remembered, stored.
void drop_key(storage::Transaction&, JurisdictionId, std::int64_t subject);

}  // namespace fazhi::journal
