// Proofs over a journal's hash tree in log n (RFC 9162 §2.1.3, §2.1.4): that a record is in the
// tree of a root, that a smaller tree is the beginning of a larger one.
//
// Made from subtrees that somebody can name the hash of; checked from the proof alone. Pure; any
// thread. Indexes count from 0: the record with seq 1 is leaf 0.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/digest.h"
#include "journal/merkle.h"

namespace fazhi::journal {

// The hash of the complete subtree of 2^level leaves that begins at leaf index·2^level.
using SubtreeHash = std::function<Digest(int level, std::int64_t index)>;

// A complete subtree, as SubtreeHash names it.
struct Subtree {
    int level = 0;
    std::int64_t index = 0;
    Digest hash;

    friend bool operator==(const Subtree&, const Subtree&) = default;
};

// Subtrees of 2^8, 2^16, … leaves are stored once they are complete (a tile of 256 hashes each),
// so that a proof reads at most one tile a level.
inline constexpr int kTileLevels = 8;
// Those that `leaf` completes behind `before`, the smallest first; mostly none.
std::vector<Subtree> completed_by(HashAlgorithm, const Frontier& before, const Digest& leaf);

// The root of the tree of the first `size` leaves. Asks for at most log2 size subtrees.
Digest root_of_size(HashAlgorithm, std::int64_t size, const SubtreeHash&);

// The hashes that lead from leaf `index` to the root of the tree of `size`, the lowest first: check
// with root_from_path (merkle.h). INVARIANT: 0 <= index < size.
std::vector<Digest> inclusion_proof(HashAlgorithm, std::int64_t index, std::int64_t size,
                                    const SubtreeHash&);

// The hashes beside many leaves (ascending, each once; at least one) that together lead to the root
// of the tree of `size`, in the order root_from_joint_proof takes them: fewer than one proof each,
// as what two leaves share stands once. INVARIANT: every leaf is within the tree.
std::vector<Digest> joint_proof(HashAlgorithm, const std::vector<std::int64_t>& leaves,
                                std::int64_t size, const SubtreeHash&);
struct Leaf {
    std::int64_t index = 0;
    Digest hash;
};
// The root they lead to. Nothing where leaves and hashes cannot belong to a tree of that size.
std::optional<Digest> root_from_joint_proof(HashAlgorithm, std::int64_t size,
                                            const std::vector<Leaf>& leaves,
                                            const std::vector<Digest>& proof);

// The hashes that lead from the root of the tree of `from` to that of `to`. INVARIANT:
// 0 < from <= to.
std::vector<Digest> consistency_proof(HashAlgorithm, std::int64_t from, std::int64_t to,
                                      const SubtreeHash&);

struct TreeHead {
    std::int64_t size = 0;
    Digest root;
};
// Is `before` the beginning of `after`? False for a proof that is too short or too long.
bool is_consistent(HashAlgorithm, const TreeHead& before, const TreeHead& after,
                   const std::vector<Digest>& proof);

}  // namespace fazhi::journal
