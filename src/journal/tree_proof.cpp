#include "journal/tree_proof.h"

#include <algorithm>
#include <bit>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/invariant.h"

namespace fazhi::journal {
namespace {

// Leaves [first, first + count); first is a multiple of the power of two at or above count.
struct Range {
    std::int64_t first = 0;
    std::int64_t count = 0;
};

// The largest power of two below count: where RFC 9162 splits.
std::int64_t split_of(std::int64_t count) {
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(count - 1)));
}

Digest root_of_range(HashAlgorithm algorithm, Range range, const SubtreeHash& hash_of) {
    INVARIANT(range.count > 0);
    if (std::has_single_bit(static_cast<std::uint64_t>(range.count))) {
        const int level = std::countr_zero(static_cast<std::uint64_t>(range.count));
        return hash_of(level, range.first >> level);
    }
    const std::int64_t split = split_of(range.count);
    const Digest left = root_of_range(algorithm, {range.first, split}, hash_of);
    return node_hash(algorithm, left,
                     root_of_range(algorithm, {range.first + split, range.count - split}, hash_of));
}

// The leaves of a joint proof within one range, left to right.
using Indexes = std::span<const std::int64_t>;

std::pair<Indexes, Indexes> split_at(Indexes leaves, std::int64_t first) {
    const auto middle = static_cast<std::size_t>(
        std::lower_bound(leaves.begin(), leaves.end(), first) - leaves.begin());
    return {leaves.first(middle), leaves.subspan(middle)};
}

void add_hashes_beside(HashAlgorithm algorithm, Range range, Indexes leaves,
                       const SubtreeHash& hash_of, std::vector<Digest>& out) {
    if (leaves.empty()) {
        out.push_back(root_of_range(algorithm, range, hash_of));
        return;
    }
    if (range.count == 1) return;
    const std::int64_t split = split_of(range.count);
    const auto [left, right] = split_at(leaves, range.first + split);
    add_hashes_beside(algorithm, {range.first, split}, left, hash_of, out);
    add_hashes_beside(algorithm, {range.first + split, range.count - split}, right, hash_of, out);
}

// Takes leaves and hashes in the order add_hashes_beside gives them.
class JointReader {
public:
    JointReader(HashAlgorithm algorithm, const std::vector<Leaf>& leaves,
                const std::vector<Digest>& proof)
        : algorithm_(algorithm), leaves_(leaves), proof_(proof) {}

    std::optional<Digest> root_of(Range range) {
        const bool has_leaf = next_leaf_ < leaves_.size() &&
                              leaves_[next_leaf_].index >= range.first &&
                              leaves_[next_leaf_].index < range.first + range.count;
        if (!has_leaf) {
            if (next_hash_ == proof_.size()) return std::nullopt;
            return proof_[next_hash_++];
        }
        if (range.count == 1) return leaves_[next_leaf_++].hash;
        const std::int64_t split = split_of(range.count);
        const auto left = root_of({range.first, split});
        if (!left) return std::nullopt;
        const auto right = root_of({range.first + split, range.count - split});
        if (!right) return std::nullopt;
        return node_hash(algorithm_, *left, *right);
    }

    [[nodiscard]] bool took_everything() const {
        return next_leaf_ == leaves_.size() && next_hash_ == proof_.size();
    }

private:
    HashAlgorithm algorithm_;
    const std::vector<Leaf>& leaves_;
    const std::vector<Digest>& proof_;
    std::size_t next_leaf_ = 0;
    std::size_t next_hash_ = 0;
};

}  // namespace

std::vector<Subtree> completed_by(HashAlgorithm algorithm, const Frontier& before,
                                  const Digest& leaf) {
    const std::int64_t size = before.size() + 1;
    const int complete = std::countr_zero(static_cast<std::uint64_t>(size));  // levels that merge
    std::vector<Subtree> out;
    if (complete < kTileLevels) return out;
    const std::string subtrees = before.bytes();  // the smallest last
    Digest merged = leaf;
    for (int level = 1; level <= complete; ++level) {
        const std::size_t from_end = sizeof(Digest::bytes) * static_cast<std::size_t>(level);
        const auto left = Digest::from_bytes(
            std::string_view(subtrees).substr(subtrees.size() - from_end, sizeof(Digest::bytes)));
        merged = node_hash(algorithm, *left, merged);
        if (level % kTileLevels == 0) out.push_back({level, (size >> level) - 1, merged});
    }
    return out;
}

