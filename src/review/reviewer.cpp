#include "review/reviewer.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "review/compiled_check.h"
#include "review/pattern_set.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

constexpr std::size_t kFingerprintDigits = 16;

std::string_view verdict_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return "PASS";
        case Verdict::Fail:
            return "FAIL";
        case Verdict::Uncertain:
            return "UNCERTAIN";
        case Verdict::NotAssessable:
            return "NOT_ASSESSABLE";
    }
    return "";
}

// Of the rule, what it found and the sentence around; the same one twice is counted.
void give_fingerprints(std::vector<Finding>& findings, const Prose& prose,
                       const std::string& rule) {
    std::map<std::string, int> seen;
    for (Finding& finding : findings) {
        std::string around = finding.found;
        if (!finding.extent.empty())
            around += "\n" + prose.utf8(prose.sentence(finding.extent.begin));
        const int again = seen[around]++;
        finding.fingerprint =
            digest_of(HashAlgorithm::Sha256,
                      finding.check + "\n" + rule + "\n" + around + "\n" + std::to_string(again))
                .hex()
                .substr(0, kFingerprintDigits);
    }
}

// What the findings make of the check: one that fails makes it fail.
Verdict verdict_of(const std::vector<Finding>& findings, Verdict otherwise) {
    if (findings.empty()) return otherwise;
    const bool fails = std::any_of(findings.begin(), findings.end(), [](const Finding& each) {
        return each.verdict == Verdict::Fail;
    });
    return fails ? Verdict::Fail : Verdict::Uncertain;
}

void run_check(const CompiledCheck& check, const Subject& subject, Review& review) {
    Verdict otherwise = Verdict::Pass;
    const bool of_its_time = subject.year() == 0 || subject.year() >= check.definition().since;
    std::vector<Finding> found;
    if (of_its_time) found = check.run(subject, otherwise);
    give_fingerprints(found, subject.reading.prose, check.definition().digest);
    review.outcomes.push_back({check.definition().id, verdict_of(found, otherwise)});
    for (Finding& finding : found) review.findings.push_back(std::move(finding));
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    return verdict_text(verdict);
}

std::string_view level_name(definition::CheckLevel level) {
    switch (level) {
        case definition::CheckLevel::Error:
            return "error";
        case definition::CheckLevel::Warning:
            return "warning";
        case definition::CheckLevel::Note:
            return "note";
    }
    return "";
}

Reviewer::Reviewer() = default;
Reviewer::Reviewer(Reviewer&&) noexcept = default;
Reviewer& Reviewer::operator=(Reviewer&&) noexcept = default;
Reviewer::~Reviewer() = default;

Result<Reviewer> Reviewer::of(const definition::DefinitionSet& definitions) {
    Reviewer out;
    TRY(Lexicon lexicon, Lexicon::of(definitions));
    out.lexicon_ = std::make_unique<Lexicon>(std::move(lexicon));
    const auto& checks = definitions.checks();
    for (std::size_t i = 0; i < checks.size(); ++i)
        out.checks_.push_back(std::make_unique<CompiledCheck>(checks[i], i, *out.lexicon_));
    std::vector<std::string> patterns;
    for (const auto& check : out.checks_) {
        if (!looks_everywhere(check->definition())) continue;
        check->first_pattern = patterns.size();
        const auto& own = check->definition().patterns;
        patterns.insert(patterns.end(), own.begin(), own.end());
    }
    out.patterns_ = std::make_unique<PatternSet>(patterns);
    return out;
}

Subject Reviewer::subject_of(const ReportReading& reading, const Expected& expected,
                             const Companions& companions) const {
    Subject out{.reading = reading,
                .lexicon = *lexicon_,
                .companions = companions,
                .expected_year = expected.year,
                .expected_unit = expected.unit,
                .utf8 = text::from_code_points(reading.prose.text())};
    out.patterns = patterns_->standing_in(out.utf8);
    return out;
}

Review Reviewer::review(const SourceText& source, const Expected& expected,
                        const Companions& companions) const {
    Review out{.reading = read_report(source, *lexicon_)};
    const Subject subject = subject_of(out.reading, expected, companions);
    for (const auto& check : checks_) run_check(*check, subject, out);
    std::stable_sort(
        out.findings.begin(), out.findings.end(),
        [](const Finding& a, const Finding& b) { return a.extent.begin < b.extent.begin; });
    return out;
}

Review Reviewer::try_check(const std::string& name, const SourceText& source,
                           const Expected& expected, const Companions& companions) const {
    Review out{.reading = read_report(source, *lexicon_)};
    const Subject subject = subject_of(out.reading, expected, companions);
    for (const auto& check : checks_) {
        if (check->definition().id == name) run_check(*check, subject, out);
    }
    return out;
}

}  // namespace fazhi::review
