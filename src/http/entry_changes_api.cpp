#include <charconv>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/entry_commands.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "http/errors.h"
#include "http/problem.h"
#include "ledger/stored_lookup.h"
#include "storage/transaction.h"

namespace fazhi::http {
namespace {

using ledger::Entry;

constexpr std::size_t kBulkMax = 200;

Value changed_json(const Entry& entry) {
    return Value::Map{{"id", entry.head.id.value},
                      {"ledger", entry.head.ledger},
                      {"number", entry.head.number},
                      {"revision", entry.head.revision},
                      {"state", entry.head.state}};
}

Value moved_json(const action::Task& task, const procedure::Outcome& outcome) {
    Value out = changed_json(outcome.entry);
    ledger::StoredLookup names(task.transaction.connection(), task.context.directory,
                               task.context.definitions);
    Value::List opened;
    for (const auto& [ledger, ids] : outcome.opened) {
        const definition::Ledger* definition = task.context.definitions.ledger(ledger);
        for (const EntryId id : ids)
            opened.push_back(Value::Map{{"id", id.value},
                                        {"ledger", ledger},
                                        {"ledger_title", definition->title},
                                        {"outward", true},
                                        {"relation", "opened"},
                                        {"title", names.entry(ledger, id.value)}});
    }
    if (!opened.empty()) out.set("opened", std::move(opened));
    if (!outcome.second_person.empty()) out.set("second_person", outcome.second_person);
    return out;
}

// What If-Match says: the revision the asker has seen; none: whatever it is now.
Result<std::optional<int>> expected_revision(const Request& request) {
    const std::string header = request.header("if-match");
    if (header.empty()) return std::optional<int>();
    int number = 0;
    const char* const begin = header.data() + 1;
    const char* const end = header.data() + header.size() - 1;
    const bool quoted = header.size() > 2 && header.front() == '"' && header.back() == '"';
    if (!quoted || std::from_chars(begin, end, number).ptr != end)
        return refuse(bad_input("If-Match 应是读到的 ETag。", "If-Match"));
    return std::optional(number);
}

Result<void> require_unchanged(const action::Task& task, const std::string& ledger, EntryId id,
                               std::optional<int> expected) {
    if (!expected) return {};
    TRY(const Entry now, task.workplace.ledgers.find(task.transaction, task.context, ledger, id,
                                                     ledger::Ledgers::Private::Masked));
    if (now.head.revision == *expected) return {};
    // Who may not see the entry is not told that it has changed either: the change says what it
    // refuses.
    const bool may_see = access::may(
        task.context.directory, task.context.definitions, task.context.actor, access::Ability::View,
        {.ledger = ledger, .unit = now.head.unit, .handler = now.head.handler});
    if (!may_see) return {};
    return refuse(ErrorKind::Conflict, errors::kChangedMeanwhile,
                  "您打开以后，这一条已被别人改动；请对照现在的内容再提交，您填的还在。");
}

// The body's members that say what to record.
Result<Value> fields_in(const Value& body) {
    const Value& fields = body.at("fields");
    if (fields.is_null()) return Value(Value::Map{});
    if (!fields.is_map()) return refuse(bad_input("“fields”应是各栏的内容。", "fields"));
    return fields;
}

Response changed_response(const Value& changed, int status = 200) {
    Response out = answer_with(changed, status);
    out.headers.emplace_back("ETag", fmt::format("\"{}\"", changed.integer_at("revision")));
    return out;
}

// One change of the entry of the path.
using Change =
    std::function<Result<Value>(const action::Task&, const std::string& ledger, EntryId)>;
Result<Response> changed(Call& call, const Change& change) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const EntryId id, call.entry_id());
    TRY(const auto expected, expected_revision(call.request));
    const std::string name = ledger->id;
    TRY(const Value done, call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(require_unchanged(task, name, id, expected));
        return change(task, name, id);
    }));
    return changed_response(done);
}

Result<procedure::Step> step_in(const Value& body, const std::string& ledger, EntryId id) {
    procedure::Step out;
    out.ledger = ledger;
    out.entry = id;
    TRY(out.transition, text_in(body, "transition", true));
    TRY(out.happened_on, text_in(body, "happened_on"));
    TRY(out.note, text_in(body, "note"));
    TRY(out.fields, fields_in(body));
    return out;
}

}  // namespace

