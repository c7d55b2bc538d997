// Finding every place where one of many fixed words stands in a text (词表).
//
// An ICU trie, built once; from then on immutable, any thread. Cost: the length of the text times
// how far a word that begins there reaches, whatever the number of words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fazhi::text {

// A word in a text: characters (code points) from `begin` to before `end`.
struct WordHit {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t word = 0;  // index in the list it was built from; of equal words the first

    friend bool operator==(const WordHit&, const WordHit&) = default;
};

class WordIndex {
public:
    WordIndex() = default;
    // Empty words are never found.
    explicit WordIndex(const std::vector<std::string>& words);

    // Everywhere, overlapping ones too: by begin, the shorter before the longer.
    [[nodiscard]] std::vector<WordHit> all_in(std::u32string_view text) const;
    // The longest that begins at `at`.
    [[nodiscard]] std::optional<WordHit> longest_at(std::u32string_view text, std::size_t at) const;

private:
    // Numbers hashed to bits: false of what was never put in, and true of little else.
    class Filter {
    public:
        Filter() = default;
        explicit Filter(std::size_t numbers);
        void put(std::uint32_t number) { bits_[number >> 6 & mask_] |= bit_of(number); }
        [[nodiscard]] bool may_hold(std::uint32_t number) const {
            return (bits_[number >> 6 & mask_] & bit_of(number)) != 0;
        }

    private:
        static std::uint64_t bit_of(std::uint32_t number) { return 1ULL << (number & 63); }

        std::vector<std::uint64_t> bits_ = {0};
        std::size_t mask_ = 0;
    };

    [[nodiscard]] bool may_begin(std::u32string_view text, std::size_t at) const;
    template <class Take>
    void each_at(std::u32string_view text, std::size_t at, const Take&) const;

    std::u16string trie_;
    // Passed over without a look into the trie: what begins no word, by its first two and three
    // characters. Nearly all of a text.
    bool has_singles_ = false;
    Filter singles_;  // words of one character
    Filter pairs_;    // the first two of any other
    Filter twos_;     // words of two characters
    Filter triples_;  // the first three of longer ones
};

}  // namespace fazhi::text
