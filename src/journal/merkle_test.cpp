#include "journal/merkle.h"

#include <span>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace fazhi::journal {
namespace {

constexpr auto kSha256 = HashAlgorithm::Sha256;
constexpr auto kSm3 = HashAlgorithm::Sm3;

// The leaves and roots every Certificate Transparency implementation is tested with.
const std::vector<std::string> kBodiesInHex = {
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
};
const std::vector<std::string> kRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

std::vector<Digest> vector_leaves() {
    std::vector<Digest> leaves;
    for (const auto& body : kBodiesInHex) leaves.push_back(leaf_hash(kSha256, *from_hex(body)));
    return leaves;
}

std::vector<Digest> numbered_leaves(HashAlgorithm algorithm, std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i) {
        leaves.push_back(leaf_hash(algorithm, std::to_string(i)));
    }
    return leaves;
}

// RFC 9162 §2.1.1, word for word.
Digest defined_root(HashAlgorithm algorithm, std::span<const Digest> leaves) {
    if (leaves.empty()) return digest_of(algorithm, std::string_view());
    if (leaves.size() == 1) return leaves[0];
    std::size_t split = 1;
    while (split * 2 < leaves.size()) split *= 2;
    return node_hash(algorithm, defined_root(algorithm, leaves.first(split)),
                     defined_root(algorithm, leaves.subspan(split)));
}

TEST_CASE("the tree has the roots that other implementations know") {
    const auto leaves = vector_leaves();
    Frontier frontier(kSha256);
    CHECK(frontier.root().hex() == kRoots[0]);
    for (std::size_t n = 1; n <= leaves.size(); ++n) {
        CAPTURE(n);
        frontier.push(leaves[n - 1]);
        CHECK(frontier.size() == static_cast<std::int64_t>(n));
        CHECK(frontier.root().hex() == kRoots[n]);
        const std::vector<Digest> first(leaves.begin(),
                                        leaves.begin() + static_cast<std::ptrdiff_t>(n));
        CHECK(root_of(kSha256, first).hex() == kRoots[n]);
    }
}

TEST_CASE("a leaf and a node of the same bytes have different hashes") {
    const auto leaves = vector_leaves();
    const auto bytes = std::string(leaves[0].as_bytes()) + std::string(leaves[1].as_bytes());
    CHECK(leaf_hash(kSha256, bytes) != node_hash(kSha256, leaves[0], leaves[1]));
}

TEST_CASE("the tree grown leaf by leaf is the tree as RFC 9162 defines it") {
    const auto holds = rc::check([](bool national) {
        const auto algorithm = national ? kSm3 : kSha256;
        const auto count = *rc::gen::inRange<std::size_t>(0, 300);
        const auto leaves = numbered_leaves(algorithm, count);
        RC_ASSERT(root_of(algorithm, leaves) == defined_root(algorithm, leaves));
    });
    CHECK(holds);
}

TEST_CASE("a frontier goes on from its stored bytes") {
    Frontier frontier(kSm3);
    for (const auto& leaf : numbered_leaves(kSm3, 77)) {
        const auto stored = Frontier::from_bytes(kSm3, frontier.size(), frontier.bytes());
        REQUIRE(stored);
        CHECK(*stored == frontier);
        frontier.push(leaf);
    }
    CHECK(frontier.bytes().size() == 4 * 32);  // 77 = 64 + 8 + 4 + 1
    CHECK_FALSE(Frontier::from_bytes(kSm3, 78, frontier.bytes() + "x"));
    CHECK_FALSE(Frontier::from_bytes(kSm3, 76, frontier.bytes()));
    CHECK_FALSE(Frontier::from_bytes(kSm3, -1, ""));
}

TEST_CASE("every leaf leads to the root by its path, and by no other") {
    const auto holds = rc::check([] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 130);
        const auto index = *rc::gen::inRange<std::size_t>(0, count);
        const auto leaves = numbered_leaves(kSha256, count);
        const auto root = root_of(kSha256, leaves);
        const auto path = inclusion_path(kSha256, leaves, index);
        RC_ASSERT(root_from_path(kSha256, leaves[index], index, count, path) == root);
        const auto other = *rc::gen::inRange<std::size_t>(0, count);
        if (other != index) {
            RC_ASSERT(root_from_path(kSha256, leaves[other], index, count, path) != root);
            RC_ASSERT(root_from_path(kSha256, leaves[index], other, count, path) != root);
        }
        auto longer = path;
        longer.push_back(root);
        RC_ASSERT(root_from_path(kSha256, leaves[index], index, count, longer) != root);
        if (!path.empty()) {
            const std::vector<Digest> shorter(path.begin(), path.end() - 1);
            RC_ASSERT(root_from_path(kSha256, leaves[index], index, count, shorter) != root);
        }
        RC_ASSERT(root_from_path(kSha256, leaves[index], count, count, path) == std::nullopt);
    });
    CHECK(holds);
}

TEST_CASE("the path of a leaf is the one RFC 9162 prints") {
    // §2.1.5: seven leaves; the path of d0 is b, h, l; of d6 it is i, k.
    const auto d = numbered_leaves(kSha256, 7);
    const auto g = node_hash(kSha256, d[0], d[1]);
    const auto h = node_hash(kSha256, d[2], d[3]);
    const auto i = node_hash(kSha256, d[4], d[5]);
    const auto k = node_hash(kSha256, g, h);
    const auto l = node_hash(kSha256, i, d[6]);
    CHECK(inclusion_path(kSha256, d, 0) == std::vector<Digest>{d[1], h, l});
    CHECK(inclusion_path(kSha256, d, 3) == std::vector<Digest>{d[2], g, l});
    CHECK(inclusion_path(kSha256, d, 4) == std::vector<Digest>{d[5], d[6], k});
    CHECK(inclusion_path(kSha256, d, 6) == std::vector<Digest>{i, k});
}

}  // namespace
}  // namespace fazhi::journal
