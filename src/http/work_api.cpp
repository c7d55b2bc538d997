#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "access/desk_store.h"
#include "access/permission.h"
#include "action/adopt_calendar.h"
#include "action/deadline.h"
#include "action/deliver_notices.h"
#include "action/due_list.h"
#include "action/search_entries.h"
#include "action/task_list.h"
#include "definition/definition_set.h"
#include "duty/delivery_store.h"
#include "duty/duties.h"
#include "http/api.h"
#include "http/desk_json.h"
#include "http/entry_json.h"
#include "http/problem.h"
#include "ledger/stored_lookup.h"
#include "text/utf8.h"

namespace fazhi::http {
namespace {

using definition::Ledger;

constexpr int kAmberWorkdays = 3;  // this near, it is amber
constexpr int kNoticesMax = 100;
constexpr std::size_t kHitsAPage = 20;
constexpr std::size_t kBefore = 20;  // characters shown before the first mark
constexpr std::size_t kShown = 80;

const char* colour_of(const action::DueItem& item) {
    if (item.due_on.empty() || item.party) return "grey";
    if (!item.workdays_left) return "amber";  // The calendar is not there: look at it.
    if (*item.workdays_left < 0) return item.soft ? "amber" : "red";
    return *item.workdays_left <= kAmberWorkdays ? "amber" : "green";
}

std::string state_text(const action::DueItem& item) {
    if (item.due_on.empty()) return "最后一日还没有定";
    if (!item.workdays_left) return "等放假通知";
    const int left = *item.workdays_left;
    if (left < 0) return fmt::format("已逾期{}个工作日", -left);
    return left == 0 ? "今天是最后一个工作日" : fmt::format("还剩{}个工作日", left);
}

Value due_json(const ledger::Context& context, const action::DueItem& item) {
    const Ledger* ledger = context.definitions.ledger(item.ledger);
    Value out = Value::Map{{"clock", item.clock},
                           {"clock_title", item.clock_title},
                           {"colour", colour_of(item)},
                           {"days_left", item.workdays_left.value_or(0)},
                           {"due_on", item.due_on},
                           {"entry", item.entry.value},
                           {"kind", ledger->built_in ? "task" : "clock"},
                           {"ledger", item.ledger},
                           {"ledger_title", ledger->title},
                           {"party", item.party},
                           {"soft", item.soft},
                           {"state_text", state_text(item)},
                           {"title", item.title},
                           {"waiting_calendar", item.waiting}};
    if (const access::Unit* unit = context.directory.unit(item.unit))
        out.set("unit", unit_json(*unit));
    if (item.handler) out.set("handler", person_json(context.directory, item.handler));
    return out;
}

Value due_items_json(const ledger::Context& context, const std::vector<action::DueItem>& items) {
    Value::List out;
    for (const action::DueItem& item : items) out.push_back(due_json(context, item));
    return out;
}

Value notices_json(Call& call, const ledger::Context& context, PersonId person) {
    Value::List out;
    for (const duty::NoticeState& state : duty::notice_states(
             call.reading(), context.directory.jurisdiction.id, person, kNoticesMax)) {
        const duty::Notice& notice = state.notice;
        const action::NoticeText text = action::text_of(context.definitions, notice);
        Value one = Value::Map{
            {"clock_title", text.clock},   {"day", notice.day},         {"due_on", notice.due_on},
            {"entry", notice.entry.value}, {"kind", notice.kind},       {"kind_title", text.what},
            {"ledger", notice.ledger},     {"made_on", notice.made_on}, {"title", text.what}};
        one.set("person",
                notice.person ? context.directory.person_name(notice.person) : std::string());
        Value::List deliveries;
        for (const duty::Delivery& delivery : state.deliveries)
            deliveries.push_back(Value::Map{{"at", delivery.settled_at},
                                            {"channel", delivery.channel},
                                            {"said", action::state_text(delivery)},
                                            {"state", delivery.state}});
        one.set("deliveries", std::move(deliveries));
        out.push_back(std::move(one));
    }
    return out;
}

// Monday to Sunday: what is due up to the end of this week.
std::string end_of_week(calendar::Date today) {
    const unsigned weekday = std::chrono::weekday(std::chrono::sys_days(today)).iso_encoding();
    return calendar::to_text(calendar::Date(std::chrono::sys_days(today) +
                                            std::chrono::days(7 - static_cast<int>(weekday))));
}

std::string day_text(const ledger::Context& context) {
    const auto why = context.workdays.why(context.today);
    return why ? calendar::chinese_text(*why) : std::string("放假通知未发布");
}

Result<UnitId> unit_asked(Call& call) {
    const std::string name = call.request.asked("unit");
    if (name.empty()) return UnitId{};
    const access::Unit* unit = call.known_office()->directory.unit_named(name);
    if (unit == nullptr) return refuse(bad_input(fmt::format("没有“{}”这个单位。", name), "unit"));
    return unit->id;
}

Value duty_json(const duty::DutyState& state) {
    Value::List parts;
    for (const duty::PartState& part : state.parts)
        parts.push_back(
            Value::Map{{"is", part.is}, {"title", part.title}, {"wanted", part.wanted}});
    Value out = Value::Map{{"declared_nil", state.declared_nil},
                           {"due_on", calendar::to_text(state.period.due)},
                           {"duty", state.duty->id},
                           {"from", calendar::to_text(state.period.from)},
                           {"met", state.met()},
                           {"parts", std::move(parts)},
                           {"period", state.period.label},
                           {"target", state.target_name},
                           {"title", state.duty->title},
                           {"to", calendar::to_text(state.period.to)},
                           {"unit", state.unit.value}};
    if (!state.duty->basis.empty()) out.set("basis", basis_of(state.duty->basis));
    return out;
}

// The part of the text around the first mark, in pieces that are marked or not.
Value marked_json(const ledger::FoundField& field) {
    const std::string_view text = field.text;
    const std::vector<std::string_view> characters = text::characters(text);
    std::size_t first = 0;
    std::size_t at = 0;
    while (first < characters.size() && at + characters[first].size() <= field.spans.front().from)
        at += characters[first++].size();
    const std::size_t begin = first > kBefore ? first - kBefore : 0;
    const std::size_t end = std::min(characters.size(), begin + kShown);
    Value::List out;
    std::string piece = begin > 0 ? "…" : "";
    bool is_marked = false;
    const auto finish = [&] {
        if (!piece.empty()) out.push_back(Value::Map{{"marked", is_marked}, {"text", piece}});
        piece.clear();
    };
    for (std::size_t i = begin; i < end; ++i) {
        const auto place = static_cast<std::size_t>(characters[i].data() - text.data());
        const bool marked =
            std::any_of(field.spans.begin(), field.spans.end(), [&](const text::Span& span) {
                return span.from <= place && place < span.from + span.size;
            });
        if (marked != is_marked) {
            finish();
            is_marked = marked;
        }
        piece += characters[i];
    }
    if (end < characters.size() && !is_marked) piece += "…";
    finish();
    return out;
}

}  // namespace

Result<Response> read_workbench(Call& call) {
    TRY(const ledger::Context context, call.context());
    storage::Connection& reading = call.reading();
    const bool is_own = context.actor.jurisdiction == context.directory.jurisdiction.id;
    action::DueFilter mine{.due_from = {},
                           .due_to = end_of_week(context.today),
                           .unit = {},
                           .handler = is_own ? context.actor.person : PersonId{}};
    const action::DueList due = action::due_list(reading, context, mine);
    Value out = Value::Map{{"day_text", day_text(context)},
                           {"due_total", due.total},
                           {"today", calendar::to_text(context.today)},
                           {"weekday", std::string(calendar::weekday_text(context.today))}};
    out.set("due", due_items_json(context, due.items));
    Value::List returned;
    for (const action::Returned& each : action::returned_to_actor(call.workplace, reading, context))
        returned.push_back(
            Value::Map{{"dated_on", each.happened_on},
                       {"id", each.entry.value},
                       {"ledger", each.ledger},
                       {"ledger_title", context.definitions.ledger(each.ledger)->title},
                       {"note", each.step},
                       {"title", each.title}});
    out.set("returned", std::move(returned));
    out.set("drafts", drafts_json(call));
    out.set("notices",
            is_own ? notices_json(call, context, context.actor.person) : Value(Value::List{}));
    // What is late, by unit, of all that this person may see.
    Value::List units;
    for (const auto& [unit, count] : action::late_by_unit(reading, context)) {
        const access::Unit* found = context.directory.unit(unit);
        units.push_back(Value::Map{{"count", count},
                                   {"name", found == nullptr ? std::string("全办") : found->name},
                                   {"unit", unit.value}});
    }
    out.set("late_by_unit", std::move(units));
    TRY(const auto states, duty::Duties(reading, context).states(context.today, context.today));
    out.set("missing_duties",
            std::int64_t{std::count_if(states.begin(), states.end(),
                                       [](const duty::DutyState& state) { return !state.met(); })});
    return answer_with(out);
}

Result<Response> list_clocks(Call& call) {
    TRY(const ledger::Context context, call.context());
    TRY(const UnitId unit, unit_asked(call));
    action::DueFilter filter{.due_from = call.request.asked("from"),
                             .due_to = call.request.asked("to"),
                             .unit = unit,
                             .handler = {}};
    for (const auto& [day, where] :
         {std::pair(filter.due_from, "from"), std::pair(filter.due_to, "to")}) {
        if (!day.empty() && !calendar::date_from(day))
            return refuse(
                bad_input(fmt::format("“{}”不是日期，请按 2023-01-01 的样式填写。", day), where));
    }
    if (call.request.asked("mine") == "1") filter.handler = context.actor.person;
    const action::DueList due = action::due_list(call.reading(), context, filter);
    Value out = Value::Map{{"total", due.total}, {"waiting", due.waiting}};
    out.set("items", due_items_json(context, due.items));
    if (due.waiting > 0) out.set("alarm", action::calendar_alarm(static_cast<int>(due.waiting)));
    return answer_with(out);
}

Result<Response> list_tasks(Call& call) {
    TRY(const ledger::Context context, call.context());
    action::TaskFilter filter;
    if (const std::string state = call.request.asked("state"); !state.empty()) filter.state = state;
    filter.unit = call.request.asked("unit");
    filter.overdue_only = call.request.asked("overdue") == "1";
    TRY(const auto tasks, action::list_tasks(call.reading(), context, filter));
    const auto chosen = [](const action::Chosen& each) {
        return Value(Value::Map{{"id", each.id}, {"title", each.title}});
    };
    Value::List items;
    for (const action::ListedTask& task : tasks) {
        Value one = Value::Map{{"due_on", task.due_on},
                               {"entry", task.entry.value},
                               {"evidence_attached", task.evidence_attached},
                               {"evidence_wanted", task.evidence_wanted},
                               {"first_closed_on", task.first_closed_on},
                               {"handler", task.handler},
                               {"overdue_days", task.overdue_days},
                               {"title", task.title},
                               {"unit", task.unit}};
        one.set("kind", chosen(task.kind));
        one.set("state", chosen(task.state));
        one.set("verdict", chosen(task.verdict));
        one.set("score", task.score ? Value(*task.score) : Value());
        items.push_back(std::move(one));
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> list_duties(Call& call) {
    TRY(const ledger::Context context, call.context());
    calendar::Date day = context.today;
    if (const std::string on = call.request.asked("on"); !on.empty()) {
        const auto date = calendar::date_from(on);
        if (!date)
            return refuse(
                bad_input(fmt::format("“{}”不是日期，请按 2023-01-01 的样式填写。", on), "on"));
        day = *date;
    }
    TRY(const auto states, duty::Duties(call.reading(), context).states(day, day));
    Value::List items;
    for (const duty::DutyState& state : states) items.push_back(duty_json(state));
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> list_notices(Call& call) {
    TRY(const ledger::Context context, call.context());
    const bool is_own = context.actor.jurisdiction == context.directory.jurisdiction.id;
    if (!is_own) return answer_with(Value::Map{{"items", Value::List{}}});
    // One's own; everybody's for whoever checks the whole office.
    const bool all = call.request.asked("all") == "1" &&
                     access::may_throughout(context.directory, context.definitions, context.actor,
                                            access::Ability::Verify);
    return answer_with(Value::Map{
        {"items", notices_json(call, context, all ? PersonId{} : context.actor.person)}});
}

Result<Response> search_words(Call& call) {
    TRY(const action::Office* office, call.office());
    const std::string cursor = call.request.asked("cursor");
    std::size_t skip = 0;
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), skip);
    const ledger::SearchQuestion question{.words = call.request.asked("words"),
                                          .ledger = call.request.asked("ledger"),
                                          .dated_from = call.request.asked("from"),
                                          .dated_to = call.request.asked("to"),
                                          .limit = kHitsAPage + 1,
                                          .skip = skip};
    TRY(const std::vector<ledger::Hit> hits,
        action::search_entries(call.workplace, call.reading(), *office, call.actor, question));
    ledger::StoredLookup names(call.reading(), office->directory, *office->definitions);
    Value::List items;
    for (std::size_t i = 0; i < std::min(hits.size(), kHitsAPage); ++i) {
        const ledger::EntryHead& head = hits[i].head;
        const Ledger* ledger = office->definitions->ledger(head.ledger);
        const definition::State* state = ledger->state(head.state);
        Value::List found;
        for (const ledger::FoundField& field : hits[i].found)
            found.push_back(Value::Map{{"parts", marked_json(field)}, {"title", field.title}});
        items.push_back(Value::Map{{"dated_on", head.dated_on},
                                   {"found", std::move(found)},
                                   {"id", head.id.value},
                                   {"ledger", head.ledger},
                                   {"ledger_title", ledger->title},
                                   {"state_title", head.voided        ? std::string("已作废")
                                                   : state == nullptr ? std::string()
                                                                      : state->title},
                                   {"title", names.entry(head.ledger, head.id.value)}});
    }
    Value out = Value::Map{{"items", std::move(items)}};
    out.set("next", hits.size() > kHitsAPage ? std::to_string(skip + kHitsAPage) : std::string());
    out.set("behind",
            call.workplace.search.behind(call.reading(), office->directory.jurisdiction.id));
    return answer_with(out);
}

Result<Response> count_deadline(Call& call) {
    const action::DeadlineQuestion question{.from = call.request.asked("from"),
                                            .within = call.request.asked("within"),
                                            .law = call.request.asked("law"),
                                            .party = call.request.asked("party") == "1"};
    const auto workdays = call.workplace.calendars.workdays(call.reading());
    TRY(const action::Deadline deadline,
        action::deadline_of(question, *call.workplace.tables, *workdays));
    Value out = Value::Map{{"due_on", calendar::to_text(deadline.due_on)},
                           {"from", calendar::to_text(deadline.from)},
                           {"safe_day", calendar::to_text(deadline.safe_day)},
                           {"within", calendar::chinese_text(deadline.within)}};
    out.set("due_text", fmt::format("{}（{}）", calendar::chinese_text(deadline.due_on),
                                    calendar::weekday_text(deadline.due_on)));
    out.set("how", fmt::format("自{}起{}", calendar::chinese_text(deadline.from),
                               calendar::chinese_text(deadline.within)));
    out.set("days", days_json(deadline.days));
    return answer_with(out);
}

Result<Response> list_laws(Call& call) {
    Value::List items;
    for (const auto& [title, law] : call.workplace.tables->laws())
        items.push_back(Value::Map{{"title", title}, {"verified", law.verified}});
    return answer_with(Value::Map{{"items", std::move(items)}});
}

}  // namespace fazhi::http
