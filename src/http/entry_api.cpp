#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "access/reach.h"
#include "action/reveal.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "ledger/entry_title.h"
#include "ledger/listing.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

namespace fazhi::http {
namespace {

using access::Ability;
using definition::Field;
using definition::Ledger;
using ledger::Entry;

constexpr std::string_view kFieldPrefix = "f.";
constexpr std::size_t kLinksShown = 200;  // an import may have made thousands

Result<std::size_t> limit_of(const Request& request) {
    const std::string text = request.asked("limit");
    if (text.empty()) return std::size_t{20};
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0 ||
        number > ledger::kListedMax)
        return refuse(bad_input(fmt::format("每页可取1到{}条。", ledger::kListedMax), "limit"));
    return number;
}

// "2024-05-06_123"
std::string cursor_of(const ledger::ListPlace& place) {
    return fmt::format("{}_{}", place.dated_on, place.entry.value);
}

Result<std::optional<ledger::ListPlace>> place_of(const std::string& cursor) {
    if (cursor.empty()) return std::optional<ledger::ListPlace>();
    const std::size_t line = cursor.rfind('_');
    ledger::ListPlace place;
    if (line != std::string::npos) {
        place.dated_on = cursor.substr(0, line);
        std::from_chars(cursor.data() + line + 1, cursor.data() + cursor.size(), place.entry.value);
    }
    if (!place.entry || (!place.dated_on.empty() && !calendar::date_from(place.dated_on)))
        return refuse(bad_input("翻页的位置不对，请从第一页重新打开。", "cursor"));
    return std::optional(place);
}

Result<void> check_day(const std::string& day, const char* where) {
    if (day.empty() || calendar::date_from(day)) return {};
    return refuse(bad_input(fmt::format("“{}”不是日期，请按 2023-01-01 的样式填写。", day), where));
}

// What the query asks of the list, within what the actor may see.
Result<ledger::ListQuestion> question_of(Call& call, const Ledger& ledger) {
    const action::Office& office = *call.known_office();
    const Request& request = call.request;
    ledger::ListQuestion out;
    out.reach =
        access::reach(office.directory, *office.definitions, call.actor, Ability::View, ledger.id);
    if (const std::string unit = request.asked("unit"); !unit.empty()) {
        const access::Unit* found = office.directory.unit_named(unit);
        if (found == nullptr)
            return refuse(bad_input(fmt::format("没有“{}”这个单位。", unit), "unit"));
        out.units = {found->id};
    }
    if (const std::string handler = request.asked("handler"); !handler.empty()) {
        const access::Person* found = office.directory.person_named(handler);
        if (found == nullptr)
            return refuse(bad_input(fmt::format("没有“{}”这个人。", handler), "handler"));
        out.handler = found->id;
    }
    out.state = request.asked("state");
    if (!out.state.empty() && ledger.state(out.state) == nullptr)
        return refuse(bad_input(fmt::format("没有“{}”这个状态。", out.state), "state"));
    out.dated_from = request.asked("from");
    out.dated_to = request.asked("to");
    TRY_OK(check_day(out.dated_from, "from"));
    TRY_OK(check_day(out.dated_to, "to"));
    out.words = request.asked("words");
    if (out.words.size() > ledger::kTextCharactersMax)
        return refuse(bad_input("要找的字太多。", "words"));
    for (const auto& [name, value] : request.query) {
        if (!name.starts_with(kFieldPrefix) || value.empty()) continue;
        const Field* field = ledger.field(name.substr(kFieldPrefix.size()));
        if (field == nullptr || !ledger::can_be_asked(*field))
            return refuse(bad_input("这一栏不能用来筛选。", name));
        out.equal.emplace_back(field, value);
    }
    out.newest_first = request.asked("sort") != "old";
    TRY(out.limit, limit_of(request));
    TRY(out.after, place_of(request.asked("cursor")));
    return out;
}

std::vector<Entry> entries_of(Call& call, const Ledger& ledger, const std::vector<EntryId>& ids,
                              const std::vector<const Field*>& fields) {
    std::vector<std::string> wanted = ledger::title_fields(ledger);
    wanted.push_back(ledger.dated_by);
    for (const Field* field : fields) wanted.push_back(field->id);
    std::map<EntryId, Entry> found;
    ledger::scan(call.reading(), call.known_office()->directory.jurisdiction.id, ledger, wanted,
                 {.only = &ids}, [&](const Entry& entry) { found.emplace(entry.head.id, entry); });
    std::vector<Entry> out;
    for (const EntryId id : ids) {
        if (const auto entry = found.find(id); entry != found.end())
            out.push_back(std::move(entry->second));
    }
    return out;
}

// The entry, where the actor may see it: who may not, learns nothing of it.
Result<Entry> visible_entry(Call& call, const Ledger& ledger, const ledger::Context& context) {
    TRY(const EntryId id, call.entry_id());
    auto entry = call.workplace.ledgers.find(call.reading(), context, ledger.id, id,
                                             ledger::Ledgers::Private::Masked);
    if (!entry) {
        if (entry.error().kind == ErrorKind::NotFound) return not_there();
        return entry;
    }
    if (!access::may(
            context.directory, context.definitions, call.actor, Ability::View,
            {.ledger = ledger.id, .unit = entry->head.unit, .handler = entry->head.handler}))
        return not_there();
    return entry;
}

Value abilities_json(const ledger::Context& context, const Entry& entry) {
    Value::List out;
    const access::Concern about{
        .ledger = entry.head.ledger, .unit = entry.head.unit, .handler = entry.head.handler};
    for (const Ability ability :
         {Ability::Record, Ability::Move, Ability::Assign, Ability::Close, Ability::Export}) {
        if (access::may(context.directory, context.definitions, context.actor, ability, about))
            out.emplace_back(std::string(to_text(ability)));
    }
    if (action::may_reveal(context, entry)) out.emplace_back("reveal");
    return out;
}

Value links_json(Call& call, const ledger::Context& context, const Entry& entry,
                 ledger::Names& names) {
    Value::List out;
    const JurisdictionId jurisdiction = context.directory.jurisdiction.id;
    for (const ledger::Link& link : call.workplace.ledgers.links(
             call.reading(), jurisdiction, entry.head.ledger, entry.head.id)) {
        if (out.size() == kLinksShown) break;
        const bool outward = link.from == entry.head.id && link.from_ledger == entry.head.ledger;
        const std::string& other = outward ? link.to_ledger : link.from_ledger;
        const EntryId id = outward ? link.to : link.from;
        const Ledger* definition = context.definitions.ledger(other);
        if (definition == nullptr) continue;
        const auto reach =
            access::reach(context.directory, context.definitions, call.actor, Ability::View, other);
        if (reach.nothing()) continue;  // That there is one of a closed ledger is closed too.
        out.push_back(Value::Map{{"id", id.value},
                                 {"ledger", other},
                                 {"ledger_title", definition->title},
                                 {"outward", outward},
                                 {"relation", link.relation},
                                 {"title", names.entry(other, id.value)}});
    }
    return out;
}

Result<Value> timeline_json(Call& call, const ledger::Context& context, const Ledger& ledger,
                            EntryId id) {
    TRY(const auto records, call.workplace.journal.history_clear(
                                call.reading(), context.directory.jurisdiction.id, id.value));
    Value::List out;
    for (const journal::Record& record : records) {
        const std::int64_t actor = record.body.integer_at("actor");
        Value one = Value::Map{{"action", record.body.text_at("action")},
                               {"at", record.body.text_at("at")},
                               {"happened_on", record.body.text_at("happened_on")},
                               {"seq", record.seq},
                               {"title", action_title(ledger, record)}};
        one.set("who", actor == 0 ? std::string() : context.directory.person_name(PersonId{actor}));
        out.push_back(std::move(one));
    }
    return Value(std::move(out));
}

}  // namespace

