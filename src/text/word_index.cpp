#include "text/word_index.h"

#include <algorithm>
#include <bit>
#include <set>
#include <stdexcept>

#include <unicode/ucharstrie.h>
#include <unicode/ucharstriebuilder.h>
#include <unicode/unistr.h>

namespace fazhi::text {

namespace {

// Spread over all bits of the number; the filter takes the lowest.
std::uint32_t pair_of(char32_t first, char32_t second) {
    return (first * 0x9E37U + second) * 0x85EBCA6BU >> 12;
}

std::uint32_t triple_of(std::uint32_t pair, char32_t third) {
    return (pair * 0x9E3779B1U + third * 0x85EBCA6BU) >> 12;
}

}  // namespace

WordIndex::Filter::Filter(std::size_t numbers) {
    constexpr std::size_t kBitsEach = 16;
    constexpr std::size_t kWordsMax = 1024;  // 8 KB: of many numbers more are let through
    const std::size_t words = std::bit_ceil(numbers * kBitsEach / 64 + 1);
    bits_.assign(std::min(words, kWordsMax), 0);
    mask_ = bits_.size() - 1;
}

WordIndex::WordIndex(const std::vector<std::string>& words)
    : singles_(words.size()), pairs_(words.size()), twos_(words.size()), triples_(words.size()) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UCharsTrieBuilder builder(status);
    std::set<std::string_view> known;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].empty() || !known.insert(words[i]).second) continue;
        const auto word = icu::UnicodeString::fromUTF8(words[i]);
        const auto points = static_cast<std::size_t>(word.countChar32());
        const auto first = static_cast<char32_t>(word.char32At(0));
        const auto other = [&](std::int32_t number) {
            return static_cast<char32_t>(word.char32At(word.moveIndex32(0, number)));
        };
        if (points == 1) {
            has_singles_ = true;
            singles_.put(first);
        } else {
            const std::uint32_t pair = pair_of(first, other(1));
            pairs_.put(pair);
            if (points == 2) {
                twos_.put(pair);
            } else {
                triples_.put(triple_of(pair, other(2)));
            }
        }
        builder.add(word, static_cast<std::int32_t>(i), status);
    }
    if (known.empty()) return;
    icu::UnicodeString built;
    builder.buildUnicodeString(USTRINGTRIE_BUILD_FAST, built, status);
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    trie_.assign(built.getBuffer(), static_cast<std::size_t>(built.length()));
}

inline bool WordIndex::may_begin(std::u32string_view text, std::size_t at) const {
    if (has_singles_ && singles_.may_hold(text[at])) return true;
    if (at + 1 >= text.size()) return false;
    const std::uint32_t pair = pair_of(text[at], text[at + 1]);
    if (!pairs_.may_hold(pair)) return false;
    return twos_.may_hold(pair) ||
           (at + 2 < text.size() && triples_.may_hold(triple_of(pair, text[at + 2])));
}

template <class Take>
void WordIndex::each_at(std::u32string_view text, std::size_t at, const Take& take) const {
    if (!may_begin(text, at)) return;
    const char32_t first = text[at];
    icu::UCharsTrie trie(trie_.data());
    UStringTrieResult result = trie.firstForCodePoint(static_cast<UChar32>(first));
    for (std::size_t end = at + 1;; ++end) {
        if (USTRINGTRIE_HAS_VALUE(result)) {
            take(WordHit{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end),
                         static_cast<std::uint32_t>(trie.getValue())});
        }
        if (!USTRINGTRIE_HAS_NEXT(result) || end == text.size()) return;
        result = trie.nextForCodePoint(static_cast<UChar32>(text[end]));
    }
}

std::vector<WordHit> WordIndex::all_in(std::u32string_view text) const {
    std::vector<WordHit> out;
    out.reserve(text.size() / 16);
    for (std::size_t at = 0; at < text.size(); ++at)
        each_at(text, at, [&](const WordHit& hit) { out.push_back(hit); });
    return out;
}

std::optional<WordHit> WordIndex::longest_at(std::u32string_view text, std::size_t at) const {
    std::optional<WordHit> longest;
    if (at < text.size()) each_at(text, at, [&](const WordHit& hit) { longest = hit; });
    return longest;
}

}  // namespace fazhi::text
