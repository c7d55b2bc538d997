#include "review/shingles.h"

namespace fazhi::review {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;

bool is_letter(char32_t c) {
    const bool is_ascii =
        (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
    const bool is_chinese =
        (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000 || c == U'〇';
    return is_ascii || is_chinese;
}

// Which hash is least must not follow from which characters are frequent (splitmix64).
std::uint64_t mixed(std::uint64_t hash) {
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
    hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
    return hash ^ (hash >> 31);
}

// Of every run of kShingleLetters letters.
std::vector<std::uint64_t> run_hashes(std::u32string_view text,
                                      const std::vector<std::uint32_t>& letters) {
    std::vector<std::uint64_t> out;
    if (letters.size() < kShingleLetters) return out;
    out.reserve(letters.size() - kShingleLetters + 1);
    std::uint64_t leaving = 1;  // what the first letter of a run was multiplied by
    for (std::uint32_t i = 1; i < kShingleLetters; ++i) leaving *= kBase;
    std::uint64_t rolling = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (i >= kShingleLetters) rolling -= text[letters[i - kShingleLetters]] * leaving;
        rolling = rolling * kBase + text[letters[i]];
        if (i + 1 >= kShingleLetters) out.push_back(mixed(rolling) >> (64U - kShingleBits));
    }
    return out;
}

}  // namespace

std::vector<std::uint32_t> letters_of(std::u32string_view text) {
    std::vector<std::uint32_t> out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_letter(text[i])) out.push_back(static_cast<std::uint32_t>(i));
    }
    return out;
}

// Of each window the least, of equals the last; a window that brings none anew keeps its own.
std::vector<Shingle> shingles_of(std::u32string_view text) {
    const std::vector<std::uint64_t> hashes = run_hashes(text, letters_of(text));
    std::vector<Shingle> out;
    std::size_t least = 0;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const std::size_t begin = i + 1 < kShingleWindow ? 0 : i + 1 - kShingleWindow;
        if (least < begin) {
            least = begin;
            for (std::size_t j = begin + 1; j <= i; ++j) {
                if (hashes[j] <= hashes[least]) least = j;
            }
        } else if (hashes[i] <= hashes[least]) {
            least = i;
        }
        const bool full = i + 1 >= kShingleWindow || i + 1 == hashes.size();
        const auto at = static_cast<std::uint32_t>(least);
        if (full && (out.empty() || out.back().at != at)) out.push_back({hashes[least], at});
    }
    return out;
}

}  // namespace fazhi::review
