#include "text/word_index.h"

#include <set>
#include <stdexcept>

#include <unicode/ucharstrie.h>
#include <unicode/ucharstriebuilder.h>
#include <unicode/unistr.h>

namespace fazhi::text {

namespace {

constexpr char32_t kUnits = 0xFFFF;

std::size_t pair_of(char32_t first, char32_t second) {
    return (first * 0x9E37U + second) & kUnits;
}

}  // namespace

WordIndex::WordIndex(const std::vector<std::string>& words) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UCharsTrieBuilder builder(status);
    std::set<std::string_view> known;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].empty() || !known.insert(words[i]).second) continue;
        const auto word = icu::UnicodeString::fromUTF8(words[i]);
        const auto points = static_cast<std::size_t>(word.countChar32());
        const auto first = static_cast<char32_t>(word.char32At(0));
        if (points == 1) {
            singles_.set(first & kUnits);
        } else {
            pairs_.set(
                pair_of(first, static_cast<char32_t>(word.char32At(word.moveIndex32(0, 1)))));
        }
        builder.add(word, static_cast<std::int32_t>(i), status);
    }
    if (known.empty()) return;
    icu::UnicodeString built;
    builder.buildUnicodeString(USTRINGTRIE_BUILD_FAST, built, status);
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    trie_.assign(built.getBuffer(), static_cast<std::size_t>(built.length()));
}

template <class Take>
void WordIndex::each_at(std::u32string_view text, std::size_t at, const Take& take) const {
    const char32_t first = text[at];
    const bool pair = at + 1 < text.size() && pairs_.test(pair_of(first, text[at + 1]));
    if (!pair && !singles_.test(first & kUnits)) return;
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
