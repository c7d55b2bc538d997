#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "review/checks.h"
#include "review/comparable.h"
#include "review/excerpts.h"
#include "review/kin.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

// Counts go up and down by chance; so far apart they do not.
bool beyond_chance(std::int64_t a, std::int64_t b) {
    constexpr double kDeviations = 3;
    const double x = static_cast<double>(a) / kFigureUnit;
    const double y = static_cast<double>(b) / kFigureUnit;
    return std::abs(x - y) > kDeviations * std::sqrt(x + y);
}

bool far_apart(const Figure& a, const Figure& b, std::int64_t times) {
    const bool is_more = a.value > b.value;
    const Figure& more = is_more ? a : b;
    const Figure& less = is_more ? b : a;
    return more.low >= times * less.high && beyond_chance(more.value, less.value);
}

OtherExcerpt excerpt_in(const Companion& companion, Extent extent) {
    const Prose& prose = companion.reading->prose;
    return {companion.name, prose.utf8(extent), prose.spot(extent.begin)};
}

// The clause up to the figure: what it counts.
LetterPairs words_of(const Prose& prose, const Figure& figure) {
    return pairs_of(prose.view({prose.clause(figure.extent.begin).begin, figure.extent.begin}));
}

// A figure of last year's that counts the same thing: said in the same words, in the same unit.
bool counts_the_same(const Prose& prose, const Figure& figure, const Prose& before_prose,
                     const Figure& before) {
    constexpr std::size_t kSameWordsMin = 75;  // percent
    return before.unit == figure.unit &&
           shared_percent(words_of(prose, figure), words_of(before_prose, before)) >= kSameWordsMin;
}

// Shingles that stand in several neighbours' reports: all were given them from above.
ShingleHashes common_of(const Companions& companions) {
    constexpr int kReportsMax = 3;
    std::map<std::uint64_t, int> reports;
    const auto count = [&](const std::vector<const Companion*>& all) {
        for (const Companion* each : all) {
            std::set<std::uint64_t> its;
            for (const Shingle& shingle : each->shingles) its.insert(shingle.hash);
            for (const std::uint64_t hash : its) ++reports[hash];
        }
    };
    count(companions.neighbours);
    count(companions.others);
    ShingleHashes out;
    if (companions.common != nullptr) out = *companions.common;
    for (const auto& [hash, times] : reports) {
        if (times > kReportsMax) out.insert(hash);
    }
    return out;
}

struct Copied {
    Excerpt excerpt;
    const Companion* from;
};

void add_excerpts(const CompiledCheck& check, const Subject& subject, const Companion& from,
                  const ShingleHashes& common, std::vector<Copied>& out) {
    const auto letters_min = static_cast<std::uint32_t>(check.definition().limit.value_or(0));
    const Prose& prose = subject.reading.prose;
    for (const Excerpt& each :
         excerpts_of(subject.reading, shingles_of(prose.text()), from, common)) {
        if (each.letters >= letters_min && check.looks_at(subject, each.here.begin))
            out.push_back({each, &from});
    }
}

// Of those that overlap the longest.
std::vector<Copied> longest_of(std::vector<Copied> all) {
    std::stable_sort(all.begin(), all.end(), [](const Copied& a, const Copied& b) {
        return a.excerpt.letters > b.excerpt.letters;
    });
    std::vector<Copied> out;
    for (const Copied& each : all) {
        const bool taken = std::any_of(out.begin(), out.end(), [&](const Copied& other) {
            return other.excerpt.here.overlaps(each.excerpt.here);
        });
        if (!taken) out.push_back(each);
    }
    return out;
}

std::vector<Copied> copied_from_others(const CompiledCheck& check, const Subject& subject) {
    const Companions& companions = subject.companions;
    const ShingleHashes common = common_of(companions);
    std::vector<Copied> out, own;
    const auto add = [&](const std::vector<const Companion*>& all) {
        for (const Companion* each : all) {
            const int year = each->reading->facts.year;
            const bool is_later = year != 0 && subject.year() != 0 && year > subject.year();
            if (!is_later) add_excerpts(check, subject, *each, common, out);
        }
    };
    add(companions.neighbours);
    add(companions.others);
    if (companions.last_year != nullptr)
        add_excerpts(check, subject, *companions.last_year, {}, own);
    // What stood in our own report last year others have from us.
    out.erase(std::remove_if(out.begin(), out.end(),
                             [&](const Copied& each) {
                                 return std::any_of(own.begin(), own.end(), [&](const Copied& its) {
                                     return its.excerpt.here.overlaps(each.excerpt.here);
                                 });
                             }),
              out.end());
    return longest_of(std::move(out));
}

