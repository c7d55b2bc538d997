// Proofs about one journal that an outsider can check with nothing but the proof (tree_proof.h):
// that a record is in it, that it only grew.
//
// Cost: two tiles of 256 hashes for each factor of 256 in the journal's size. Each call reads one
// snapshot: the connection's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "journal/tree_proof.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::journal {

class Journal;
class Vault;
struct Note;

struct RecordProof {
    Digest leaf;
    TreeHead in;
    std::vector<Digest> path;
};
struct GrowthProof {
    TreeHead before;
    TreeHead after;
    std::vector<Digest> path;
};

// `size`: of the tree it is proven in; 0: as it is now. Refuse kNoSuchRecord (not within that
// tree), kBrokenRecord (the stored hashes do not lead to the stored head).
Result<RecordProof> prove_record(const Journal&, storage::Connection&, JurisdictionId,
                                 std::int64_t seq, std::int64_t size);
Result<GrowthProof> prove_growth(const Journal&, storage::Connection&, JurisdictionId,
                                 std::int64_t from, std::int64_t size);

// Many records at once, as they stand, with the hashes that lead from them to the root.
struct ProvenRecords {
    struct Body {
        std::int64_t seq = 0;
        std::string text;  // exactly as it is stored and hashed
    };
    TreeHead in;
    std::vector<Body> records;  // ascending
    std::vector<Digest> proof;  // joint_proof (tree_proof.h)
};
// `seqs` in any order, at least one. Refuses as above. Cost: linear in the records and the tiles
// they lie in.
Result<ProvenRecords> prove_records(const Journal&, storage::Connection&, JurisdictionId,
                                    std::vector<std::int64_t> seqs, std::int64_t size);

// The journal, as its stored hashes have it, continues the one that was signed in the note. Refuses
// kBrokenNote (not signed with this key), kNotContinued (shorter, or another beginning).
Result<void> check_continues(const Journal&, const Vault&, storage::Connection&, JurisdictionId,
                             const Note&);

}  // namespace fazhi::journal
