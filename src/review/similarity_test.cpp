#include "review/similarity.h"

#include <random>

#include <doctest/doctest.h>

namespace fazhi::review {

namespace {

std::u32string letters(std::mt19937& random, std::size_t count) {
    std::uniform_int_distribution<std::uint32_t> any(0x4E00, 0x9FA5);
    std::u32string out;
    for (std::size_t i = 0; i < count; ++i) out += static_cast<char32_t>(any(random));
    return out;
}

}  // namespace

TEST_CASE("reports that share a passage are a pair, with its length to within a window") {
    std::mt19937 random(1);
    const std::u32string passage = letters(random, 200), other = letters(random, 60);
    Similarity all;
    all.add(shingles_of(letters(random, 900)));
    all.add(shingles_of(letters(random, 300) + passage + letters(random, 80) + other));
    all.add(shingles_of(passage + letters(random, 500) + other));
    all.add(shingles_of(letters(random, 900)));
    const Similarities found = all.take(40);
    REQUIRE(found.pairs.size() == 1);
    const SimilarPair& pair = found.pairs.front();
    CHECK(pair.first == 1);
    CHECK(pair.second == 2);
    CHECK(pair.longest > 200 - 2 * kShingleWindow);
    CHECK(pair.longest <= 200);
    CHECK(pair.letters > 260 - 4 * kShingleWindow);
    CHECK(pair.letters <= 260);
    CHECK(found.common.empty());
}

TEST_CASE("what more than one report in a hundred has is no copying") {
    std::mt19937 random(2);
    const std::u32string formula = letters(random, 100), passage = letters(random, 100);
    Similarity all;
    for (std::size_t i = 0; i < 1000; ++i) {
        const bool copies = i == 7 || i == 903;
        all.add(shingles_of(letters(random, 200) + (i % 50 == 0 ? formula : std::u32string()) +
                            (copies ? passage : std::u32string())));
    }
    const Similarities found = all.take(40);
    REQUIRE(found.pairs.size() == 1);
    CHECK(found.pairs.front().first == 7);
    CHECK(found.pairs.front().second == 903);
    CHECK_FALSE(found.common.empty());
}

TEST_CASE("a passage that many have is paired with the report that had it first") {
    std::mt19937 random(3);
    const std::u32string passage = letters(random, 100);
    Similarity all;
    for (std::size_t i = 0; i < 2000; ++i)
        all.add(shingles_of(letters(random, 100) + (i % 200 == 3 ? passage : std::u32string())));
    const Similarities found = all.take(40);
    CHECK(found.pairs.size() == 9);
    for (const SimilarPair& each : found.pairs) CHECK(each.first == 3);
}

TEST_CASE("a text that says one thing a thousand times costs no more than its length") {
    std::mt19937 random(4);
    const std::u32string once = letters(random, 50);
    std::u32string often;
    for (int n = 0; n < 5000; ++n) often += once;
    Similarity all;
    all.add(shingles_of(often));
    all.add(shingles_of(often));
    CHECK(all.take(20).pairs.size() == 1);
}

}  // namespace fazhi::review
