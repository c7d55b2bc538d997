// Which of many reports share excerpts (雷同): found by their shingles alone, without their texts.
//
// Shingles of more than one report in a hundred (and of more than kCommonReportsMin) are what all
// write, and are dropped. Of a passage that more than a few have, each is paired with the first
// that was added. Cost: sorting what was added, 12 bytes a shingle; of a shingle that stands in a
// report several times the first place counts. Not for several threads at once.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "review/shingles.h"

namespace fazhi::review {

inline constexpr std::size_t kCommonReportsMin = 4;

struct SimilarPair {
    std::uint32_t first = 0;  // as they were added; first < second
    std::uint32_t second = 0;
    std::uint32_t letters = 0;  // in all excerpts they share
    std::uint32_t longest = 0;  // in the longest

    friend bool operator==(const SimilarPair&, const SimilarPair&) = default;
};

struct Similarities {
    std::vector<SimilarPair> pairs;  // by first, second
    ShingleHashes common;            // what was dropped
};

class Similarity {
public:
    // The next report, older ones first.
    void add(const std::vector<Shingle>&);
    // Pairs whose longest excerpt has at least so many letters. Empties this.
    Similarities take(std::uint32_t letters_min);

private:
    // The bucket is the hash's first bits.
    struct Kept {
        std::uint32_t hash = 0;  // the rest
        std::uint32_t report = 0;
        std::uint32_t at = 0;
    };
    struct Match {
        std::uint32_t first = 0, second = 0;
        std::uint32_t first_at = 0, second_at = 0;
    };
    static constexpr unsigned kBucketBits = kShingleBits - 32;

    void match_bucket(std::uint32_t bucket, Similarities&, std::vector<Match>&);

    std::array<std::vector<Kept>, 1U << kBucketBits> buckets_;
    std::uint32_t reports_ = 0;
};

}  // namespace fazhi::review
