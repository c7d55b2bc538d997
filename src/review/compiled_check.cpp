#include "review/compiled_check.h"

#include <algorithm>

#include <re2/re2.h>

#include "review/checks.h"

namespace fazhi::review {
namespace {

using definition::CheckCompare;
using definition::CheckFind;

// What is looked for everywhere is found with the lexicon's words.
std::vector<std::string> own_words(const definition::Check& check) {
    std::vector<std::string> out;
    if (looks_everywhere(check)) return out;
    for (const auto& word : check.words) out.push_back(word.first);
    return out;
}

std::vector<std::int32_t> measure_indexes(const std::vector<std::string>& names,
                                          const Lexicon& lexicon) {
    const auto& all = lexicon.definitions().measure_words();
    std::vector<std::int32_t> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (std::find(names.begin(), names.end(), all[i].measure) != names.end())
            out.push_back(static_cast<std::int32_t>(i));
    }
    return out;
}

std::string why_text(const std::vector<Basis>& basis) {
    std::string out;
    for (const Basis& each : basis) out += (out.empty() ? "" : "；") + basis_text(each);
    return out;
}

// Whether every name of the clause has a value.
bool all_filled(const std::vector<definition::SentencePiece>& pieces,
                const std::map<std::string, std::string>& names) {
    return std::all_of(pieces.begin(), pieces.end(), [&](const definition::SentencePiece& piece) {
        if (!piece.placeholder) return true;
        const auto found = names.find(piece.placeholder->name);
        return found != names.end() && !found->second.empty();
    });
}

void append(const std::vector<definition::SentencePiece>& pieces,
            const std::map<std::string, std::string>& names, std::string& out) {
    for (const definition::SentencePiece& piece : pieces) {
        if (piece.placeholder) {
            const auto found = names.find(piece.placeholder->name);
            if (found != names.end()) out += found->second;
        } else if (!piece.clause.empty()) {
            if (all_filled(piece.clause, names)) append(piece.clause, names, out);
        } else {
            out += piece.text;
        }
    }
}

std::vector<Finding> run_words(const CompiledCheck& check, const Subject& subject,
                               Verdict& otherwise) {
    const definition::Check& definition = check.definition();
    if (definition.find == CheckFind::Phrase) return find_phrases(check, subject);
    if (definition.compare == CheckCompare::Paragraph)
        return find_repeated_paragraphs(check, subject);
    if (definition.compare == CheckCompare::Event) return find_repeated_events(check, subject);
    if (definition.compare == CheckCompare::Word) return find_repeated_words(check, subject);
    if (definition.compare == CheckCompare::Repealed)
        return find_repealed_laws(check, subject, otherwise);
    if (definition.compare == CheckCompare::InForce)
        return find_laws_not_in_force(check, subject, otherwise);
    if (definition.compare == CheckCompare::Named) return find_misnamed_laws(check, subject);
    return find_unknown_laws(check, subject);
}

// Against what is not in the report itself; none: this compares with nothing else.
std::optional<std::vector<Finding>> run_companions(const CompiledCheck& check,
                                                   const Subject& subject, Verdict& otherwise) {
    const definition::Check& definition = check.definition();
    if (definition.find == CheckFind::Excerpt) return find_excerpts(check, subject, otherwise);
    if (definition.find == CheckFind::Record)
        return find_records_not_reported(check, subject, otherwise);
    const CheckCompare compare = definition.compare;
    if (compare == CheckCompare::LastYear)
        return find_figures_far_from_last_year(check, subject, otherwise);
    if (compare == CheckCompare::Neighbours)
        return find_figures_far_from_neighbours(check, subject, otherwise);
    if (compare == CheckCompare::Answered)
        return find_unanswered_promises(check, subject, otherwise);
    if (compare == CheckCompare::Ledger)
        return find_figures_unlike_ledger(check, subject, otherwise);
    if (compare == CheckCompare::Recorded)
        return find_figures_not_recorded(check, subject, otherwise);
    if (compare == CheckCompare::FromLedgers)
        return find_figures_not_from_ledgers(check, subject, otherwise);
    return std::nullopt;
}

std::vector<Finding> run_figures(const CompiledCheck& check, const Subject& subject) {
    const CheckCompare compare = check.definition().compare;
    if (compare == CheckCompare::Unit) return find_wrong_units(check, subject);
    if (compare == CheckCompare::Denominator) return find_shares_without_whole(check, subject);
    if (compare == CheckCompare::SmallWhole) return find_shares_of_few(check, subject);
    if (compare == CheckCompare::SameValue) return find_different_values(check, subject);
    if (compare == CheckCompare::Sum) return find_wrong_sums(check, subject);
    if (compare == CheckCompare::Subset) return find_wrong_subsets(check, subject);
    if (compare == CheckCompare::Share) return find_wrong_shares(check, subject);
    if (compare == CheckCompare::AtMost) return find_more_than_begun(check, subject);
    return find_figures_beyond(check, subject);
}

std::vector<Finding> run_facts(const CompiledCheck& check, const Subject& subject,
                               Verdict& otherwise) {
    const CheckCompare compare = check.definition().compare;
    if (compare == CheckCompare::Form) return find_malformed_facts(check, subject);
    if (compare == CheckCompare::Agrees) return find_disagreeing_facts(check, subject, otherwise);
    if (compare == CheckCompare::Deadline) return find_late_dates(check, subject, otherwise);
    return find_missing_facts(check, subject);
}

}  // namespace

