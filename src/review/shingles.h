// What passages that two texts share are found by (文字片段): hashes of runs of letters, of which
// winnowing keeps some so that texts which share kSharedMin letters in a row share a shingle.
//
// Letters are Chinese characters, letters and digits; punctuation and spaces count for nothing.
// Pure; any thread. Cost: linear.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace fazhi::review {

inline constexpr std::uint32_t kShingleLetters = 15;
inline constexpr std::uint32_t kShingleWindow = 16;
inline constexpr std::uint32_t kSharedMin = kShingleLetters + kShingleWindow - 1;

inline constexpr unsigned kShingleBits = 42;  // two of 10^7 runs have the same one by chance

struct Shingle {
    std::uint64_t hash = 0;  // below 2^kShingleBits
    std::uint32_t at = 0;    // index of its first letter among the text's letters

    friend bool operator==(const Shingle&, const Shingle&) = default;
};

using ShingleHashes = std::unordered_set<std::uint64_t>;

// Where the letters stand in the text.
std::vector<std::uint32_t> letters_of(std::u32string_view text);
// By place. A text of fewer than kShingleLetters letters has none.
std::vector<Shingle> shingles_of(std::u32string_view text);

}  // namespace fazhi::review
