#include <algorithm>
#include <set>

#include "review/checks.h"
#include "review/shingles.h"

namespace fazhi::review {
namespace {

using Pairs = std::set<std::pair<char32_t, char32_t>>;

// Pairs of neighbouring letters but for those of words that every promise has.
Pairs pairs_of(const Prose& prose, Extent extent, const Marks& plain) {
    Pairs out;
    const std::u32string_view text = prose.view(extent);
    const std::vector<std::uint32_t> letters = letters_of(text);
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        const std::uint32_t at = extent.begin + letters[i];
        if (letters[i + 1] != letters[i] + 1 || plain.covers({at, at + 2})) continue;
        out.emplace(text[letters[i]], text[letters[i + 1]]);
    }
    return out;
}

// Of `promised` in percent, what stands in one of the texts.
std::size_t answered_share(const Pairs& promised, const std::vector<Pairs>& said) {
    std::size_t most = 0;
    for (const Pairs& each : said) {
        const auto met = static_cast<std::size_t>(
            std::count_if(promised.begin(), promised.end(),
                          [&](const auto& pair) { return each.count(pair) != 0; }));
        most = std::max(most, met * 100 / promised.size());
    }
    return most;
}

// The clauses of a promise, each of them something to be done.
std::vector<Pairs> clauses_of(const Prose& prose, Extent claim, const Marks& plain) {
    constexpr std::size_t kPairsMin = 3;  // of fewer nothing can be said
    std::vector<Pairs> out;
    for (std::uint32_t at = claim.begin; at < claim.end;) {
        const Extent clause = prose.clause(at);
        const std::uint32_t end = std::min(std::max(clause.end, at + 1), claim.end);
        Pairs pairs = pairs_of(prose, {at, end}, plain);
        if (pairs.size() >= kPairsMin) out.push_back(std::move(pairs));
        at = end;
    }
    return out;
}

// The sentences of this year's report, but for what it promises in its turn.
std::vector<Pairs> sentences_of(const Subject& subject, const CompiledCheck& check) {
    const ReportReading& reading = subject.reading;
    const Marks plain(check.unless, reading.prose.text());
    const auto is_promise = [&](std::uint32_t at) {
        return std::any_of(reading.parts.begin(), reading.parts.end(), [&](const ReportPart& each) {
            return each.extent.holds(at) &&
                   subject.lexicon.reading().parts[each.part].claims == "promise";
        });
    };
    std::vector<Pairs> out;
    const auto size = static_cast<std::uint32_t>(reading.prose.text().size());
    for (std::uint32_t at = 0; at < size;) {
        const std::uint32_t end = std::max(reading.prose.sentence(at).end, at + 1);
        if (!is_promise(at)) out.push_back(pairs_of(reading.prose, {at, end}, plain));
        at = end;
    }
    return out;
}

}  // namespace

std::vector<Finding> find_unanswered_promises(const CompiledCheck& check, const Subject& subject,
                                              Verdict& otherwise) {
    const Companion* last_year = subject.companions.last_year;
    if (last_year == nullptr) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    const auto share_min = static_cast<std::size_t>(check.definition().limit.value_or(0));
    const Prose& before = last_year->reading->prose;
    const Marks plain(check.unless, before.text());
    const std::vector<Pairs> said = sentences_of(subject, check);
    std::vector<Finding> out;
    for (const Claim& claim : last_year->reading->claims) {
        if (claim.kind != ClaimKind::Promise) continue;
        const std::vector<Pairs> clauses = clauses_of(before, claim.extent, plain);
        const bool answered = std::any_of(clauses.begin(), clauses.end(), [&](const Pairs& each) {
            return answered_share(each, said) >= share_min;
        });
        if (answered || clauses.empty()) continue;
        Finding finding = check.finding(
            Verdict::Uncertain, {},
            {.found = before.utf8(claim.title), .others = {{"report", last_year->name}}});
        finding.other = {last_year->name, before.utf8(claim.extent),
                         before.spot(claim.extent.begin)};
        out.push_back(std::move(finding));
    }
    return out;
}

}  // namespace fazhi::review
