#include "action/reviews.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/errors.h"
#include "base/digest.h"
#include "calendar/deadline.h"
#include "definition/definition_set.h"
#include "ledger/errors.h"
#include "ledger/scan.h"
#include "procedure/errors.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr std::string_view kRetention = "review_retention";  // setting
constexpr std::string_view kThirdParty = "third_party";
constexpr const char* kUsualKind = "年度报告";

Error lacking(const char* what, const char* where) {
    return {ErrorKind::InvalidInput, errors::kBadReviewOrder,
            fmt::format("文件里没有写明{}，请填写。", what), where};
}

// What the actor may see of it by posts.
bool may_view(const ledger::Context& context, const ledger::Entry& entry) {
    return access::may(
        context.directory, context.definitions, context.actor, access::Ability::View,
        {.ledger = kReviewedReports, .unit = entry.head.unit, .handler = entry.head.handler});
}

// No draft is seen from above; what was submitted is, by whoever sees all of the offices below.
bool may_see(const ledger::Context& context, const ledger::Entry& entry) {
    if (may_view(context, entry)) return true;
    return entry.head.state == "submitted" &&
           context.actor.jurisdiction != context.directory.jurisdiction.id &&
           access::may_throughout(context.directory, context.definitions, context.actor,
                                  access::Ability::View);
}

Refusal no_such_report() {
    return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchEntry,
                  "没有这份受审报告，或者不在您的权限之内。", "id");
}

// Until when a text of a third party is kept, from the day it came.
Result<std::string> kept_until(const ledger::Context& context, const std::string& received_on) {
    const Value setting = context.directory.setting(context.definitions, kRetention);
    const auto from = received_on.empty() ? Result<calendar::Date>(context.today)
                                          : calendar::parse_date(received_on);
    const auto period = calendar::parse_period(setting.is_text() ? setting.as_text() : "");
    if (!from || !period) {
        return refuse(ErrorKind::InvalidInput, errors::kBadReviewOrder,
                      "没有设定第三方文本的保存期限，请先在设置里填写，再送审。", "origin");
    }
    TRY(const calendar::Date until, calendar::last_day_on_time(*from, *period, context.workdays));
    return calendar::to_text(until);
}

Result<void> check_replaced(const Task& task, const NewReviewedReport& order) {
    if (!order.replaces) return {};
    TRY(const ledger::Entry before,
        task.workplace.ledgers.find(task.transaction, task.context, kReviewedReports,
                                    *order.replaces, ledger::Ledgers::Private::Masked));
    if (!may_view(task.context, before)) return no_such_report();
    if (before.fields.text_at("unit_name") == order.unit_name &&
        before.fields.integer_at("report_year") == order.year)
        return {};
    return refuse(ErrorKind::RefusedByRule, errors::kBadReviewOrder,
                  fmt::format("要代替的是“{}”{}年的报告，这一份是“{}”{}年的；请核对单位和年度。",
                              before.fields.text_at("unit_name"),
                              before.fields.integer_at("report_year"), order.unit_name, order.year),
                  "replaces");
}

// "法治政府建设年度报告"; of a kind that no pack names "年度报告".
std::string kind_text(const definition::DefinitionSet& definitions, const std::string& kind) {
    for (const definition::ReportKind& each : definitions.reading().report_kinds) {
        if (each.kind == kind && !each.titles.empty()) return each.titles.front() + kUsualKind;
    }
    return kUsualKind;
}

Result<void> check_new(const Task& task, const std::string& digest) {
    std::optional<EntryId> before;
    ledger::scan(task.transaction.connection(), task.context.directory.jurisdiction.id,
                 *task.context.definitions.ledger(kReviewedReports), {"file_digest"}, {},
                 [&](const ledger::Entry& entry) {
                     if (entry.fields.text_at("file_digest") == digest &&
                         entry.head.state != "expired" && may_view(task.context, entry))
                         before = entry.head.id;
                 });
    if (!before) return {};
    return refuse(
        ErrorKind::Conflict, errors::kReviewedBefore,
        fmt::format("这个文件已经送审过（第{}条受审报告），请直接打开那一条。", before->value),
        "file");
}

}  // namespace