Result<Response> list_entries(Call& call) {
    TRY(const Ledger* ledger, call.ledger());
    const action::Office& office = *call.known_office();
    const JurisdictionId where = office.directory.jurisdiction.id;
    TRY(const ledger::ListQuestion question, question_of(call, *ledger));
    std::vector<EntryId> ids = ledger::listed(call.reading(), where, *ledger, question);
    const bool more = ids.size() > question.limit;
    if (more) ids.pop_back();
    std::vector<const Field*> fields = listed_fields(*ledger);
    if (const std::string columns = call.request.asked("columns"); !columns.empty()) {
        fields.clear();
        for (const Field& field : ledger->fields) {
            if (("," + columns + ",").find("," + field.id + ",") != std::string::npos)
                fields.push_back(&field);
        }
    }
    const std::vector<Entry> entries = entries_of(call, *ledger, ids, fields);
    const auto due = ledger->clocks.empty()
                         ? std::map<EntryId, std::string>()
                         : ledger::next_due_days(call.reading(), where, ledger->id, ids);
    ledger::StoredLookup names(call.reading(), office.directory, *office.definitions);
    Value::List items;
    for (const Entry& entry : entries) {
        Value row = head_json(office.directory, *ledger, entry, names);
        row.set("shown", shown_json(*ledger, entry, fields, names));
        if (const auto day = due.find(entry.head.id); day != due.end())
            row.set("due_on", day->second);
        items.push_back(std::move(row));
    }
    Value out = Value::Map{{"items", std::move(items)}};
    out.set("next", more ? cursor_of({entries.back().head.dated_on, entries.back().head.id})
                         : std::string());
    // Counting walks the whole range: once, on the first page, and not where nobody wants it.
    const bool counts = !question.after && call.request.asked("count") != "no";
    out.set("total", counts ? Value(ledger::count_listed(call.reading(), where, *ledger, question))
                            : Value());
    return answer_with(out);
}

