#include "journal/merkle.h"

#include <bit>
#include <span>

#include "base/invariant.h"

namespace fazhi::journal {
namespace {

constexpr std::string_view kLeafPrefix("\x00", 1);
constexpr std::string_view kNodePrefix("\x01", 1);

Digest root_of_span(HashAlgorithm algorithm, std::span<const Digest> leaves) {
    Frontier frontier(algorithm);
    for (const auto& leaf : leaves) frontier.push(leaf);
    return frontier.root();
}

}  // namespace

Digest leaf_hash(HashAlgorithm algorithm, std::string_view body) {
    return digest_of(algorithm, kLeafPrefix, body);
}

Digest node_hash(HashAlgorithm algorithm, const Digest& left, const Digest& right) {
    return digest_of(algorithm, kNodePrefix, left.as_bytes(), right.as_bytes());
}

Digest root_of(HashAlgorithm algorithm, const std::vector<Digest>& leaves) {
    return root_of_span(algorithm, leaves);
}

std::optional<Frontier> Frontier::from_bytes(HashAlgorithm algorithm, std::int64_t size,
                                             std::string_view bytes) {
    constexpr std::size_t kWidth = sizeof(Digest::bytes);
    if (size < 0) return std::nullopt;
    const auto count = static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(size)));
    if (bytes.size() != count * kWidth) return std::nullopt;

    Frontier frontier(algorithm);
    frontier.size_ = size;
    for (std::size_t i = 0; i < count; ++i) {
        frontier.subtrees_.push_back(*Digest::from_bytes(bytes.substr(i * kWidth, kWidth)));
    }
    return frontier;
}

void Frontier::push(const Digest& leaf) {
    // As in adding one to a binary number: every trailing 1 of the size is a subtree that merges.
    Digest merged = leaf;
    for (auto rest = size_; (rest & 1) != 0; rest >>= 1) {
        merged = node_hash(algorithm_, subtrees_.back(), merged);
        subtrees_.pop_back();
    }
    subtrees_.push_back(merged);
    ++size_;
}

Digest Frontier::root() const {
    if (subtrees_.empty()) return digest_of(algorithm_, std::string_view());
    Digest root = subtrees_.back();
    for (std::size_t i = subtrees_.size() - 1; i > 0; --i) {
        root = node_hash(algorithm_, subtrees_[i - 1], root);
    }
    return root;
}

std::string Frontier::bytes() const {
    std::string bytes;
    for (const auto& subtree : subtrees_) bytes += subtree.as_bytes();
    return bytes;
}

std::vector<Digest> inclusion_path(HashAlgorithm algorithm, const std::vector<Digest>& leaves,
                                   std::size_t index) {
    INVARIANT(index < leaves.size());
    std::vector<Digest> from_top;
    std::span<const Digest> tree(leaves);
    while (tree.size() > 1) {
        const auto split = std::bit_floor(tree.size() - 1);
        const auto left = tree.first(split);
        const auto right = tree.subspan(split);
        const bool goes_left = index < split;
        from_top.push_back(root_of_span(algorithm, goes_left ? right : left));
        tree = goes_left ? left : right;
        if (!goes_left) index -= split;
    }
    return {from_top.rbegin(), from_top.rend()};
}

std::optional<Digest> root_from_path(HashAlgorithm algorithm, const Digest& leaf, std::size_t index,
                                     std::size_t size, const std::vector<Digest>& path) {
    if (index >= size) return std::nullopt;
    auto node = index;
    auto last = size - 1;
    Digest root = leaf;
    for (const auto& sibling : path) {
        if (last == 0) return std::nullopt;
        if ((node & 1) != 0 || node == last) {
            root = node_hash(algorithm, sibling, root);
            // A subtree without a right sibling stands for its parents as well.
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            root = node_hash(algorithm, root, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if (last != 0) return std::nullopt;
    return root;
}

}  // namespace fazhi::journal
