// The journal of each jurisdiction (辖区流水): append-only, hashed into a Merkle tree (merkle.h).
// It is the truth; tables are projections of it (projection.h).
//
// Within a transaction the head (size and frontier) is read once, kept as the transaction's
// companion, and written with the records before the commit; nothing about it lives longer.
// Appending costs O(log n) hashes and one row, and reads nothing. Questions take a connection and
// see what is written: records a transaction still holds back are not seen through its own
// connection.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "calendar/date.h"
#include "journal/merkle.h"
#include "journal/record.h"
#include "journal/vault.h"

namespace fazhi::journal {

// The size of a tree and the hash over all its leaves.
struct Head {
    std::int64_t size = 0;
    Digest root;
};

// A record as the rooms hand it in: clear members and what must not stand in the clear.
struct Entry {
    Value body;    // a map without jurisdiction, seq, at, subject, sealed
    Value sealed;  // a map, or null
    // Whose key seals, and whose history this is in: an earlier seq. 0: the record's own (it
    // creates it).
    std::int64_t subject = 0;
};

// Any thread, each with its own transaction or connection. Keeps a reference to the vault.
class Journal {
public:
    Journal(HashAlgorithm algorithm, const Vault& vault) : algorithm_(algorithm), vault_(vault) {}

    // Begins a jurisdiction's journal (size 0). INVARIANT: it has none.
    void open(storage::Transaction&, JurisdictionId) const;
    // The seq the next append will have. Locks the journal for the rest of the transaction.
    std::int64_t next_seq(storage::Transaction&, JurisdictionId) const;
    // Appends, and answers the record as replay would read it. A record that creates its subject
    // makes its key. INVARIANT: the journal is open; where something is sealed, the subject's key
    // still stands (ask key_of before).
    Record append(storage::Transaction&, JurisdictionId, calendar::Instant at, Entry) const;
    // The subject's key, for a room that seals columns: from this transaction's new ones or the
    // vault's. Nothing where it was destroyed.
    std::optional<EntryKey> key_of(storage::Transaction&, JurisdictionId,
                                   std::int64_t subject) const;

    // From here on what the subject's key sealed cannot be read. Nothing happens where there is
    // none.
    void destroy_key(storage::Transaction&, JurisdictionId, std::int64_t subject) const;

    // Size 0 where there is none. Throws std::runtime_error where the stored head is damaged.
    Head head(storage::Connection&, JurisdictionId) const;
    // Every record in order from `from_seq`, unsealed where its key still exists; `each` may use
    // the connection. Refuses kBrokenRecord, and what `each` refuses.
    Result<void> read(storage::Connection&, JurisdictionId, std::int64_t from_seq,
                      const std::function<Result<void>(const Record&)>& each) const;
    // At most `most` records in order from `from_seq`, without what is sealed in them: what
    // followers need, and much cheaper. Broken ones are left out.
    std::vector<Record> read_clear(storage::Connection&, JurisdictionId, std::int64_t from_seq,
                                   std::int64_t most) const;
    // The records of one subject, in order. Refuses kBrokenRecord.
    Result<std::vector<Record>> history(storage::Connection&, JurisdictionId,
                                        std::int64_t subject) const;
    // The same without what is sealed in them: who did what when, for a page. Much cheaper.
    Result<std::vector<Record>> history_clear(storage::Connection&, JurisdictionId,
                                              std::int64_t subject) const;
    // Leaf hash of each of these seqs, for documents that show them. Those that are not there are
    // left out.
    std::vector<std::pair<std::int64_t, Digest>> leaves(
        storage::Connection&, JurisdictionId, const std::vector<std::int64_t>& seqs) const;

    // Signs the head, this transaction's records included, as a note (note.h); stores and answers
    // it. Asked again at the same size: the note that stands.
    std::string checkpoint(storage::Transaction&, JurisdictionId, const std::string& origin,
                           calendar::Instant at) const;
    // JSON Lines {"seq":1,"leaf_hash":"hex","body":"…"}, body exactly as stored; each line without
    // its newline.
    void export_lines(storage::Connection&, JurisdictionId,
                      const std::function<void(const std::string&)>& line) const;

    // What its checkpoints are checked with (note.h).
    [[nodiscard]] std::string verifier_key() const;
    [[nodiscard]] HashAlgorithm algorithm() const { return algorithm_; }

private:
    HashAlgorithm algorithm_;
    const Vault& vault_;
};

// The algorithm of every journal in the database: stored once, when it is made (Failure where it
// has one already).
void store_algorithm(storage::Transaction&, HashAlgorithm);
// Nothing where none was stored.
std::optional<HashAlgorithm> stored_algorithm(storage::Connection&);

}  // namespace fazhi::journal
