// The hash tree over a journal (RFC 9162 §2.1): a leaf is H(0x00 body), a node H(0x01 left right),
// the tree of n leaves splits at the largest power of two below n, the empty tree is H of nothing.
//
// Pure functions and values; any thread. Indexes count from 0: the record with seq 1 is leaf 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace fazhi::journal {

// RFC 9162 over bodies: what an outsider computes.
Digest leaf_hash(HashAlgorithm, std::string_view body);
Digest node_hash(HashAlgorithm, const Digest& left, const Digest& right);
Digest root_of(HashAlgorithm, const std::vector<Digest>& leaves);

// What must be kept of a tree to make it longer: the hashes of its complete subtrees, the largest
// first (one for each bit that is set in the size). A leaf more costs at most log n hashes.
class Frontier {
public:
    explicit Frontier(HashAlgorithm algorithm) : algorithm_(algorithm) {}
    // From bytes() as stored. Nothing where they do not fit `size`.
    static std::optional<Frontier> from_bytes(HashAlgorithm, std::int64_t size, std::string_view);

    void push(const Digest& leaf);

    [[nodiscard]] std::int64_t size() const { return size_; }
    [[nodiscard]] Digest root() const;
    [[nodiscard]] std::string bytes() const;

    friend bool operator==(const Frontier&, const Frontier&) = default;

private:
    HashAlgorithm algorithm_;
    std::int64_t size_ = 0;
    std::vector<Digest> subtrees_;
};

// The hashes that lead from leaf `index` to the root, the lowest first (RFC 9162 §2.1.3.1).
// INVARIANT: index < size.
std::vector<Digest> inclusion_path(HashAlgorithm, const std::vector<Digest>& leaves,
                                   std::size_t index);
// The root they lead to (§2.1.3.2). Nothing where the path cannot be one of that leaf in a tree of
// that size.
std::optional<Digest> root_from_path(HashAlgorithm, const Digest& leaf, std::size_t index,
                                     std::size_t size, const std::vector<Digest>& path);

}  // namespace fazhi::journal
