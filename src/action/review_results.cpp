#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/document_text.h"
#include "action/errors.h"
#include "action/ledger_figures.h"
#include "action/review_verdicts.h"
#include "action/reviews.h"
#include "definition/definition_set.h"
#include "ledger/errors.h"
#include "ledger/scan.h"

namespace fazhi::action {
namespace {

using review::Finding;

constexpr std::size_t kNamedErrorsMax = 20;  // of those that keep a report from being signed

Refusal file_gone() {
    return refuse(ErrorKind::NotFound, errors::kFileGone,
                  "这份报告保存期满，文件已经销毁，不能再审查；要审查请重新送一份。", "file");
}

// Of the office's own report: what its ledgers hold of the year, as they stood on that day. A
// finding tells what they hold: for those of the office who may see all of them.
Result<void> hold_against_ledgers(const ReviewQuestion& question, int year, calendar::Date as_of,
                                  review::Companions& companions) {
    const ledger::Context& context = question.context;
    if (context.actor.jurisdiction != context.directory.jurisdiction.id ||
        !access::may_throughout(context.directory, context.definitions, context.actor,
                                access::Ability::View))
        return {};
    TRY(companions.recorded, ledger_figures(question.workplace, question.connection,
                                            {context.directory.jurisdiction.code, year, as_of}));
    companions.own_report = true;
    return {};
}

// The file of a reviewed report, read.
Result<SharedText> text_of_entry(const ReviewQuestion& question, const ledger::Entry& entry) {
    const ledger::Ledgers& ledgers = question.workplace.ledgers;
    if (ledgers.is_destroyed(question.connection, question.context, entry.head.id))
        return file_gone();
    std::optional<Digest> digest;
    for (const ledger::EvidenceUse& use :
         ledgers.evidence(question.connection, question.context.directory.jurisdiction.id,
                          kReviewedReports, entry.head.id)) {
        if (use.kind == "file") digest = use.digest;
    }
    return question.workplace.reviewing.text_of(
        {entry.fields.text_at("file_digest"), entry.fields.text_at("file"),
         [&] { return digest ? ledgers.evidence_bytes(*digest) : std::optional<std::string>(); }});
}

// The first draft of the report: what its verdicts are kept under.
Result<std::string> subject_of(const ReviewQuestion& question, ledger::Entry entry) {
    for (EntryId before{entry.fields.integer_at("replaces")};
         before && before.value < entry.head.id.value;
         before = EntryId{entry.fields.integer_at("replaces")}) {
        TRY(entry,
            question.workplace.ledgers.find(question.connection, question.context, kReviewedReports,
                                            before, ledger::Ledgers::Private::Masked));
    }
    return fmt::format("{}/{}", kReviewedReports, entry.head.id.value);
}

// A report that another is compared with, and all that it refers to.
struct ReadCompanion {
    SharedText source;
    std::unique_ptr<const review::ReportReading> reading;
    std::unique_ptr<const review::Companion> companion;
};

// Of the same unit the year before, and of others in the same year: of each the last draft.
class CompanionReports {
public:
    CompanionReports(const ReviewQuestion& question, const review::Reviewer& reviewer)
        : question_(question), reviewer_(reviewer) {}

    void read_for(const ledger::Entry& entry, JudgedReview& out) {
        const int year = static_cast<int>(entry.fields.integer_at("report_year"));
        const std::string unit = entry.fields.text_at("unit_name");
        for (const ledger::Entry& each : last_drafts(year - 1, entry)) {
            if (each.fields.text_at("unit_name") != unit) continue;
            if (const auto* read = add(each, out)) companions.last_year = read;
            break;
        }
        for (const ledger::Entry& each : last_drafts(year, entry)) {
            if (companions.neighbours.size() == kNeighboursMax) break;
            if (each.fields.text_at("unit_name") == unit) continue;
            if (const auto* read = add(each, out)) companions.neighbours.push_back(read);
        }
    }

    review::Companions companions;

private:
    [[nodiscard]] std::vector<ledger::Entry> last_drafts(int year,
                                                         const ledger::Entry& like) const {
        std::vector<ledger::Entry> out = reviewed_reports(question_, year);
        std::set<std::int64_t> replaced;
        for (const ledger::Entry& each : out) replaced.insert(each.fields.integer_at("replaces"));
        std::erase_if(out, [&](const ledger::Entry& each) {
            return replaced.contains(each.head.id.value) || each.head.state == "expired" ||
                   each.fields.text_at("kind") != like.fields.text_at("kind");
        });
        return out;
    }

    const review::Companion* add(const ledger::Entry& entry, JudgedReview& out) {
        const std::string name = fmt::format("{}{}年报告", entry.fields.text_at("unit_name"),
                                             entry.fields.integer_at("report_year"));
        auto source = text_of_entry(question_, entry);
        if (!source) {
            out.not_compared.push_back(name + "：" + source.error().message);
            return nullptr;
        }
        ReadCompanion read{.source = *std::move(source)};
        read.reading = std::make_unique<const review::ReportReading>(
            review::read_report(*read.source, reviewer_.lexicon()));
        read.companion = std::make_unique<const review::Companion>(name, *read.reading);
        read_.push_back(std::move(read));
        out.compared_with.push_back(name);
        return read_.back().companion.get();
    }