// What the neighbours give for the measure, one value each: the largest.
std::vector<std::int64_t> neighbours_values(const Subject& subject, std::int32_t measure) {
    std::vector<std::int64_t> out;
    for (const Companion* each : subject.companions.neighbours) {
        std::int64_t most = 0;
        for (const Figure& figure : each->reading->figures) {
            if (figure.measure == measure && is_comparable(*each->reading, subject.lexicon, figure))
                most = std::max(most, figure.value);
        }
        if (most > 0) out.push_back(most);
    }
    std::sort(out.begin(), out.end());
    return out;
}

// `times` the middle one, and far above nine in ten, among which one may itself be wrong.
bool stands_out(const Figure& figure, const std::vector<std::int64_t>& values, std::int64_t times) {
    constexpr std::int64_t kAboveMost = 3;
    const std::int64_t middle = values[values.size() / 2];
    const std::int64_t most = values[(values.size() * 9 - 1) / 10];
    return figure.low >= times * middle && figure.low >= kAboveMost * most &&
           beyond_chance(figure.value, middle);
}

}  // namespace

std::vector<Finding> find_figures_far_from_last_year(const CompiledCheck& check,
                                                     const Subject& subject, Verdict& otherwise) {
    const Companion* last_year = subject.companions.last_year;
    if (last_year == nullptr) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    const std::int64_t times = check.definition().limit.value_or(1);
    std::vector<Finding> out;
    for (const Figure& figure : subject.reading.figures) {
        if (!is_count(subject.reading, subject.lexicon, figure)) continue;
        const Figure* far = nullptr;
        for (const Figure& before : last_year->reading->figures) {
            if (!is_count(*last_year->reading, subject.lexicon, before) ||
                !counts_the_same(subject.reading.prose, figure, last_year->reading->prose, before))
                continue;
            far = &before;
            if (far_apart(figure, before, times)) continue;
            far = nullptr;
            break;
        }
        if (far == nullptr) continue;
        const Prose& prose = last_year->reading->prose;
        const std::string before = figure_text(prose, *far);
        Finding finding = check.finding(
            Verdict::Uncertain, figure.extent,
            {.found = figure_text(subject.reading.prose, figure),
             .others = {{"last_year", before},
                        {"measure", measure_title(subject.lexicon, figure.measure)}}});
        finding.other = excerpt_in(*last_year, prose.sentence(far->extent.begin));
        out.push_back(std::move(finding));
    }
    return out;
}

std::vector<Finding> find_figures_far_from_neighbours(const CompiledCheck& check,
                                                      const Subject& subject, Verdict& otherwise) {
    if (subject.companions.neighbours.size() < kNeighboursMin) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    const std::int64_t times = check.definition().limit.value_or(1);
    std::vector<Finding> out;
    for (const Figure& figure : subject.reading.figures) {
        const bool asked = check.of.empty() || check.is_one_of(figure.measure, check.of);
        if (!asked || !is_comparable(subject.reading, subject.lexicon, figure)) continue;
        const auto values = neighbours_values(subject, figure.measure);
        if (values.size() < kNeighboursMin) continue;
        if (!stands_out(figure, values, times)) continue;
        out.push_back(check.finding(
            Verdict::Uncertain, figure.extent,
            {.found = figure_text(subject.reading.prose, figure),
             .others = {{"least", value_text(values.front())},
                        {"most", value_text(values.back())},
                        {"reports", fmt::format("{}", values.size())},
                        {"measure", measure_title(subject.lexicon, figure.measure)}}}));
    }
    return out;
}

std::vector<Finding> find_excerpts(const CompiledCheck& check, const Subject& subject,
                                   Verdict& otherwise) {
    const Companions& companions = subject.companions;
    const bool of_last_year = check.definition().compare == definition::CheckCompare::LastYear;
    const bool has_others = !companions.neighbours.empty() || !companions.others.empty();
    if (of_last_year ? companions.last_year == nullptr : !has_others) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    std::vector<Copied> copied;
    if (of_last_year) {
        add_excerpts(check, subject, *companions.last_year, common_of(companions), copied);
    } else {
        copied = copied_from_others(check, subject);
    }
    std::vector<Finding> out;
    for (const Copied& each : copied) {
        Finding finding = check.finding(Verdict::Fail, each.excerpt.here,
                                        {.found = subject.reading.prose.utf8(each.excerpt.here),
                                         .others = {{"report", each.from->name}}});
        finding.other = excerpt_in(*each.from, each.excerpt.there);
        out.push_back(std::move(finding));
    }
    return out;
}

}  // namespace fazhi::review
