#include "action/review_verdicts.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/errors.h"
#include "definition/definition_set.h"
#include "ledger/errors.h"
#include "ledger/scan.h"
#include "procedure/errors.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr std::string_view kWaived = "waived";

// Made, then approved: whoever changed it in between or afterwards has what was approved no more.
constexpr int kAsked = 1;
constexpr int kApproved = 2;

HumanVerdict verdict_from(const ledger::Entry& entry, const std::string& today) {
    HumanVerdict out{.entry = entry.head.id,
                     .verdict = entry.fields.text_at("verdict"),
                     .reason = entry.fields.text_at("reason"),
                     .given_by = entry.fields.text_at("given_by"),
                     .given_on = entry.head.dated_on,
                     .approved_by = entry.fields.text_at("approved_by"),
                     .expires_on = entry.fields.text_at("expires_on")};
    if (out.verdict != kWaived) return out;
    if (out.expires_on < today) {
        out.state = VerdictState::Expired;
    } else if (entry.head.state != "approved" || entry.head.revision != kApproved) {
        out.state = VerdictState::Asked;
    }
    return out;
}

Error incomplete(const char* message, const char* where) {
    return {ErrorKind::InvalidInput, errors::kVerdictIncomplete, message, where};
}

Result<void> check_complete(const NewVerdict& verdict, const std::string& today) {
    std::vector<Error> wrong;
    const bool is_waiver = verdict.verdict == kWaived;
    if (verdict.verdict != "confirmed" && verdict.reason.empty())
        wrong.push_back(incomplete("判为误报或者申请豁免，请写明理由。", "reason"));
    if (is_waiver && verdict.expires_on <= today)
        wrong.push_back(incomplete("申请豁免请写明到期日，在今天以后。", "expires_on"));
    if (!is_waiver && !verdict.expires_on.empty())
        wrong.push_back(incomplete("只有豁免才有到期日，请去掉。", "expires_on"));
    if (wrong.empty()) return {};
    return refuse(join_errors(std::move(wrong)));
}

// As names of units and persons are given where there is only their number.
std::string marked(std::int64_t number) {
    return number == 0 ? std::string() : fmt::format("#{}", number);
}

// A person of a jurisdiction above has no number here: the report's handler has it in hand.
std::string handler_of(const ledger::Context& context, const ledger::EntryHead* report) {
    const bool is_here = context.actor.jurisdiction == context.directory.jurisdiction.id;
    return is_here || report == nullptr ? std::string() : marked(report->handler.value);
}

Result<void> may_decide(const Task& task, const ledger::Entry& entry) {
    const ledger::Context& context = task.context;
    TRY_OK(access::require(
        context.directory, context.definitions, context.actor, access::Ability::Close,
        {.ledger = kReviewVerdicts, .unit = entry.head.unit, .handler = entry.head.handler}));
    const auto passages = task.workplace.ledgers.passages(task.transaction.connection(),
                                                          context.directory.jurisdiction.id,
                                                          kReviewVerdicts, entry.head.id);
    if (passages.empty()) return {};
    const ledger::Passage& asked = passages.front();
    const JurisdictionId of =
        asked.actor_jurisdiction ? asked.actor_jurisdiction : context.directory.jurisdiction.id;
    const bool same = asked.actor == context.actor.person && of == context.actor.jurisdiction;
    if (!same) return {};
    return refuse(ErrorKind::Forbidden, procedure::errors::kSamePerson,
                  "豁免要由申请人以外的另一人批准。", "approved_by");
}

}  // namespace

std::map<std::string, HumanVerdict> verdicts_on(const ReviewQuestion& question,
                                                const std::string& subject) {
    std::map<std::string, HumanVerdict> out;
    const definition::Ledger* ledger = question.context.definitions.ledger(kReviewVerdicts);
    if (ledger == nullptr) return out;
    const std::string today = calendar::to_text(question.context.today);
    ledger::scan(question.connection, question.context.directory.jurisdiction.id, *ledger, {}, {},
                 [&](const ledger::Entry& entry) {
                     const std::string& state = entry.head.state;
                     if (entry.fields.text_at("subject") != subject || state == "refused") return;
                     HumanVerdict one = verdict_from(entry, today);
                     HumanVerdict& last = out[entry.fields.text_at("fingerprint")];
                     if (last.entry.value < one.entry.value) last = std::move(one);
                 });
    return out;
}

Result<EntryId> give_verdict(const Task& task, const JudgedReview& judged,
                             const ledger::EntryHead* report, const NewVerdict& verdict) {
    const ledger::Context& context = task.context;
    const auto& findings = judged.review->findings;
    const auto finding = std::find_if(findings.begin(), findings.end(), [&](const auto& each) {
        return each.fingerprint == verdict.fingerprint;
    });
    if (finding == findings.end()) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchFinding,
                      "没有这一处发现：文字或者规则已经改动，请刷新以后再复核。", "fingerprint");
    }
    TRY_OK(check_complete(verdict, calendar::to_text(context.today)));
    TRY_OK(access::require(
        context.directory, context.definitions, context.actor, access::Ability::Record,
        {.ledger = kReviewVerdicts, .unit = report == nullptr ? UnitId() : report->unit}));
    Value fields = Value::Map{{"check_id", finding->check},
                              {"finding", judged.quotable ? finding->say : finding->check},
                              {"fingerprint", finding->fingerprint},
                              {"given_by", context.actor.name},
                              {"subject", judged.subject},
                              {"verdict", verdict.verdict}};
    if (!verdict.reason.empty()) fields.set("reason", verdict.reason);
    if (!verdict.expires_on.empty()) fields.set("expires_on", verdict.expires_on);
    TRY(const ledger::Entry made,
        task.workplace.ledgers.create(task.transaction, task.context,
                                      {.ledger = kReviewVerdicts,
                                       .fields = std::move(fields),
                                       .unit = report == nullptr ? "" : marked(report->unit.value),
                                       .handler = handler_of(context, report),
                                       .reference = {},
                                       .opened_by = {},
                                       .opened_by_ledger = {}}));
    return made.head.id;
}

Result<void> decide_waiver(const Task& task, EntryId verdict, bool approve,
                           const std::string& note) {
    ledger::Ledgers& ledgers = task.workplace.ledgers;
    TRY(const ledger::Entry entry, ledgers.find(task.transaction, task.context, kReviewVerdicts,
                                                verdict, ledger::Ledgers::Private::Masked));
    TRY_OK(may_decide(task, entry));
    const std::string today = calendar::to_text(task.context.today);
    if (entry.head.state != "given" || entry.fields.text_at("verdict") != kWaived ||
        entry.head.revision != kAsked || entry.fields.text_at("expires_on") < today) {
        return refuse(ErrorKind::RefusedByRule, errors::kWaiverNotOpen,
                      "这一条不是等待批准的豁免，或者申请以后改过、已经到期；请申请人重新提出。",
                      "id");
    }
    if (!approve && note.empty()) return refuse(incomplete("不批准请写明理由。", "note"));
    ledger::FieldChange change{.fields = Value(Value::Map{}), .note = note};
    if (approve) change.fields.set("approved_by", task.context.actor.name);
    TRY_OK(ledgers.move(task.transaction, task.context, kReviewVerdicts, verdict,
                        {.transition = approve ? "approve" : "refuse",
                         .to = approve ? "approved" : "refused",
                         .happened_on = today,
                         .change = std::move(change),
                         .unit = {},
                         .handler = {},
                         .second_person = {}}));
    return {};
}

}  // namespace fazhi::action