    const ReviewQuestion& question_;
    const review::Reviewer& reviewer_;
    std::vector<ReadCompanion> read_;
};

void judge(const ReviewQuestion& question, JudgedReview& out) {
    const auto said = verdicts_on(question, out.subject);
    for (const Finding& finding : out.review->findings) {
        const auto found = said.find(finding.fingerprint);
        out.human.push_back(found == said.end() ? std::nullopt : std::optional(found->second));
    }
}

// Which parts a report has is said of the kinds of reports that the packs' `reading` names: a
// report of another kind, such as the one on disclosure, has parts of its own.
void keep_to_kind(const definition::DefinitionSet& definitions, review::Review& review) {
    if (!review.reading.facts.kind.empty()) return;
    std::set<std::string> of_parts;
    for (const definition::Check& check : definitions.checks()) {
        if (check.find == definition::CheckFind::Part) of_parts.insert(check.id);
    }
    std::erase_if(review.findings,
                  [&](const Finding& each) { return of_parts.contains(each.check); });
    for (review::CheckOutcome& outcome : review.outcomes) {
        if (of_parts.contains(outcome.check)) outcome.verdict = review::Verdict::NotAssessable;
    }
}

Result<JudgedReview> judged_own(const ReviewQuestion& question, const report::Order& order,
                                const document::Document& document) {
    JudgedReview out{.subject = fmt::format("report/{}/{}", order.report, order.year),
                     .source = std::make_shared<const review::SourceText>(text_of(document))};
    TRY(out.by, question.workplace.reviewing.reviewer_of(question.office.definitions));
    review::Companions ledgers;
    TRY_OK(hold_against_ledgers(question, order.year, question.context.today, ledgers));
    review::Review review = out.by.reviewer->review(
        *out.source, {.year = order.year, .unit = question.office.directory.jurisdiction.full_name},
        ledgers);
    keep_to_kind(*out.by.definitions, review);
    out.review = std::make_unique<const review::Review>(std::move(review));
    judge(question, out);
    return out;
}

Error open_finding(const Finding& finding) {
    return {ErrorKind::RefusedByRule, errors::kFindingsOpen,
            fmt::format("审查查出错误：{}{}请改正；确属误报的，判为误报；暂时改不了的，"
                        "写明理由申请豁免，由另一人批准以后再签发。",
                        finding.say, finding.say.ends_with("。") ? "" : "。"),
            finding.check};
}

}  // namespace

Result<JudgedReview> review_of(const ReviewQuestion& question, const ledger::Entry& entry) {
    JudgedReview out;
    TRY(out.source, text_of_entry(question, entry));
    TRY(out.subject, subject_of(question, entry));
    out.quotable = entry.fields.text_at("origin") != "third_party";
    TRY(out.by, question.workplace.reviewing.reviewer_of(question.office.definitions));
    CompanionReports beside(question, *out.by.reviewer);
    beside.read_for(entry, out);
    const int year = static_cast<int>(entry.fields.integer_at("report_year"));
    if (entry.fields.text_at("origin") == "own") {
        const auto received = calendar::date_from(entry.head.dated_on);
        TRY_OK(hold_against_ledgers(question, year, received.value_or(question.context.today),
                                    beside.companions));
    }
    out.review = std::make_unique<const review::Review>(
        out.by.reviewer->review(*out.source,
                                {.year = static_cast<int>(entry.fields.integer_at("report_year")),
                                 .unit = entry.fields.text_at("unit_name")},
                                beside.companions));
    judge(question, out);
    return out;
}

Result<JudgedReview> review_of_own(const ReviewQuestion& question, const report::Order& order) {
    TRY(const report::BuiltReport built,
        question.workplace.reports.as_signed(question.connection, question.context, order));
    return judged_own(question, order, built.document);
}

Result<void> require_judged(const ReviewQuestion& question, const report::Order& order,
                            const document::Document& document) {
    TRY(const JudgedReview judged, judged_own(question, order, document));
    std::vector<Error> wrong;
    for (std::size_t i = 0; i < judged.human.size(); ++i) {
        const Finding& finding = judged.review->findings[i];
        if (finding.level != definition::CheckLevel::Error ||
            finding.verdict != review::Verdict::Fail)
            continue;
        if (judged.human[i] && judged.human[i]->settles()) continue;
        if (wrong.size() < kNamedErrorsMax) wrong.push_back(open_finding(finding));
    }
    if (wrong.empty()) return {};
    return refuse(join_errors(std::move(wrong)));
}

std::vector<ComparedFinding> compared(const review::Review& before, const review::Review& after) {
    std::multimap<std::string, const Finding*> earlier, by_words;
    const auto words = [](const Finding& each) { return each.check + "\n" + each.found; };
    for (const Finding& each : before.findings) earlier.emplace(each.fingerprint, &each);
    std::vector<ComparedFinding> out;
    std::vector<std::size_t> unmatched;
    for (const Finding& each : after.findings) {
        const auto same = earlier.find(each.fingerprint);
        if (same == earlier.end()) {
            unmatched.push_back(out.size());
        } else {
            earlier.erase(same);
        }
        out.push_back({FindingChange::Stayed, &each});
    }
    // The words around changed, and the fault did not.
    for (const auto& [fingerprint, finding] : earlier) by_words.emplace(words(*finding), finding);
    for (const std::size_t at : unmatched) {
        const auto same = by_words.find(words(*out[at].finding));
        if (same == by_words.end()) {
            out[at].change = FindingChange::New;
        } else {
            by_words.erase(same);
        }
    }
    std::set<const Finding*> gone;
    for (const auto& [key, finding] : by_words) gone.insert(finding);
    for (const Finding& each : before.findings) {
        if (gone.contains(&each)) out.push_back({FindingChange::Gone, &each});
    }
    return out;
}

}  // namespace fazhi::action
