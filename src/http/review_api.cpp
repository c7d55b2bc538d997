#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "access/permission.h"
#include "access/reach.h"
#include "action/reviews.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/review_json.h"
#include "http/uploads.h"
#include "review/review_docx.h"
#include "review/review_html.h"
#include "review/review_json.h"

namespace fazhi::http {
namespace {

using action::JudgedReview;
using action::kReviewedReports;
using action::kReviewVerdicts;

constexpr std::size_t kReportsAPage = 50;

// The office of the path, for those who may know of its reviews.
Result<const action::Office*> office_of_reviews(Call& call) {
    TRY(const action::Office* office, call.office());
    if (!may_know_reviews(call)) return not_there();
    return office;
}

std::int64_t number_in(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

Value entry_json(const definition::Ledger& ledger, const ledger::Entry& entry) {
    const Value& fields = entry.fields;
    const definition::State* state = ledger.state(entry.head.state);
    return Value::Map{{"file", fields.text_at("file")},
                      {"id", entry.head.id.value},
                      {"kind", fields.text_at("kind")},
                      {"origin", fields.text_at("origin")},
                      {"received_on", entry.head.dated_on},
                      {"replaces", fields.integer_at("replaces")},
                      {"retain_until", fields.text_at("retain_until")},
                      {"state", entry.head.state},
                      {"state_title", state == nullptr ? entry.head.state : state->title},
                      {"unit_name", fields.text_at("unit_name")},
                      {"year", fields.integer_at("report_year")}};
}

// A question of the office of the path; what it refers to lives in the call.
class Asked {
public:
    static Result<Asked> of(Call& call) {
        TRY(const action::Office* office, office_of_reviews(call));
        TRY(ledger::Context context, call.context());
        return Asked(call, *office, std::move(context));
    }

    [[nodiscard]] action::ReviewQuestion question() {
        return {call_.workplace, call_.reading(), office_, context_};
    }
    [[nodiscard]] const definition::Ledger& ledger() const {
        return *office_.definitions->ledger(kReviewedReports);
    }
    [[nodiscard]] bool may(access::Ability ability, const char* ledger,
                           const ledger::EntryHead& head) const {
        return access::may(office_.directory, *office_.definitions, call_.actor, ability,
                           {.ledger = ledger, .unit = head.unit, .handler = head.handler});
    }
    [[nodiscard]] Result<ledger::Entry> entry() {
        TRY(const EntryId id, call_.entry_id());
        auto found = action::reviewed_report(question(), id);
        if (!found) return not_there();
        return found;
    }

private:
    Asked(Call& call, const action::Office& office, ledger::Context context)
        : call_(call), office_(office), context_(std::move(context)) {}

    Call& call_;
    const action::Office& office_;
    ledger::Context context_;
};

Result<action::NewReviewedReport> order_in(Call& call) {
    const Request& request = call.request;
    action::NewReviewedReport out{.file = request.asked("name"),
                                  .unit_name = request.asked("unit_name"),
                                  .year = static_cast<int>(number_in(request.asked("year"))),
                                  .kind = request.asked("kind"),
                                  .origin = request.asked("origin"),
                                  .received_on = request.asked("received_on")};
    if (const std::int64_t replaces = number_in(request.asked("replaces")); replaces > 0)
        out.replaces = EntryId{replaces};
    const std::string upload = request.asked("upload");
    if (upload.empty()) {
        out.bytes = request.body;
    } else {
        ledger::NewEvidence paper{.kind = {}, .name = out.file, .bytes = {}, .happened_on = {}};
        TRY_OK(take_upload(call, upload, paper));
        out.file = paper.name;
        out.bytes = std::move(paper.bytes);
    }
    if (out.file.empty()) return refuse(bad_input("请写明文件名。", "name"));
    if (out.bytes.empty()) return refuse(bad_input("文件是空的，请重新选择。", "file"));
    return out;
}

Result<action::NewVerdict> verdict_in(Call& call) {
    TRY(const Value body, call.body());
    action::NewVerdict out;
    TRY(out.fingerprint, text_in(body, "fingerprint", true));
    TRY(out.verdict, text_in(body, "verdict", true));
    TRY(out.reason, text_in(body, "reason"));
    TRY(out.expires_on, text_in(body, "expires_on"));
    for (const char* known : {"confirmed", "wrong", "waived"}) {
        if (out.verdict == known) return out;
    }
    return refuse(bad_input("“verdict”应是 confirmed、wrong 或 waived。", "verdict"));
}

Result<Response> verdict_given(Call& call, const JudgedReview& judged,
                               const ledger::EntryHead* report) {
    TRY(const action::NewVerdict wanted, verdict_in(call));
    TRY(const Value made, call.change([&](const action::Task& task) -> Result<Value> {
        TRY(const EntryId id, action::give_verdict(task, judged, report, wanted));
        return Value(Value::Map{{"id", id.value}, {"ledger", kReviewVerdicts}, {"revision", 1}});
    }));
    return answer_with(made, 201);
}

// The draft that this one is to be compared with.
Result<ledger::Entry> draft_before(Asked& asked, const ledger::Entry& entry) {
    const EntryId before{entry.fields.integer_at("replaces")};
    auto found = action::reviewed_report(asked.question(), before);
    if (!found) return not_there();
    return found;
}

std::string_view change_name(action::FindingChange change) {
    switch (change) {
        case action::FindingChange::Gone:
            return "gone";
        case action::FindingChange::Stayed:
            return "stayed";
        case action::FindingChange::New:
            return "new";
    }
    return "";
}

Result<report::Order> own_report(Call& call) {
    TRY(const action::Office* office, call.office());
    const definition::Ledger* reports = office->definitions->ledger("report");
    if (reports == nullptr || !call.may_somewhere(access::Ability::View, *reports))
        return not_there();
    const std::int64_t year = number_in(call.parts.at("year"));
    if (year < 1949 || year > 9999) return not_there();
    return report::Order{call.parts.at("report"), static_cast<int>(year)};
}

// Of one's own report, where the actor sees reports: no draft is shown above.
Result<JudgedReview> own_review(Call& call) {
    TRY(const report::Order order, own_report(call));
    const action::Office& office = *call.known_office();
    if (call.actor.jurisdiction != office.directory.jurisdiction.id) return not_there();
    TRY(const ledger::Context context, call.context());
    return action::review_of_own({call.workplace, call.reading(), office, context}, order);
}

}  // namespace

bool may_know_reviews(Call& call) {
    const action::Office& office = *call.known_office();
    const definition::Ledger* ledger = office.definitions->ledger(kReviewedReports);
    if (ledger == nullptr) return false;
    const bool is_above = call.actor.jurisdiction != office.directory.jurisdiction.id;
    return (is_above && access::may_throughout(office.directory, *office.definitions, call.actor,
                                               access::Ability::View)) ||
           call.may_somewhere(access::Ability::View, *ledger) ||
           call.may_somewhere(access::Ability::Record, *ledger);
}

Result<Response> list_reviews(Call& call) {
    TRY(Asked asked, Asked::of(call));
    const std::int64_t after = number_in(call.request.asked("cursor"));
    const int year = static_cast<int>(number_in(call.request.asked("year")));
    std::map<std::int64_t, std::int64_t> replaced_by;
    Value::List items;
    bool is_past = after == 0;
    std::int64_t next = 0;
    for (const ledger::Entry& entry : action::reviewed_reports(asked.question(), year)) {
        if (const std::int64_t before = entry.fields.integer_at("replaces"); before > 0)
            replaced_by[before] = entry.head.id.value;
        const bool is_cursor = entry.head.id.value == after;
        if (is_past && items.size() == kReportsAPage) {
            next = items.back().integer_at("id");
            break;
        }
        if (is_past) {
            Value one = entry_json(asked.ledger(), entry);
            one.set("replaced_by", replaced_by[entry.head.id.value]);
            items.push_back(std::move(one));
        }
        is_past = is_past || is_cursor;
    }
    Value out = Value::Map{{"items", std::move(items)}};
    out.set("may_hand_in", call.may_somewhere(access::Ability::Record, asked.ledger()));
    if (next > 0) out.set("next", std::to_string(next));
    return answer_with(out);
}

Result<Response> add_review(Call& call) {
    TRY(Asked asked, Asked::of(call));
    TRY(action::NewReviewedReport order, order_in(call));
    TRY(order, action::read_for_review(asked.question(), std::move(order)));
    TRY(const Value made, call.change([&](const action::Task& task) -> Result<Value> {
        TRY(const ledger::Entry entry, action::hand_in_for_review(task, order));
        return Value(Value::Map{{"id", entry.head.id.value},
                                {"ledger", kReviewedReports},
                                {"revision", entry.head.revision},
                                {"state", entry.head.state}});
    }));
    if (const std::string upload = call.request.asked("upload"); !upload.empty())
        drop_upload(call, upload);
    return answer_with(made, 201);
}

Result<Response> read_review(Call& call) {
    TRY(Asked asked, Asked::of(call));
    TRY(const ledger::Entry entry, asked.entry());
    TRY(const JudgedReview judged, action::review_of(asked.question(), entry));
    Value out = review_json(judged);
    using access::Ability;
    out.set("may_approve", asked.may(Ability::Close, kReviewVerdicts, entry.head));
    out.set("may_judge", asked.may(Ability::Record, kReviewVerdicts, entry.head));
    out.set("may_submit", asked.may(Ability::Move, kReviewedReports, entry.head) &&
                              entry.head.state == "reviewing" &&
                              entry.fields.text_at("origin") == "own");
    out.set("report", entry_json(asked.ledger(), entry));
    return answer_with(out);
}

Result<Response> read_review_file(Call& call) {
    TRY(Asked asked, Asked::of(call));
    TRY(const ledger::Entry entry, asked.entry());
    TRY(const JudgedReview judged, action::review_of(asked.question(), entry));
    const std::string name = entry.fields.text_at("file");
    const review::ReviewedFile file{name, judged.review.get(), judged.source.get(), &judged.human};
    const review::Lexicon& lexicon = judged.by.reviewer->lexicon();
    const std::string& wanted = call.parts.at("file");
    if (wanted == "review.json")
        return file_response("application/json", name + ".json",
                             review::review_json(file, lexicon));
    if (wanted == "review.sarif")
        return file_response("application/sarif+json", name + ".sarif",
                             review::review_sarif({review::review_json(file, lexicon)}, lexicon));
    if (wanted == "review.html")
        return file_response("text/html; charset=utf-8", name + ".html",
                             review::review_html(file, lexicon));
    if (wanted == "review.docx")
        return file_response(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            name + ".docx", review::review_docx(file, lexicon));
    return not_there();
}

Result<Response> compare_review(Call& call) {
    TRY(Asked asked, Asked::of(call));
    TRY(const ledger::Entry entry, asked.entry());
    TRY(const ledger::Entry earlier, draft_before(asked, entry));
    TRY(const JudgedReview after, action::review_of(asked.question(), entry));
    TRY(const JudgedReview before, action::review_of(asked.question(), earlier));
    Value::List items;
    for (const action::ComparedFinding& each : action::compared(*before.review, *after.review)) {
        items.push_back(Value::Map{{"change", change_name(each.change)},
                                   {"check", each.finding->check},
                                   {"fingerprint", each.finding->fingerprint},
                                   {"found", each.finding->found},
                                   {"level", review::level_name(each.finding->level)},
                                   {"say", each.finding->say}});
    }
    return answer_with(Value::Map{{"after", entry.head.id.value},
                                  {"before", earlier.head.id.value},
                                  {"items", std::move(items)}});
}

Result<Response> add_verdict(Call& call) {
    TRY(Asked asked, Asked::of(call));
    TRY(const ledger::Entry entry, asked.entry());
    TRY(const JudgedReview judged, action::review_of(asked.question(), entry));
    return verdict_given(call, judged, &entry.head);
}

Result<Response> decide_waiver(Call& call) {
    TRY(Asked asked, Asked::of(call));
    TRY(const EntryId id, call.entry_id());
    const auto verdict =
        call.workplace.ledgers.find(call.reading(), asked.question().context, kReviewVerdicts, id,
                                    ledger::Ledgers::Private::Masked);
    if (!verdict || !asked.may(access::Ability::View, kReviewVerdicts, verdict->head))
        return not_there();
    TRY(const Value body, call.body());
    if (!body.at("approve").is_bool())
        return refuse(bad_input("“approve”应是 true 或 false。", "approve"));
    const bool approve = body.at("approve").as_bool();
    TRY(const std::string note, text_in(body, "note"));
    TRY_OK(call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(action::decide_waiver(task, id, approve, note));
        return Value(Value::Map{});
    }));
    return nothing_more();
}

Result<Response> submit_review(Call& call) {
    TRY(Asked asked, Asked::of(call));
    TRY(const ledger::Entry entry, asked.entry());
    const EntryId id = entry.head.id;
    TRY(const Value done, call.change([&](const action::Task& task) -> Result<Value> {
        TRY(const ledger::Entry moved, action::submit_reviewed_report(task, id));
        return Value(Value::Map{{"id", id.value},
                                {"ledger", kReviewedReports},
                                {"revision", moved.head.revision},
                                {"state", moved.head.state}});
    }));
    return answer_with(done);
}

Result<Response> read_own_review(Call& call) {
    TRY(const JudgedReview judged, own_review(call));
    const action::Office& office = *call.known_office();
    Value out = review_json(judged);
    const auto may = [&](access::Ability ability) {
        return access::may(office.directory, *office.definitions, call.actor, ability,
                           {.ledger = kReviewVerdicts, .unit = {}});
    };
    out.set("may_approve", may(access::Ability::Close));
    out.set("may_judge", may(access::Ability::Record));
    return answer_with(out);
}

Result<Response> add_own_verdict(Call& call) {
    TRY(const JudgedReview judged, own_review(call));
    return verdict_given(call, judged, nullptr);
}

}  // namespace fazhi::http