Digest root_of_size(HashAlgorithm algorithm, std::int64_t size, const SubtreeHash& hash_of) {
    INVARIANT(size >= 0);
    if (size == 0) return digest_of(algorithm, std::string_view());
    return root_of_range(algorithm, {0, size}, hash_of);
}

std::vector<Digest> inclusion_proof(HashAlgorithm algorithm, std::int64_t index, std::int64_t size,
                                    const SubtreeHash& hash_of) {
    INVARIANT(index >= 0 && index < size);
    std::vector<Digest> from_top;
    Range tree{0, size};
    while (tree.count > 1) {
        const std::int64_t split = split_of(tree.count);
        const Range left{tree.first, split};
        const Range right{tree.first + split, tree.count - split};
        const bool goes_left = index < right.first;
        from_top.push_back(root_of_range(algorithm, goes_left ? right : left, hash_of));
        tree = goes_left ? left : right;
    }
    return {from_top.rbegin(), from_top.rend()};
}

std::vector<Digest> joint_proof(HashAlgorithm algorithm, const std::vector<std::int64_t>& leaves,
                                std::int64_t size, const SubtreeHash& hash_of) {
    INVARIANT(!leaves.empty() && leaves.front() >= 0 && leaves.back() < size);
    std::vector<Digest> out;
    add_hashes_beside(algorithm, {0, size}, leaves, hash_of, out);
    return out;
}

std::optional<Digest> root_from_joint_proof(HashAlgorithm algorithm, std::int64_t size,
                                            const std::vector<Leaf>& leaves,
                                            const std::vector<Digest>& proof) {
    if (size < 1 || leaves.empty()) return std::nullopt;
    JointReader reader(algorithm, leaves, proof);
    const auto root = reader.root_of({0, size});
    return reader.took_everything() ? root : std::nullopt;
}

std::vector<Digest> consistency_proof(HashAlgorithm algorithm, std::int64_t from, std::int64_t to,
                                      const SubtreeHash& hash_of) {
    INVARIANT(from > 0 && from <= to);
    std::vector<Digest> from_top;
    Range tree{0, to};
    bool is_whole = true;  // The smaller tree is still a subtree whose root the reader knows.
    std::int64_t left_of = from;
    while (left_of < tree.count) {
        const std::int64_t split = split_of(tree.count);
        const Range left{tree.first, split};
        const Range right{tree.first + split, tree.count - split};
        if (left_of <= split) {
            from_top.push_back(root_of_range(algorithm, right, hash_of));
            tree = left;
        } else {
            from_top.push_back(root_of_range(algorithm, left, hash_of));
            tree = right;
            left_of -= split;
            is_whole = false;
        }
    }
    if (!is_whole) from_top.push_back(root_of_range(algorithm, tree, hash_of));
    return {from_top.rbegin(), from_top.rend()};
}

bool is_consistent(HashAlgorithm algorithm, const TreeHead& before, const TreeHead& after,
                   const std::vector<Digest>& proof) {
    if (before.size <= 0 || before.size > after.size) return false;
    if (before.size == after.size) return proof.empty() && before.root == after.root;
    // RFC 9162 §2.1.4.2.
    std::vector<Digest> path = proof;
    if (std::has_single_bit(static_cast<std::uint64_t>(before.size)))
        path.insert(path.begin(), before.root);
    if (path.empty()) return false;
    std::int64_t node = before.size - 1;
    std::int64_t last = after.size - 1;
    while ((node & 1) != 0) {
        node >>= 1;
        last >>= 1;
    }
    Digest old_root = path.front();
    Digest new_root = path.front();
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            old_root = node_hash(algorithm, path[i], old_root);
            new_root = node_hash(algorithm, path[i], new_root);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_root = node_hash(algorithm, new_root, path[i]);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && old_root == before.root && new_root == after.root;
}

}  // namespace fazhi::journal
