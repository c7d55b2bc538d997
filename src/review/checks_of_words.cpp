#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <re2/re2.h>

#include "review/checks.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

// `longer` by begin; words are shorter than kWordMax.
bool stands_within(const std::vector<text::WordHit>& longer, Extent found) {
    constexpr std::uint32_t kWordMax = 60;
    const std::uint32_t from = found.begin > kWordMax ? found.begin - kWordMax : 0;
    auto each =
        std::lower_bound(longer.begin(), longer.end(), from,
                         [](const text::WordHit& hit, std::uint32_t at) { return hit.begin < at; });
    for (; each != longer.end() && each->begin <= found.begin; ++each) {
        if (found.end <= each->end) return true;
    }
    return false;
}

// Wrong words that are listed, but where they are part of a right one.
void add_listed(const CompiledCheck& check, const Subject& subject, std::vector<Finding>& out) {
    const std::u32string& text = subject.reading.prose.text();
    const auto& hits = check.words_in(subject);
    if (hits.empty()) return;
    const auto longer = check.unless.all_in(text);
    std::uint32_t done = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const Extent extent{hits[i].begin, hits[i].end};
        const bool longer_follows = i + 1 < hits.size() && hits[i + 1].begin == extent.begin;
        if (longer_follows || extent.begin < done || stands_within(longer, extent)) continue;
        if (!check.looks_at(subject, extent.begin)) continue;
        done = extent.end;
        const auto& word = check.definition().words[hits[i].word];
        out.push_back(
            check.finding(Verdict::Fail, extent, {.found = word.first, .expected = word.second}));
    }
}

// Within a longer word of the same clause that is right.
bool is_excused(const CompiledCheck& check, const Prose& prose, Extent extent) {
    const Extent clause = prose.clause(extent.begin);
    const Extent inner{extent.begin - clause.begin, extent.end - clause.begin};
    return stands_within(check.unless.all_in(prose.view(clause)), inner);
}

std::uint32_t characters_before(std::string_view utf8, std::size_t byte) {
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < byte; ++i)
        count += (static_cast<unsigned char>(utf8[i]) & 0xC0U) != 0x80U ? 1U : 0U;
    return count;
}

void add_matching(const CompiledCheck& check, const Subject& subject, const re2::RE2& pattern,
                  std::vector<Finding>& out) {
    const re2::StringPiece text(subject.utf8);
    const int groups = pattern.NumberOfCapturingGroups() > 0 ? 2 : 1;
    std::size_t from = 0;
    std::size_t counted_byte = 0;
    std::uint32_t counted = 0;
    re2::StringPiece pieces[2];
    while (from <= text.size() &&
           pattern.Match(text, from, text.size(), re2::RE2::UNANCHORED, pieces, groups)) {
        const re2::StringPiece& found = pieces[groups - 1];
        const auto begin = static_cast<std::size_t>(found.data() - text.data());
        from = static_cast<std::size_t>(pieces[0].data() - text.data()) +
               std::max<std::size_t>(pieces[0].size(), 1);
        counted += characters_before(std::string_view(subject.utf8).substr(counted_byte),
                                     begin - counted_byte);
        counted_byte = begin;
        const auto size =
            static_cast<std::uint32_t>(text::length(std::string_view(found.data(), found.size())));
        const Extent extent{counted, counted + size};
        if (is_excused(check, subject.reading.prose, extent)) continue;
        if (!check.looks_at(subject, extent.begin)) continue;
        out.push_back(check.finding(Verdict::Fail, extent, {.found = found.as_string()}));
    }
}

constexpr std::uint32_t kRepeatedMax = 6;  // characters of a word that follows itself

