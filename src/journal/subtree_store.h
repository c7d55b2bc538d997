// The stored hashes of a journal's tree (tables journal and journal_subtree), as proofs ask for
// them.
//
// Reads whole tiles of 256 hashes and keeps them for its lifetime: a proof reads at most two tiles
// a level of 256. Where a stored subtree is missing it is computed from the level below. One
// connection, one thread. Throws storage::Failure, and std::runtime_error where leaf hashes are
// missing or are none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "journal/tree_proof.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::journal {

class StoredSubtrees {
public:
    StoredSubtrees(storage::Connection& connection, JurisdictionId jurisdiction,
                   HashAlgorithm algorithm)
        : connection_(connection), jurisdiction_(jurisdiction), algorithm_(algorithm) {}

    // SubtreeHash: the subtree must be complete.
    Digest operator()(int level, std::int64_t index);

private:
    // Of 256, by place in the tile; none where nothing is stored, as at the tree's right edge.
    using Tile = std::vector<std::optional<Digest>>;
    const Tile& tile(int band, std::int64_t number);
    Digest hash_at(int band, std::int64_t place);

    storage::Connection& connection_;
    JurisdictionId jurisdiction_;
    HashAlgorithm algorithm_;
    std::map<std::pair<int, std::int64_t>, Tile> tiles_;
};

// All stored subtrees of a journal, for verify.
std::vector<Subtree> stored_subtrees(storage::Connection&, JurisdictionId);

}  // namespace fazhi::journal
