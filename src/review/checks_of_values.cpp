#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "review/checks.h"
#include "review/figure_relations.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

// 化解 of 化解率98.7%: what the share is the share of; empty where it does not say.
std::u32string_view deed_of(const Subject& subject, std::size_t share) {
    constexpr std::size_t kDeed = 2;  // characters
    const Extent words = words_before(subject, share);
    const std::u32string_view text = subject.reading.prose.view(words);
    const std::size_t rate = text.rfind(U'率');
    return rate == std::u32string_view::npos || rate < kDeed ? std::u32string_view()
                                                             : text.substr(rate - kDeed, kDeed);
}

// The nearest count before that is of the deed: 化解149件.
std::optional<std::size_t> done_before(const Subject& subject, std::size_t share,
                                       std::u32string_view deed) {
    const auto& figures = subject.reading.figures;
    for (std::size_t i = share; i-- > sentence_of(subject, share).first;) {
        const std::u32string_view words = subject.reading.prose.view(words_before(subject, i));
        if (is_count(figures[i]) && words.find(deed) != std::u32string_view::npos) return i;
    }
    return std::nullopt;
}

// The nearest count before it of the same unit that is no part of another.
std::optional<std::size_t> whole_before(const Subject& subject, std::size_t part) {
    const auto& figures = subject.reading.figures;
    for (std::size_t i = part; i-- > sentence_of(subject, part).first;) {
        const bool alike = same_unit(figures[i], figures[part]);
        if (is_count(figures[i]) && figures[i].total < 0 && alike) return i;
    }
    return std::nullopt;
}

// Two decimals, half up, of numerator over denominator in percent.
std::int64_t share_of(std::int64_t numerator, std::int64_t denominator) {
    return (numerator * 10'000 * 2 + denominator) / (2 * denominator) * (kFigureUnit / 100);
}

bool is_exact(const Figure& figure) {
    return figure.qualifier == text::Qualifier::Exact && !figure.says_none;
}

// What stands before the number of a figure that sums up (全年共), without the summing words.
struct Counted {
    std::u32string words;  // 开展普法活动
    bool sums_up = false;
};

Counted counted_by(const CompiledCheck& check, const Subject& subject, std::size_t index) {
    const std::u32string_view text = subject.reading.prose.view(words_before(subject, index));
    Counted out;
    for (std::size_t at = 0; at < text.size();) {
        const auto word = check.words.longest_at(text, at);
        const char32_t c = text[at];
        if (word) {
            out.sums_up = true;
            at = word->end;
            continue;
        }
        if (!is_one_of(c, U"“”了约近达为有")) out.words += c;
        ++at;
    }
    return out;
}

std::size_t common_end(std::u32string_view a, std::u32string_view b) {
    std::size_t size = 0;
    while (size < a.size() && size < b.size() && a[a.size() - 1 - size] == b[b.size() - 1 - size])
        ++size;
    return size;
}

// Whether what stands before the words both share names nobody, or one the other's sentence names.
bool same_subject(const Subject& subject, std::u32string_view rest, std::size_t other) {
    constexpr std::size_t kNameMin = 2;
    if (rest.size() < kNameMin) return true;
    const Extent sentence =
        subject.reading.prose.sentence(subject.reading.figures[other].extent.begin);
    return subject.reading.prose.view(sentence).find(rest) != std::u32string_view::npos;
}

bool may_be_twice(const CompiledCheck& check, const Subject& subject, const Figure& figure) {
    return is_count(figure) && is_exact(figure) && figure.total < 0 &&
           check.looks_at(subject, figure.extent.begin);
}

// So many that count the same by their words and sum up are rows of a list, each about a thing of
// its own: none is a second count of another.
constexpr std::size_t kListRowsMin = 40;
// What two counts of one thing have before them alike.
constexpr std::size_t kSharedWordsMin = 4;

struct CountedFigure {
    std::size_t figure;
    Counted counted;
};

// Of one unit and year, the last words before them alike; in the report's order.
using Alike = std::vector<CountedFigure>;

std::vector<Alike> alike(const CompiledCheck& check, const Subject& subject) {
    std::map<std::tuple<std::string, int, std::u32string>, Alike> out;
    const auto& figures = subject.reading.figures;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (!may_be_twice(check, subject, figures[i])) continue;
        Counted counted = counted_by(check, subject, i);
        if (counted.words.size() < kSharedWordsMin) continue;
        std::u32string end = counted.words.substr(counted.words.size() - kSharedWordsMin);
        out[{figures[i].unit, figures[i].year, std::move(end)}].push_back({i, std::move(counted)});
    }
    std::vector<Alike> many;
    for (auto& [words, each] : out) {
        const auto sums = std::count_if(
            each.begin(), each.end(), [](const CountedFigure& one) { return one.counted.sums_up; });
        if (static_cast<std::size_t>(sums) < kListRowsMin) many.push_back(std::move(each));
    }
    return many;
}

