#include "journal/tree_proof.h"

#include <doctest/doctest.h>

#include "journal/merkle.h"

namespace fazhi::journal {

namespace {

constexpr HashAlgorithm kSm3 = HashAlgorithm::Sm3;

std::vector<Digest> leaves(std::int64_t count) {
    std::vector<Digest> out;
    for (std::int64_t n = 0; n < count; ++n) out.push_back(leaf_hash(kSm3, std::to_string(n)));
    return out;
}

// Counts how often it is asked.
struct Subtrees {
    const std::vector<Digest>& all;
    mutable int asked = 0;

    Digest operator()(int level, std::int64_t index) const {
        ++asked;
        const auto width = std::int64_t{1} << level;
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(index * width);
        return root_of(kSm3, {first, first + static_cast<std::ptrdiff_t>(width)});
    }
};

TreeHead head_of(const std::vector<Digest>& all, std::int64_t size) {
    return {size, root_of(kSm3, {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size)})};
}

}  // namespace

TEST_CASE("every leaf of every tree is proven, by the path that RFC 9162 gives") {
    const std::vector<Digest> all = leaves(70);
    const Subtrees subtrees{all};
    for (std::int64_t size = 1; size <= 70; ++size) {
        const std::vector<Digest> tree(all.begin(),
                                       all.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK(root_of_size(kSm3, size, std::cref(subtrees)) == root_of(kSm3, tree));
        for (std::int64_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(kSm3, index, size, std::cref(subtrees));
            REQUIRE(proof == inclusion_path(kSm3, tree, static_cast<std::size_t>(index)));
        }
    }
    CHECK(root_of_size(kSm3, 0, std::cref(subtrees)) == root_of(kSm3, {}));
}

TEST_CASE("every smaller tree is proven to begin every larger one, and nothing else is") {
    const std::vector<Digest> all = leaves(40);
    const Subtrees subtrees{all};
    for (std::int64_t to = 1; to <= 40; ++to) {
        for (std::int64_t from = 1; from <= to; ++from) {
            CAPTURE(from);
            CAPTURE(to);
            const TreeHead before = head_of(all, from);
            const TreeHead after = head_of(all, to);
            const auto proof = consistency_proof(kSm3, from, to, std::cref(subtrees));
            REQUIRE(is_consistent(kSm3, before, after, proof));

            for (std::size_t i = 0; i < proof.size(); ++i) {
                auto forged = proof;
                forged[i].bytes[7] ^= 1;
                REQUIRE_FALSE(is_consistent(kSm3, before, after, forged));
            }
            auto longer = proof;
            longer.push_back(all.front());
            REQUIRE_FALSE(is_consistent(kSm3, before, after, longer));
            if (!proof.empty()) {
                REQUIRE_FALSE(is_consistent(kSm3, before, after, {proof.begin(), proof.end() - 1}));
                REQUIRE_FALSE(is_consistent(kSm3, before, after, {proof.begin() + 1, proof.end()}));
            }
            TreeHead other = before;
            other.root.bytes[0] ^= 1;
            REQUIRE_FALSE(is_consistent(kSm3, other, after, proof));
            other = after;
            other.root.bytes[31] ^= 0x80;
            REQUIRE_FALSE(is_consistent(kSm3, before, other, proof));
        }
    }
    CHECK_FALSE(is_consistent(kSm3, {0, {}}, head_of(all, 3), {}));
    CHECK_FALSE(is_consistent(kSm3, head_of(all, 4), head_of(all, 3), {}));
}

TEST_CASE("the subtrees that a leaf completes are those of 256 and 65,536 leaves") {
    constexpr std::int64_t kLeaves = 65'536;
    const std::vector<Digest> all = leaves(kLeaves);
    Frontier frontier(kSm3);
    std::vector<Subtree> found;
    for (const Digest& leaf : all) {
        for (const Subtree& each : completed_by(kSm3, frontier, leaf)) found.push_back(each);
        frontier.push(leaf);
    }
    REQUIRE(found.size() == 256 + 1);
    CHECK(found.back() == Subtree{16, 0, root_of(kSm3, all)});
    for (std::int64_t n = 0; n < 256; ++n) {
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(n * 256);
        REQUIRE(found[static_cast<std::size_t>(n)] ==
                Subtree{8, n, root_of(kSm3, {first, first + 256})});
    }
}

TEST_CASE("a proof asks for a logarithm of subtrees") {
    const std::vector<Digest> all = leaves(1 << 12);
    const Subtrees subtrees{all};
    inclusion_proof(kSm3, 1'234, 4'000, std::cref(subtrees));
    CHECK(subtrees.asked <= 2 * 12);
    subtrees.asked = 0;
    consistency_proof(kSm3, 1'234, 4'000, std::cref(subtrees));
    CHECK(subtrees.asked <= 2 * 12);
}

TEST_CASE("any leaves of any tree are proven together, and nothing else is") {
    const std::vector<Digest> all = leaves(9);
    const Subtrees subtrees{all};
    for (std::int64_t size = 1; size <= 9; ++size) {
        const Digest root = head_of(all, size).root;
        for (unsigned chosen = 1; chosen < (1U << size); ++chosen) {
            CAPTURE(size);
            CAPTURE(chosen);
            std::vector<std::int64_t> indexes;
            std::vector<Leaf> known;
            for (std::int64_t n = 0; n < size; ++n) {
                if ((chosen >> n & 1U) == 0) continue;
                indexes.push_back(n);
                known.push_back({n, all[static_cast<std::size_t>(n)]});
            }
            const auto proof = joint_proof(kSm3, indexes, size, std::cref(subtrees));
            REQUIRE(root_from_joint_proof(kSm3, size, known, proof) == root);

            for (std::size_t i = 0; i < proof.size(); ++i) {
                auto forged = proof;
                forged[i].bytes[7] ^= 1;
                REQUIRE(root_from_joint_proof(kSm3, size, known, forged) != root);
            }
            auto longer = proof;
            longer.push_back(all.front());
            REQUIRE_FALSE(root_from_joint_proof(kSm3, size, known, longer));
            if (!proof.empty()) {
                REQUIRE_FALSE(
                    root_from_joint_proof(kSm3, size, known, {proof.begin(), proof.end() - 1}));
            }
            auto other_leaf = known;
            other_leaf.back().hash.bytes[0] ^= 1;
            REQUIRE(root_from_joint_proof(kSm3, size, other_leaf, proof) != root);
            auto elsewhere = known;
            elsewhere.back().index = size;
            REQUIRE(root_from_joint_proof(kSm3, size, elsewhere, proof) != root);
        }
    }
    CHECK_FALSE(root_from_joint_proof(kSm3, 3, {}, {all[0]}));
}

}  // namespace fazhi::journal
