#include "http/clock_pages.h"

#include <algorithm>

#include <fmt/format.h>

#include "action/adopt_calendar.h"
#include "action/deadline.h"
#include "action/deliver_notices.h"
#include "duty/delivery_store.h"
#include "duty/duties.h"
#include "http/html.h"
#include "ledger/clock_store.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

namespace fazhi::http {
namespace {

using action::Office;

std::string path_of(const Office& office) {
    return "/offices/" + office.directory.jurisdiction.code;
}

std::string days_table(const std::vector<calendar::DayCount>& days) {
    std::vector<std::vector<std::string>> rows;
    int number = 0;
    for (const calendar::DayCount& day : days) {
        rows.push_back({calendar::to_text(day.date), std::string(calendar::weekday_text(day.date)),
                        day.counted ? fmt::format("第{}日", ++number) : "不计", escaped(day.text)});
    }
    return table({"日期", "星期", "计算", "说明"}, rows);
}

std::string last_day_text(const procedure::ClockView& view) {
    if (view.run.due_on.empty()) return "——";
    std::string out = escaped(view.run.due_on);
    if (!view.safe_day.empty()) out += fmt::format("（稳妥日{}）", escaped(view.safe_day));
    return out;
}

ledger::Context context_for(const action::Workplace& workplace, const Office& office) {
    return action::context_of(office, access::system_actor(office.directory.jurisdiction.id),
                              workplace.clock.now());
}

// A clock the office has nothing to do about any more.
bool is_past(const procedure::ClockView& view, calendar::Date today) {
    return (view.party || view.minimum) && !view.run.due_on.empty() &&
           view.run.due_on < calendar::to_text(today);
}

std::string tasks_html(action::Workplace&, storage::Connection& connection, const Office& office,
                       calendar::Date today) {
    const definition::Ledger* tasks = office.definitions->ledger("task");
    if (tasks == nullptr) return {};
    std::vector<ledger::Entry> open;
    ledger::scan(connection, office.directory.jurisdiction.id, *tasks, {"title", "due_on"}, {},
                 [&](const ledger::Entry& entry) {
                     if (entry.head.state == "open") open.push_back(entry);
                 });
    std::sort(open.begin(), open.end(), [](const auto& a, const auto& b) {
        return a.fields.text_at("due_on") < b.fields.text_at("due_on");
    });
    std::vector<std::vector<std::string>> rows;
    for (const ledger::Entry& entry : open) {
        if (rows.size() == kDueRowsMax) break;
        const access::Person* person = office.directory.person(entry.head.handler);
        const std::string due = entry.fields.text_at("due_on");
        rows.push_back(
            {escaped(due) + (due < calendar::to_text(today) ? "（逾期）" : ""),
             linked(fmt::format("{}/ledgers/task/entries/{}", path_of(office), entry.head.id.value),
                    entry.fields.text_at("title")),
             person == nullptr ? "" : escaped(office.directory.person_name(person->id))});
    }
    std::string out = fmt::format("<h2>没有完成的任务（{}件）</h2>", open.size());
    out += rows.empty() ? "<p>没有。</p>" : table({"期限", "任务", "经办人"}, rows);
    if (open.size() > rows.size())
        out += fmt::format("<p>共{}件，只列前{}件。</p>", open.size(), rows.size());
    return out;
}

}  // namespace

Result<std::string> clocks_html(action::Workplace& workplace, storage::Connection& connection,
                                const ledger::Context& context, const std::string& ledger,
                                EntryId id) {
    const definition::Ledger* definition = context.definitions.ledger(ledger);
    if (definition == nullptr || definition->clocks.empty()) return std::string();
    TRY(const auto views, workplace.clocks.of(connection, context, ledger, id));
    if (views.empty()) return std::string();
    std::vector<std::vector<std::string>> rows;
    for (const procedure::ClockView& view : views) {
        std::string basis;
        for (const Basis& each : view.basis) basis += "<br>" + escaped(basis_text(each));
        std::string how = escaped(view.how) + basis;
        if (!view.days.empty())
            how +=
                fmt::format("<details><summary>逐日</summary>{}</details>", days_table(view.days));
        rows.push_back({escaped(view.title) +
                            (view.run.run > 1 ? fmt::format("（第{}次起算）", view.run.run) : ""),
                        last_day_text(view), escaped(view.state_text), how});
    }
    return "<h2>期限</h2>" + table({"期限", "最后一日", "现在", "怎样计算"}, rows);
}

Result<Response> due_page(action::Workplace& workplace, storage::Connection& connection,
                          const Office& office) {
    const ledger::Context context = context_for(workplace, office);
    ledger::StoredLookup names(connection, office.directory, *office.definitions);
    std::vector<std::vector<std::string>> rows;
    std::size_t left = 0;
    int waiting = 0;
    for (const ledger::EntryRun& run :
         ledger::open_runs(connection, office.directory.jurisdiction.id, "")) {
        const definition::Ledger* ledger = office.definitions->ledger(run.ledger);
        if (ledger == nullptr || !ledger->visible_to.empty() || ledger->built_in ||
            ledger->clock(run.run.clock) == nullptr)
            continue;
        waiting += run.run.status == ledger::RunStatus::WaitingCalendar ? 1 : 0;
        if (rows.size() == kDueRowsMax) {
            ++left;
            continue;
        }
        TRY(const auto view,
            workplace.clocks.explain(connection, context, run.ledger, run.entry, run.run.clock));
        if (is_past(view, context.today)) continue;
        rows.push_back({last_day_text(view), escaped(ledger->title),
                        linked(fmt::format("{}/ledgers/{}/entries/{}", path_of(office), run.ledger,
                                           run.entry.value),
                               names.entry(run.ledger, run.entry.value)),
                        escaped(view.title), escaped(view.state_text)});
    }
    std::string body;
    if (waiting > 0)
        body += fmt::format("<p role=\"alert\">{}</p>", escaped(action::calendar_alarm(waiting)));
    body += "<h2>进行中的期限</h2>";
    body +=
        rows.empty() ? "<p>没有。</p>" : table({"最后一日", "台账", "条目", "期限", "现在"}, rows);
    if (left > 0) body += fmt::format("<p>另有{}个没有列出。</p>", left);
    body += tasks_html(workplace, connection, office, context.today);
    return Response{
        .body = page("期限与任务", {{path_of(office), office.directory.jurisdiction.name}}, body)};
}

Result<Response> duties_page(action::Workplace& workplace, storage::Connection& connection,
                             const Office& office) {
    const ledger::Context context = context_for(workplace, office);
    TRY(const auto states, duty::Duties(connection, context).states(context.today, context.today));
    std::vector<std::vector<std::string>> rows;
    for (const duty::DutyState& state : states) {
        std::string parts;
        for (const duty::PartState& part : state.parts)
            parts += fmt::format("{}{} {}/{}", parts.empty() ? "" : "<br>", escaped(part.title),
                                 part.is, part.wanted);
        rows.push_back({escaped(state.duty->title), escaped(state.target_name),
                        escaped(state.period.label), calendar::to_text(state.period.due),
                        state.declared_nil ? "零报告"
                        : state.met()      ? "已做到"
                                           : "缺",
                        parts});
    }
    return Response{
        .body = page("定期义务", {{path_of(office), office.directory.jurisdiction.name}},
                     rows.empty() ? "<p>没有。</p>"
                                  : table({"义务", "对象", "本期", "到期", "现在", "各项"}, rows))};
}

Result<Response> notices_page(storage::Connection& connection, const Office& office) {
    std::vector<std::vector<std::string>> rows;
    const auto states = duty::notice_states(connection, office.directory.jurisdiction.id, {},
                                            static_cast<int>(kDueRowsMax) + 1);
    for (const duty::NoticeState& state : states) {
        if (rows.size() == kDueRowsMax) break;
        const duty::Notice& notice = state.notice;
        const definition::Ledger* ledger = office.definitions->ledger(notice.ledger);
        const bool is_shown = ledger != nullptr && ledger->visible_to.empty();
        const std::string text = action::text_of(*office.definitions, notice).what;
        const access::Person* person = office.directory.person(notice.person);
        std::string sent;
        for (const duty::Delivery& delivery : state.deliveries)
            sent += (sent.empty() ? "" : "<br>") + escaped(action::state_text(delivery));
        if (sent.empty()) sent = "只在程序里";
        rows.push_back(
            {escaped(notice.made_on),
             person == nullptr ? "没有人" : escaped(office.directory.person_name(person->id)),
             is_shown ? linked(fmt::format("{}/ledgers/{}/entries/{}", path_of(office),
                                           notice.ledger, notice.entry.value),
                               text)
                      : escaped(text),
             sent});
    }
    std::string body =
        rows.empty() ? "<p>没有。</p>" : table({"日期", "提醒谁", "什么事", "发送"}, rows);
    if (states.size() > kDueRowsMax) body += fmt::format("<p>只列最近{}条。</p>", kDueRowsMax);
    return Response{
        .body = page("提醒", {{path_of(office), office.directory.jurisdiction.name}}, body)};
}

Result<Response> deadline_page(action::Workplace& workplace, storage::Connection& connection,
                               const Request& request) {
    const auto asked = [&](const char* key) {
        const auto found = request.query.find(key);
        return found == request.query.end() ? std::string() : found->second;
    };
    const action::DeadlineQuestion question{.from = asked("from"),
                                            .within = asked("within"),
                                            .law = asked("law"),
                                            .party = asked("party") == "1"};
    std::string laws = "<option value=\"\">不指定（严格计算）</option>";
    for (const auto& [title, law] : workplace.tables->laws())
        laws += fmt::format("<option{}>{}</option>", title == question.law ? " selected" : "",
                            escaped(title));
    std::string body = fmt::format(
        "<form method=\"get\" action=\"/deadline\"><p><label>起算日 <input name=\"from\" "
        "value=\"{}\" placeholder=\"2024-09-27\" required></label></p><p><label>多久 <input "
        "name=\"within\" value=\"{}\" placeholder=\"20个工作日\" "
        "required></label></p><p><label>按哪"
        "部法律 <select name=\"law\">{}</select></label></p><p><label><input type=\"checkbox\" "
        "name=\"party\" value=\"1\"{}> 当事人的期限</label></p><p><button>计算</button></p></form>",
        escaped(question.from), escaped(question.within), laws, question.party ? " checked" : "");
    if (!question.from.empty() || !question.within.empty()) {
        const auto workdays = workplace.calendars.workdays(connection);
        const auto answer = action::deadline_of(question, *workplace.tables, *workdays);
        if (answer) {
            body +=
                fmt::format("<h2>最后一日：{}（{}）</h2>", calendar::chinese_text(answer->due_on),
                            calendar::weekday_text(answer->due_on));
            if (answer->safe_day != answer->due_on)
                body += fmt::format("<p>最后一日不是工作日，稳妥日是{}。</p>",
                                    calendar::chinese_text(answer->safe_day));
            body += days_table(answer->days);
        } else {
            for (const Error& error : flatten(answer.error()))
                body += fmt::format("<p role=\"alert\">{}</p>", escaped(error.message));
        }
    }
    return Response{.body = page("期限计算", {}, body)};
}

}  // namespace fazhi::http