// Whether the character at `at` is also one of the next kRepeatedMax. Of nearly none it is, and
// every one of a text is asked.
bool comes_again(std::u32string_view text, std::uint32_t at) {
    const char32_t c = text[at];
    const std::u32string_view next = text.substr(at + 1, kRepeatedMax);
    if (next.size() < kRepeatedMax) return next.find(c) != std::u32string_view::npos;
    return static_cast<int>(next[0] == c) | static_cast<int>(next[1] == c) |
           static_cast<int>(next[2] == c) | static_cast<int>(next[3] == c) |
           static_cast<int>(next[4] == c) | static_cast<int>(next[5] == c);
}

// 依法依规 of 执法依法依规: a right word that holds most of what seems doubled.
bool stands_in_right_word(const CompiledCheck& check, std::u32string_view text, Extent doubled) {
    constexpr std::uint32_t kBefore = 4;
    const std::uint32_t from = doubled.begin > kBefore ? doubled.begin - kBefore : 0;
    for (std::uint32_t at = from; at < doubled.end; ++at) {
        const auto right = check.unless.longest_at(text, at);
        if (!right || right->end <= doubled.begin) continue;
        const std::uint32_t shared =
            std::min(right->end, doubled.end) - std::max(right->begin, doubled.begin);
        if (shared * 4 >= doubled.size() * 3) return true;
    }
    return false;
}

}  // namespace

std::vector<Finding> find_phrases(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    add_listed(check, subject, out);
    for (std::size_t i = 0; i < check.patterns.size(); ++i) {
        const std::size_t number = check.first_pattern + i;
        const bool stands = subject.patterns.empty() || subject.patterns[number];
        if (stands) add_matching(check, subject, *check.patterns[i], out);
    }
    // What two patterns find is said once.
    std::stable_sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) {
        return a.extent.begin < b.extent.begin;
    });
    std::vector<Finding> once;
    for (Finding& finding : out) {
        const bool said = !once.empty() && once.back().extent.overlaps(finding.extent);
        if (!said) once.push_back(std::move(finding));
    }
    return once;
}

// 工作工作, 的的: two characters or more that follow themselves, or one of the listed ones.
std::vector<Finding> find_repeated_words(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    const std::u32string_view text = subject.reading.prose.text();
    for (std::uint32_t at = 0; at + 1 < text.size(); ++at) {
        if (!is_han(text[at]) || !comes_again(text, at)) continue;
        for (std::uint32_t size = kRepeatedMax; size > 0; --size) {
            if (at + 2 * size > text.size() || text[at] != text[at + size]) continue;
            const std::u32string_view word = text.substr(at, size);
            if (word != text.substr(at + size, size)) continue;
            if (!std::all_of(word.begin(), word.end(), is_han)) continue;
            const auto listed = check.words.longest_at(text, at);
            const bool same = std::all_of(word.begin(), word.end(),
                                          [&](char32_t c) { return c == word.front(); });
            if (size == 1 ? !listed || listed->end != at + 1 : same) continue;
            const Extent extent{at, at + 2 * size};
            if (stands_in_right_word(check, text, extent)) continue;
            out.push_back(check.finding(Verdict::Fail, extent,
                                        {.found = subject.reading.prose.utf8(extent),
                                         .expected = text::from_code_points(word)}));
            at += 2 * size - 1;
            break;
        }
    }
    return out;
}

std::vector<Finding> find_repeated_paragraphs(const CompiledCheck& check, const Subject& subject) {
    const auto least = static_cast<std::uint32_t>(check.definition().limit.value_or(30));
    std::map<std::u32string_view, Extent> seen;
    std::vector<Finding> out;
    const Prose& prose = subject.reading.prose;
    for (const ProseParagraph& paragraph : prose.paragraphs()) {
        if (paragraph.extent.size() < least) continue;
        if (seen.emplace(prose.view(paragraph.extent), paragraph.extent).second) continue;
        constexpr std::uint32_t kShown = 20;
        out.push_back(check.finding(
            Verdict::Fail, paragraph.extent,
            {.found = prose.utf8({paragraph.extent.begin, paragraph.extent.begin + kShown})}));
    }
    return out;
}

}  // namespace fazhi::review