Result<Response> read_entry(Call& call) {
    TRY(const Ledger* ledger, call.ledger());
    TRY(const ledger::Context context, call.context());
    TRY(const Entry entry, visible_entry(call, *ledger, context));
    const EntryId id = entry.head.id;
    storage::Connection& reading = call.reading();
    const JurisdictionId where = context.directory.jurisdiction.id;
    ledger::StoredLookup names(reading, context.directory, context.definitions);
    Value out = head_json(context.directory, *ledger, entry, names);
    out.set("ledger", ledger->id);
    out.set("voided", entry.head.voided);
    if (entry.head.recorded_by)
        out.set("recorded_by", person_json(context.directory, entry.head.recorded_by));
    if (call.workplace.ledgers.is_destroyed(reading, context, id)) out.set("destroyed", true);
    out.set("fields", entry.fields);
    std::vector<const Field*> all;
    Value::List hidden;
    for (const Field& field : ledger->fields) {
        all.push_back(&field);
        if (field.is_private) hidden.emplace_back(field.id);
    }
    out.set("private", std::move(hidden));
    out.set("shown", shown_json(*ledger, entry, all, names));
    out.set("shown_rows", shown_rows_json(*ledger, entry, names));
    Value absent = Value::Map{};
    for (const auto& [field, why] : entry.absent)
        absent.set(field, why == ledger::Absence::Unknown ? "unknown" : "not_applicable");
    out.set("absent", std::move(absent));
    out.set("abilities", abilities_json(context, entry));
    Value::List steps;
    if (!entry.head.voided) {
        TRY(const auto possible,
            call.workplace.procedures.possible(reading, context, ledger->id, id));
        for (const auto& each : possible) steps.push_back(possible_json(*ledger, each));
    }
    out.set("steps", std::move(steps));
    Value::List clocks;
    if (!ledger->clocks.empty()) {
        TRY(const auto views, call.workplace.clocks.of(reading, context, ledger->id, id));
        for (const procedure::ClockView& view : views) clocks.push_back(clock_json(view));
    }
    out.set("clocks", std::move(clocks));
    Value::List evidence;
    for (const auto& use : call.workplace.ledgers.evidence(reading, where, ledger->id, id))
        evidence.push_back(evidence_json(*ledger, use));
    out.set("evidence", std::move(evidence));
    out.set("links", links_json(call, context, entry, names));
    TRY(Value timeline, timeline_json(call, context, *ledger, id));
    out.set("timeline", std::move(timeline));
    Response response = answer_with(out);
    response.headers.emplace_back("ETag", fmt::format("\"{}\"", entry.head.revision));
    return response;
}

Result<Response> read_missing(Call& call) {
    TRY(const Ledger* ledger, call.ledger());
    TRY(const ledger::Context context, call.context());
    TRY(const Entry entry, visible_entry(call, *ledger, context));
    Value::List items;
    if (!entry.head.voided) {
        TRY(const auto possible,
            call.workplace.procedures.possible(call.reading(), context, ledger->id, entry.head.id));
        for (const auto& each : possible) items.push_back(possible_json(*ledger, each));
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> read_private(Call& call) {
    TRY(const Ledger* ledger, call.ledger());
    TRY(const EntryId id, call.entry_id());
    TRY(const Value body, call.body());
    TRY(const std::string reason, text_in(body, "reason", true));
    TRY(const Entry entry, action::reveal_entry(call.workplace, *call.known_office(), call.actor,
                                                {ledger->id, id, reason, call.request.address}));
    const action::Office& office = *call.known_office();
    ledger::StoredLookup names(call.reading(), office.directory, *office.definitions);
    Value fields = Value::Map{};
    Value shown = Value::Map{};
    for (const Field& field : ledger->fields) {
        const Value& value = entry.fields.at(field.id);
        if (!field.is_private || value.is_null()) continue;
        fields.set(field.id, value);
        shown.set(field.id, ledger::display_text(field, value, names));
    }
    return answer_with(Value::Map{{"fields", std::move(fields)}, {"shown", std::move(shown)}});
}

}  // namespace fazhi::http
