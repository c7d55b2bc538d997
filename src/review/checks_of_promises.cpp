#include <algorithm>
#include <set>

#include "review/checks.h"
#include "review/shingles.h"

namespace fazhi::review {
namespace {

// A pair of neighbouring letters that says something: two of them apart are two words.
struct Pair {
    char32_t first = 0;
    char32_t second = 0;

    friend auto operator<=>(const Pair&, const Pair&) = default;
};

// In order, without those of words that every promise has.
std::vector<Pair> pairs_of(const Prose& prose, Extent extent, const Marks& plain) {
    std::vector<Pair> out;
    const std::u32string_view text = prose.view(extent);
    const std::vector<std::uint32_t> letters = letters_of(text);
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        const std::uint32_t at = extent.begin + letters[i];
        const bool apart = letters[i + 1] != letters[i] + 1;
        // A pair of nothing keeps its neighbours apart.
        out.push_back(apart || plain.covers({at, at + 2})
                          ? Pair{}
                          : Pair{text[letters[i]], text[letters[i + 1]]});
    }
    return out;
}

struct SaidSentence {
    std::set<Pair> pairs;
    bool of_last_year = false;  // it speaks of last year's promises
};

// How much of a clause a sentence answers.
struct Answer {
    std::size_t percent = 0;
    std::size_t words = 0;  // pairs that do not overlap
};

Answer answer_of(const std::vector<Pair>& promised, const std::set<Pair>& said) {
    Answer out;
    std::size_t pairs = 0, met = 0;
    bool before = false;  // the pair before was counted as a word
    for (const Pair& each : promised) {
        const bool is_met = each != Pair{} && said.count(each) != 0;
        pairs += each == Pair{} ? 0 : 1;
        met += is_met ? 1 : 0;
        before = is_met && !before;
        out.words += before ? 1 : 0;
    }
    out.percent = pairs == 0 ? 0 : met * 100 / pairs;
    return out;
}

// The clauses of a promise, each of them something to be done, and the promise as a whole.
struct Promise {
    std::vector<std::vector<Pair>> clauses;
    std::vector<Pair> whole;

    [[nodiscard]] bool says_something() const {
        constexpr auto kPairsMin = 3;
        return std::count_if(whole.begin(), whole.end(),
                             [](const Pair& each) { return each != Pair{}; }) >= kPairsMin;
    }
};

Promise promise_of(const Prose& prose, Extent claim, const Marks& plain) {
    Promise out;
    out.whole = pairs_of(prose, claim, plain);
    for (std::uint32_t at = claim.begin; at < claim.end;) {
        const std::uint32_t end = std::min(std::max(prose.clause(at).end, at + 1), claim.end);
        out.clauses.push_back(pairs_of(prose, {at, end}, plain));
        at = end;
    }
    return out;
}

bool is_answered(const Promise& promise, const std::vector<SaidSentence>& said,
                 std::size_t percent_min) {
    constexpr std::size_t kWordsMin = 3;  // of a promise; two may meet by chance
    return std::any_of(said.begin(), said.end(), [&](const SaidSentence& each) {
        const std::size_t words = answer_of(promise.whole, each.pairs).words;
        if (words >= (each.of_last_year ? 1 : kWordsMin)) return true;
        return std::any_of(promise.clauses.begin(), promise.clauses.end(),
                           [&](const std::vector<Pair>& clause) {
                               const Answer answer = answer_of(clause, each.pairs);
                               return answer.percent >= percent_min && answer.words >= 2;
                           });
    });
}

// The sentences of this year's report, but for what it promises in its turn.
std::vector<SaidSentence> sentences_of(const CompiledCheck& check, const Subject& subject) {
    const ReportReading& reading = subject.reading;
    const Prose& prose = reading.prose;
    const Marks plain(check.unless, prose.text()), of_last_year(check.words, prose.text());
    const auto is_promise = [&](std::uint32_t at) {
        return std::any_of(reading.parts.begin(), reading.parts.end(), [&](const ReportPart& each) {
            return each.extent.holds(at) &&
                   subject.lexicon.reading().parts[each.part].claims == "promise";
        });
    };
    std::vector<SaidSentence> out;
    const auto size = static_cast<std::uint32_t>(prose.text().size());
    for (std::uint32_t at = 0; at < size;) {
        const std::uint32_t end = std::max(prose.sentence(at).end, at + 1);
        if (!is_promise(at)) {
            const std::vector<Pair> pairs = pairs_of(prose, {at, end}, plain);
            out.push_back({{pairs.begin(), pairs.end()}, of_last_year.any_in({at, end})});
        }
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
    const auto percent_min = static_cast<std::size_t>(check.definition().limit.value_or(0));
    const Prose& before = last_year->reading->prose;
    const Marks plain(check.unless, before.text());
    const std::vector<SaidSentence> said = sentences_of(check, subject);
    std::vector<Finding> out;
    for (const Claim& claim : last_year->reading->claims) {
        if (claim.kind != ClaimKind::Promise) continue;
        // Without its number.
        const Promise promise = promise_of(before, {claim.title.begin, claim.extent.end}, plain);
        if (!promise.says_something() || is_answered(promise, said, percent_min)) continue;
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