Result<Response> add_entry(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const Value body, call.body());
    ledger::NewEntry entry;
    entry.ledger = ledger->id;
    TRY(entry.fields, fields_in(body));
    TRY(entry.unit, text_in(body, "unit"));
    TRY(entry.handler, text_in(body, "handler"));
    TRY(entry.reference, text_in(body, "reference"));
    const bool check_only = call.request.asked("check") == "1";
    bool passed = false;
    auto made = call.change([&](const action::Task& task) -> Result<Value> {
        TRY(const Entry created, action::create_entry(task, entry));
        passed = true;
        // A trial leaves nothing behind.
        if (check_only) return refuse(bad_input("check", "check"));
        return changed_json(created);
    });
    if (check_only && passed)
        return answer_with(Value::Map{{"id", 0}, {"ledger", ledger->id}, {"revision", 0}});
    if (!made) return refuse(std::move(made).error());
    Response out = changed_response(*made, 201);
    out.headers.emplace_back("Location",
                             fmt::format("{}/{}", call.request.path, made->integer_at("id")));
    return out;
}

Result<Response> change_entry(Call& call) {
    TRY(const Value body, call.body());
    ledger::FieldChange change;
    TRY(change.fields, fields_in(body));
    TRY(change.note, text_in(body, "note"));
    return changed(
        call,
        [&](const action::Task& task, const std::string& ledger, EntryId id) -> Result<Value> {
            if (change.note.empty()) {
                TRY(const Entry entry, action::set_fields(task, ledger, id, change));
                return changed_json(entry);
            }
            TRY(const Entry entry, action::amend_entry(task, ledger, id, change));
            return changed_json(entry);
        });
}

Result<Response> void_entry(Call& call) {
    TRY(const Value body, call.body());
    TRY(const std::string note, text_in(body, "note", true));
    return changed(
        call,
        [&](const action::Task& task, const std::string& ledger, EntryId id) -> Result<Value> {
            TRY(const Entry entry, action::void_entry(task, ledger, id, note));
            return changed_json(entry);
        });
}

Result<Response> move_entry(Call& call) {
    TRY(const Value body, call.body());
    return changed(
        call,
        [&](const action::Task& task, const std::string& ledger, EntryId id) -> Result<Value> {
            TRY(const procedure::Step step, step_in(body, ledger, id));
            TRY(const procedure::Outcome outcome, action::move_entry(task, step));
            return moved_json(task, outcome);
        });
}

// Each on its own: what one lacks does not hold up the others.
Result<Response> move_entries(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    const std::string name = ledger->id;
    TRY(const Value body, call.body());
    const Value& entries = body.at("entries");
    if (!entries.is_list() || entries.as_list().empty() || entries.as_list().size() > kBulkMax)
        return refuse(bad_input(fmt::format("一次可选1到{}条。", kBulkMax), "entries"));
    for (const Value& each : entries.as_list()) {
        if (!each.is_integer()) return refuse(bad_input("条目应是号码。", "entries"));
    }
    TRY(const Value done, call.change([&](const action::Task& task) -> Result<Value> {
        Value::List items;
        for (const Value& each : entries.as_list()) {
            Value item = Value::Map{{"id", each}};
            const auto moved = task.transaction.attempt([&]() -> Result<void> {
                TRY(const procedure::Step step, step_in(body, name, EntryId{each.as_integer()}));
                TRY(const procedure::Outcome outcome, action::move_entry(task, step));
                return {};
            });
            item.set("done", moved.has_value());
            if (!moved)
                item.set("problem", problem_of(moved.error(), call.id, &task.context.directory));
            items.push_back(std::move(item));
        }
        return Value(Value::Map{{"items", std::move(items)}});
    }));
    return answer_with(done);
}

Result<Response> link_entry(Call& call) {
    TRY(const Value body, call.body());
    ledger::Link link;
    TRY(link.to_ledger, text_in(body, "ledger", true));
    TRY(link.relation, text_in(body, "relation"));
    link.to = EntryId{body.integer_at("id")};
    TRY(const Response done,
        changed(
            call,
            [&](const action::Task& task, const std::string& ledger, EntryId id) -> Result<Value> {
                ledger::Link whole = link;
                whole.from_ledger = ledger;
                whole.from = id;
                TRY_OK(action::link_entries(task, whole));
                TRY(const Entry entry,
                    task.workplace.ledgers.find(task.transaction, task.context, ledger, id,
                                                ledger::Ledgers::Private::Masked));
                return changed_json(entry);
            }));
    return done;
}

}  // namespace fazhi::http
