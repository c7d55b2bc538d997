#include <algorithm>
#include <set>

#include "review/checks.h"

namespace fazhi::review {
namespace {

using Pairs = std::set<std::u32string>;

// Pairs of neighbouring characters of the extent's words.
Pairs pairs_of(const Prose& prose, Extent extent) {
    const std::u32string_view text = prose.view(extent);
    Pairs out;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (is_han(text[at]) && is_han(text[at + 1])) out.emplace(text.substr(at, 2));
    }
    return out;
}

// Behind its 一是.
Pairs words_of(const Prose& prose, const Claim& claim) {
    return pairs_of(prose, {claim.title.begin, std::max(claim.title.end, claim.extent.end)});
}

// Words of the check stand in every problem and say nothing of its matter.
void leave_out(Pairs& pairs, const CompiledCheck& check) {
    std::erase_if(pairs, [&](const std::u32string& pair) {
        const auto word = check.words.longest_at(pair, 0);
        return word && word->end == pair.size();
    });
}

// A pair that the report is not full of stands in both.
bool share_any(const Pairs& some, const Pairs& others, std::u32string_view text) {
    constexpr std::size_t kOftenMax = 6;
    const auto is_rare = [&](const std::u32string& pair) {
        std::size_t count = 0;
        for (std::size_t at = text.find(pair);
             at != std::u32string_view::npos && count <= kOftenMax; at = text.find(pair, at + 1))
            ++count;
        return count <= kOftenMax;
    };
    return std::any_of(some.begin(), some.end(), [&](const std::u32string& pair) {
        return others.count(pair) > 0 && is_rare(pair);
    });
}

// What follows the problem in its item says why, with or without a word for it.
bool explains(const Claim& claim) {
    constexpr std::uint32_t kReasonMin = 14;  // characters
    return claim.extent.end > claim.title.end + kReasonMin;
}

}  // namespace

std::vector<Finding> find_problems_without_cause(const CompiledCheck& check,
                                                 const Subject& subject) {
    std::vector<Finding> out;
    for (const Claim& claim : subject.reading.claims) {
        if (claim.kind != ClaimKind::Problem || claim.has_cause) continue;
        if (explains(claim)) continue;
        out.push_back(check.finding(Verdict::Uncertain, claim.title,
                                    {.found = subject.reading.prose.utf8(claim.title)}));
    }
    return out;
}

// What is promised speaks of none of the problem's words.
std::vector<Finding> find_problems_without_remedy(const CompiledCheck& check,
                                                  const Subject& subject) {
    const Prose& prose = subject.reading.prose;
    Pairs promised;
    for (const Claim& claim : subject.reading.claims) {
        if (claim.kind == ClaimKind::Promise) promised.merge(words_of(prose, claim));
    }
    std::vector<Finding> out;
    constexpr std::size_t kPromisedMin = 12;  // less says nothing of anything
    if (promised.size() < kPromisedMin) return out;
    for (const Claim& claim : subject.reading.claims) {
        if (claim.kind != ClaimKind::Problem || claim.has_remedy) continue;
        Pairs problem = words_of(prose, claim);
        leave_out(problem, check);
        if (share_any(problem, promised, prose.text())) continue;
        out.push_back(
            check.finding(Verdict::Uncertain, claim.title, {.found = prose.utf8(claim.title)}));
    }
    return out;
}

}  // namespace fazhi::review