// The later sums up, both are of the same, and the values exclude each other.
bool contradicts(const Subject& subject, const CountedFigure& later, const CountedFigure& earlier) {
    const Figure& a = subject.reading.figures[later.figure];
    const Figure& b = subject.reading.figures[earlier.figure];
    if (a.value == b.value) return false;
    const std::size_t common = common_end(later.counted.words, earlier.counted.words);
    const std::u32string_view rest = std::u32string_view(later.counted.words);
    return same_subject(subject, rest.substr(0, rest.size() - common), earlier.figure) &&
           (b.subject.empty() || b.subject == a.subject || earlier.counted.sums_up);
}

// 安全隐患 of 消除安全隐患117起 is nothing of what was begun where no two of its characters stand
// there.
bool is_of(std::u32string_view thing, std::u32string_view begun) {
    if (thing.size() < 2) return true;
    for (std::size_t at = 0; at + 1 < thing.size(); ++at) {
        if (begun.find(thing.substr(at, 2)) != std::u32string_view::npos) return true;
    }
    return false;
}

}  // namespace

// The same thing, counted twice for one period, with values that cannot both hold. Cost: the
// figures times kListRowsMin.
std::vector<Finding> find_different_values(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    for (const Alike& each : alike(check, subject)) {
        for (auto later = each.begin(); later != each.end(); ++later) {
            if (!later->counted.sums_up) continue;
            const auto earlier = std::find_if(each.begin(), later, [&](const CountedFigure& one) {
                return contradicts(subject, *later, one);
            });
            if (earlier == later) continue;
            const Figure& figure = subject.reading.figures[later->figure];
            const Extent said{words_before(subject, later->figure).begin, figure.extent.end};
            out.push_back(check.finding(
                Verdict::Uncertain, said,
                {.found = subject.reading.prose.utf8(said),
                 .expected = shown(subject, subject.reading.figures[earlier->figure])}));
        }
    }
    return out;
}

// 391 of 405 is 96.54 %: said to as many decimals as the report gives.
std::vector<Finding> find_wrong_shares(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    std::vector<Finding> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& share = figures[i];
        if (!is_share(share) || !is_exact(share)) continue;
        const std::u32string_view deed = deed_of(subject, i);
        const auto part = deed.empty() ? std::nullopt : done_before(subject, i, deed);
        const auto whole = part ? whole_before(subject, *part) : std::nullopt;
        if (!whole) continue;
        const Figure& done = figures[*part];
        const Figure& all = figures[*whole];
        if (!is_exact(done) || !is_exact(all) || all.value <= 0 || done.value > all.value) continue;
        const std::int64_t right = share_of(done.value, all.value);
        // One unit of the last decimal it gives, or of the whole percent.
        std::int64_t step = kFigureUnit;
        while (step > 100 && share.value % step != 0) step /= 10;
        const std::int64_t off = right > share.value ? right - share.value : share.value - right;
        if (off < step) continue;
        out.push_back(check.finding(
            Verdict::Fail, share.extent,
            {.found = shown(subject, share),
             .expected = percent(right),
             .others = {{"part", shown(subject, done)}, {"whole", shown(subject, all)}}}));
    }
    return out;
}

// More mediated than found, more finished than begun: the nearest count before it, in its sentence
// and unit, of something begun.
std::vector<Finding> find_more_than_begun(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    const Prose& prose = subject.reading.prose;
    std::vector<Finding> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        if (!is_count(figure) || figure.total >= 0) continue;
        const std::u32string_view own = prose.view(words_before(subject, i));
        const auto done = check.done.all_in(own);
        if (done.empty()) continue;
        const std::u32string_view thing = own.substr(done.back().end);
        for (std::size_t j = i; j-- > sentence_of(subject, i).first;) {
            const Figure& begun = figures[j];
            const std::u32string_view words = prose.view(words_before(subject, j));
            const bool fits = is_count(begun) && begun.total < 0 && same_unit(begun, figure) &&
                              is_of(thing, words) && begun.year == figure.year &&
                              !check.begun.all_in(words).empty();
            if (!fits) continue;
            if (figure.low > begun.high) {
                out.push_back(check.finding(Verdict::Fail, {begun.extent.begin, figure.extent.end},
                                            {.found = shown(subject, figure),
                                             .others = {{"most", shown(subject, begun)}}}));
            }
            break;
        }
    }
    return out;
}

}  // namespace fazhi::review