Result<NewReviewedReport> read_for_review(const ReviewQuestion& question, NewReviewedReport order) {
    ReviewTools& tools = question.workplace.reviewing;
    TRY(const SharedText source,
        tools.text_of({digest_of(HashAlgorithm::Sha256, order.bytes).hex(), order.file,
                       [&] { return std::optional(order.bytes); }}));
    TRY(const SharedReviewer by, tools.reviewer_of(question.office.definitions));
    const review::DocumentFacts facts = review::read_report(*source, by.reviewer->lexicon()).facts;
    if (order.unit_name.empty())
        order.unit_name =
            order.origin == "own" ? question.office.directory.jurisdiction.name : facts.unit.text;
    if (order.year == 0) order.year = facts.year;
    if (order.kind.empty()) order.kind = kind_text(*question.office.definitions, facts.kind);
    std::vector<Error> wrong;
    if (order.unit_name.empty()) wrong.push_back(lacking("是谁的报告", "unit_name"));
    if (order.year == 0) wrong.push_back(lacking("是哪一年的报告", "year"));
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return order;
}

Result<ledger::Entry> hand_in_for_review(const Task& task, const NewReviewedReport& order) {
    const std::string digest = digest_of(HashAlgorithm::Sha256, order.bytes).hex();
    TRY_OK(check_new(task, digest));
    TRY_OK(check_replaced(task, order));
    Value fields = Value::Map{{"file", order.file},        {"file_digest", digest},
                              {"kind", order.kind},        {"origin", order.origin},
                              {"report_year", order.year}, {"unit_name", order.unit_name}};
    if (!order.received_on.empty()) fields.set("received_on", order.received_on);
    if (order.replaces) fields.set("replaces", fmt::format("#{}", order.replaces->value));
    if (order.origin == kThirdParty) {
        TRY(const std::string until, kept_until(task.context, order.received_on));
        fields.set("retain_until", until);
    }
    TRY(const ledger::Entry made, create_entry(task, {.ledger = kReviewedReports,
                                                      .fields = std::move(fields),
                                                      .unit = {},
                                                      .handler = {},
                                                      .reference = {},
                                                      .opened_by = {},
                                                      .opened_by_ledger = {}}));
    TRY_OK(attach_evidence(task, kReviewedReports, made.head.id,
                           {.kind = "file",
                            .name = order.file,
                            .bytes = order.bytes,
                            .happened_on = order.received_on}));
    return made;
}

Result<ledger::Entry> reviewed_report(const ReviewQuestion& question, EntryId id) {
    auto entry =
        question.workplace.ledgers.find(question.connection, question.context, kReviewedReports, id,
                                        ledger::Ledgers::Private::Masked);
    if (!entry || entry->head.voided || !may_see(question.context, *entry)) return no_such_report();
    return entry;
}

std::vector<ledger::Entry> reviewed_reports(const ReviewQuestion& question, int year) {
    std::vector<ledger::Entry> out;
    const definition::Ledger* ledger = question.context.definitions.ledger(kReviewedReports);
    if (ledger == nullptr) return out;
    ledger::scan(question.connection, question.context.directory.jurisdiction.id, *ledger, {},
                 {.newest_first = true}, [&](const ledger::Entry& entry) {
                     if (year != 0 && entry.fields.integer_at("report_year") != year) return;
                     if (may_see(question.context, entry)) out.push_back(entry);
                 });
    return out;
}

Result<ledger::Entry> submit_reviewed_report(const Task& task, EntryId id) {
    ledger::Ledgers& ledgers = task.workplace.ledgers;
    TRY(const ledger::Entry entry, ledgers.find(task.transaction, task.context, kReviewedReports,
                                                id, ledger::Ledgers::Private::Masked));
    if (!may_view(task.context, entry)) return no_such_report();
    TRY_OK(access::require(
        task.context.directory, task.context.definitions, task.context.actor, access::Ability::Move,
        {.ledger = kReviewedReports, .unit = entry.head.unit, .handler = entry.head.handler}));
    if (entry.head.state != "reviewing" || entry.fields.text_at("origin") != "own") {
        return refuse(ErrorKind::RefusedByRule, procedure::errors::kNoSuchStep,
                      "只有本单位起草、还在审的报告才报送。", "id");
    }
    return ledgers.move(task.transaction, task.context, kReviewedReports, id,
                        {.transition = "submit",
                         .to = "submitted",
                         .happened_on = calendar::to_text(task.context.today),
                         .change = {},
                         .unit = {},
                         .handler = {},
                         .second_person = {}});
}

}  // namespace fazhi::action
