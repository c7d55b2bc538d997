#include "review/excerpts.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace fazhi::review {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
// Of a sentence's letters, in percent: a changed word or number leaves it an excerpt, though what
// stands before it may be too short to be found.
constexpr std::uint32_t kCoveredMin = 65;

struct Letters {
    explicit Letters(const Prose& its) : prose(its), places(letters_of(its.text())) {}
    [[nodiscard]] char32_t at(std::uint32_t letter) const { return prose.text()[places[letter]]; }
    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(places.size()); }
    // The first letter at `place` or behind it.
    [[nodiscard]] std::uint32_t from(std::uint32_t place) const {
        const auto found = std::lower_bound(places.begin(), places.end(), place);
        return static_cast<std::uint32_t>(found - places.begin());
    }

    const Prose& prose;
    std::vector<std::uint32_t> places;
};

struct Run {
    std::uint32_t here = 0;
    std::uint32_t there = 0;
    std::uint32_t length = 0;
};

// The run of equal letters around a shingle that both have.
Run run_around(const Letters& here, const Letters& there, std::uint32_t a, std::uint32_t b) {
    std::uint32_t back = 0;
    while (back < a && back < b && here.at(a - back - 1) == there.at(b - back - 1)) ++back;
    std::uint32_t length = 0;
    while (a + length < here.count() && b + length < there.count() &&
           here.at(a + length) == there.at(b + length))
        ++length;
    return {a - back, b - back, back + length};
}

std::vector<Run> runs_of(const Letters& here, const std::vector<Shingle>& shingles,
                         const Letters& there, const Companion& companion,
                         const ShingleHashes& common) {
    std::unordered_multimap<std::uint64_t, std::uint32_t> places;
    for (const Shingle& each : companion.shingles) places.emplace(each.hash, each.at);
    std::map<std::int64_t, std::uint32_t> reached;  // by how far apart: the end of the last run
    std::vector<Run> out;
    for (const Shingle& each : shingles) {
        if (common.count(each.hash) != 0) continue;
        const auto [first, last] = places.equal_range(each.hash);
        for (auto place = first; place != last; ++place) {
            const std::int64_t apart = std::int64_t{each.at} - std::int64_t{place->second};
            const auto known = reached.find(apart);
            if (known != reached.end() && each.at < known->second) continue;
            const Run run = run_around(here, there, each.at, place->second);
            // A shorter one may be a way of speaking.
            if (run.length < kSharedMin) continue;
            reached[apart] = run.here + run.length;
            out.push_back(run);
        }
    }
    return out;
}

// For each letter here the one there, of the longest run it lies in; kNone where it lies in none.
std::vector<std::uint32_t> counterparts(std::uint32_t count, std::vector<Run> runs) {
    std::stable_sort(runs.begin(), runs.end(),
                     [](const Run& a, const Run& b) { return a.length < b.length; });
    std::vector<std::uint32_t> out(count, kNone);
    for (const Run& run : runs) {
        for (std::uint32_t i = 0; i < run.length; ++i) out[run.here + i] = run.there + i;
    }
    return out;
}

// A sentence of the prose, in letters and how many of them stand there.
struct Sentence {
    Extent extent;
    std::uint32_t begin = 0, end = 0;
    std::uint32_t covered = 0;
    bool is_own = true;  // no heading

    [[nodiscard]] bool is_excerpt() const {
        return is_own && end > begin && covered * 100 >= (end - begin) * kCoveredMin;
    }
};

// A heading and nothing else, or what every report must say of itself: title, addressee …
bool is_formal(const ReportReading& reading, Extent paragraph) {
    const DocumentFacts& facts = reading.facts;
    for (const Said* each : {&facts.title, &facts.addressee, &facts.signature, &facts.date}) {
        if (!each->empty() && each->extent.overlaps(paragraph)) return true;
    }
    const auto& items = reading.outline.items;
    const auto item = std::lower_bound(
        items.begin(), items.end(), paragraph.begin,
        [](const OutlineItem& each, std::uint32_t at) { return each.label.begin < at; });
    return item != items.end() && item->label.begin == paragraph.begin &&
           item->title.end + 1 >= paragraph.end;
}

std::vector<Sentence> sentences_of(const ReportReading& reading, const Letters& letters,
                                   const std::vector<std::uint32_t>& counterpart) {
    std::vector<Sentence> out;
    for (const ProseParagraph& paragraph : reading.prose.paragraphs()) {
        const bool is_own = !is_formal(reading, paragraph.extent);
        for (std::uint32_t at = paragraph.extent.begin; at < paragraph.extent.end;) {
            // With the mark at its end.
            const std::uint32_t end =
                std::min(std::max(letters.prose.sentence(at).end, at) + 1, paragraph.extent.end);
            Sentence sentence{{at, end}, letters.from(at), letters.from(end), 0, is_own};
            for (std::uint32_t i = sentence.begin; i < sentence.end; ++i)
                sentence.covered += counterpart[i] != kNone ? 1 : 0;
            out.push_back(sentence);
            at = end;
        }
    }
    return out;
}

// The sentences there in which the counterparts of these letters stand.
Extent there_of(const std::vector<std::uint32_t>& counterpart, std::uint32_t begin,
                std::uint32_t end, const Letters& there) {
    std::uint32_t first = kNone, last = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
        if (counterpart[i] == kNone) continue;
        first = std::min(first, counterpart[i]);
        last = std::max(last, counterpart[i]);
    }
    const std::uint32_t mark = there.prose.sentence(there.places[last]).end;
    const bool is_printed = there.prose.text()[mark] != U'\n';
    return {there.prose.sentence(there.places[first]).begin, mark + (is_printed ? 1 : 0)};
}

// Sentences first to before last.
Excerpt excerpt_of(const std::vector<Sentence>& all, std::size_t first, std::size_t last,
                   const std::vector<std::uint32_t>& counterpart, const Letters& there) {
    const std::uint32_t begin = all[first].begin, end = all[last - 1].end;
    return {{all[first].extent.begin, all[last - 1].extent.end},
            there_of(counterpart, begin, end, there),
            end - begin};
}

}  // namespace

std::u32string own_words(const ReportReading& reading) {
    std::u32string out;
    for (const ProseParagraph& paragraph : reading.prose.paragraphs()) {
        if (!is_formal(reading, paragraph.extent)) out += reading.prose.view(paragraph.extent);
    }
    return out;
}

std::vector<Excerpt> excerpts_of(const ReportReading& here, const std::vector<Shingle>& shingles,
                                 const Companion& companion, const ShingleHashes& common) {
    const Letters its(here.prose), there(companion.reading->prose);
    const std::vector<Run> runs = runs_of(its, shingles, there, companion, common);
    std::vector<Excerpt> out;
    if (runs.empty()) return out;
    const std::vector<std::uint32_t> counterpart = counterparts(its.count(), runs);
    const std::vector<Sentence> sentences = sentences_of(here, its, counterpart);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const std::size_t first = i;
        while (i < sentences.size() && sentences[i].is_excerpt()) ++i;
        if (i > first) out.push_back(excerpt_of(sentences, first, i, counterpart, there));
    }
    return out;
}

}  // namespace fazhi::review
