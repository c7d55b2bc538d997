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

namespace fazhi::journal {

// The hash of the complete subtree of 2^level leaves that begins at leaf index·2^level.
using SubtreeHash = std::function<Digest(int level, std::int64_t index)>;

// The root of the tree of the first `size` leaves. Asks for at most log2 size subtrees.
Digest root_of_size(HashAlgorithm, std::int64_t size, const SubtreeHash&);

// The hashes that lead from leaf `index` to the root of the tree of `size`, the lowest first: check
// with root_from_path (merkle.h). INVARIANT: 0 <= index < size.
std::vector<Digest> inclusion_proof(HashAlgorithm, std::int64_t index, std::int64_t size,
                                    const SubtreeHash&);

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