CompiledCheck::CompiledCheck(const definition::Check& definition, std::size_t number,
                             const Lexicon& lexicon)
    : words(own_words(definition)),
      unless(definition.unless),
      done(definition.done),
      begun(definition.begun),
      of(measure_indexes(definition.of, lexicon)),
      definition_(definition),
      number_(number),
      why_(why_text(definition.basis)) {
    for (const std::string& pattern : definition.patterns)
        patterns.push_back(std::make_unique<re2::RE2>(pattern, re2::RE2::Quiet));
    const auto& parts = lexicon.reading().parts;
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
        const auto& names = definition.in;
        if (std::find(names.begin(), names.end(), parts[i].id) != names.end()) in.push_back(i);
    }
}

CompiledCheck::~CompiledCheck() = default;

Finding CompiledCheck::finding(Verdict verdict, Extent extent, Words words_said) const {
    Finding out{.check = definition_.id,
                .level = definition_.level,
                .verdict = verdict,
                .extent = extent,
                .found = std::move(words_said.found),
                .expected = std::move(words_said.expected),
                .nearest = std::move(words_said.nearest),
                .why = why_,
                .fix = definition_.fix};
    std::map<std::string, std::string> names = std::move(words_said.others);
    names["found"] = out.found;
    names["expected"] = out.expected;
    names["nearest"] = out.nearest;
    out.say = filled(definition_.say, names);
    return out;
}

bool CompiledCheck::looks_at(const Subject& subject, std::uint32_t at) const {
    if (definition_.in.empty()) return true;
    const auto& parts = subject.reading.parts;
    return std::any_of(parts.begin(), parts.end(), [&](const ReportPart& each) {
        return each.extent.holds(at) && std::find(in.begin(), in.end(), each.part) != in.end();
    });
}

bool CompiledCheck::is_one_of(std::int32_t measure,
                              const std::vector<std::int32_t>& measures) const {
    return std::find(measures.begin(), measures.end(), measure) != measures.end();
}

std::vector<Finding> CompiledCheck::run(const Subject& subject, Verdict& otherwise) const {
    if (auto found = run_companions(*this, subject, otherwise)) return *std::move(found);
    switch (definition_.find) {
        case CheckFind::LawTitle:
        case CheckFind::Phrase:
        case CheckFind::Repeated:
            return run_words(*this, subject, otherwise);
        case CheckFind::Figure:
        case CheckFind::Figures:
            return run_figures(*this, subject);
        case CheckFind::Part:
            return definition_.compare == CheckCompare::Thin ? find_thin_parts(*this, subject)
                                                             : find_missing_parts(*this, subject);
        case CheckFind::Heading:
            return find_broken_sequences(*this, subject);
        case CheckFind::Year:
            return find_wrong_years(*this, subject, otherwise);
        case CheckFind::Fact:
            return run_facts(*this, subject, otherwise);
        case CheckFind::Name:
            return find_changing_names(*this, subject);
        case CheckFind::Claim:
            return definition_.compare == CheckCompare::Remedy
                       ? find_problems_without_remedy(*this, subject)
                       : find_problems_without_cause(*this, subject);
        case CheckFind::Notice:
            return find_notices(*this, subject);
        case CheckFind::Report:
            return find_boilerplate(*this, subject);
        case CheckFind::Excerpt:
        case CheckFind::Record:
            break;  // run_companions
    }
    return {};
}

std::string filled(const definition::Sentence& sentence,
                   const std::map<std::string, std::string>& names) {
    std::string out;
    append(sentence.pieces, names, out);
    return out;
}

}  // namespace fazhi::review
