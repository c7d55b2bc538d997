#include "ledger/ledgers.h"

#include <algorithm>

#include <fmt/format.h>

#include "calendar/written_date.h"
#include "journal/journal.h"
#include "ledger/clock_store.h"
#include "ledger/entry_rules.h"
#include "ledger/entry_store.h"
#include "ledger/errors.h"
#include "ledger/evidence_files.h"
#include "ledger/record_fields.h"
#include "ledger/search_store.h"
#include "ledger/stored_lookup.h"
#include "ledger/template_text.h"
#include "storage/transaction.h"
#include "text/utf8.h"

namespace fazhi::ledger {
namespace {

using definition::Ledger;

Result<const Ledger*> ledger_in(const Context& context, const std::string& id) {
    const Ledger* ledger = context.definitions.ledger(id);
    if (ledger != nullptr) return ledger;
    return refuse(ErrorKind::NotFound, errors::kNoSuchLedger,
                  fmt::format("本单位没有启用台账“{}”。", id), "ledger");
}

// Free text beside the fields: a reason, a reference, a file name.
Result<std::string> side_text(const std::string& text, const std::string& where,
                              std::size_t length_max = kTextCharactersMax) {
    auto checked = text::checked_text(text::trimmed(text),
                                      {.lines = text::Lines::Many, .length_max = length_max});
    if (checked) return *checked;
    return refuse(ErrorKind::InvalidInput, errors::kBadText, checked.error().message, where);
}

Result<std::string> reason_of(const std::string& note) {
    TRY(std::string reason, side_text(note, "note", kNoteCharactersMax));
    if (!reason.empty()) return reason;
    return refuse(ErrorKind::InvalidInput, errors::kReasonMissing,
                  "请写明理由（为什么更正或作废）。", "note");
}

void put_text(Value& out, const char* key, const std::string& text) {
    if (!text.empty()) out.set(key, text);
}

Value value_of_run(const RunRow& row) {
    const ClockRun& run = row.run;
    Value out = Value::Map{{"clock", run.clock}, {"run", run.run}, {"status", to_text(run.status)}};
    put_text(out, "started_on", run.started_on);
    put_text(out, "due_on", run.due_on);
    put_text(out, "due_at", run.due_at);
    put_text(out, "stopped_on", run.stopped_on);
    put_text(out, "stopped_at", run.stopped_at);
    put_text(out, "next_on", row.next_on);
    return out;
}

// What has become different of a run, and when to look at it next.
Value value_of_change(const ClockRun& before, const RunRow& row) {
    const ClockRun& run = row.run;
    Value out = Value::Map{{"clock", run.clock}, {"next_on", row.next_on}, {"run", run.run}};
    const auto put = [&out](const char* key, const std::string& was, const std::string& is) {
        if (is != was) out.set(key, is);
    };
    put("started_on", before.started_on, run.started_on);
    put("due_on", before.due_on, run.due_on);
    put("due_at", before.due_at, run.due_at);
    put("stopped_on", before.stopped_on, run.stopped_on);
    put("stopped_at", before.stopped_at, run.stopped_at);
    if (run.status != before.status) out.set("status", to_text(run.status));
    return out;
}

bool is_same_run(const ClockRun& a, const ClockRun& b) {
    return a.run == b.run && a.clock == b.clock;
}

// A record's members that every command of this room has.
Value body_of(std::string_view action, const Context& context, const Ledger& ledger) {
    Value body = Value::Map{};
    body.set("action", action);
    body.set("actor", context.actor.person.value);
    if (context.actor.jurisdiction != context.directory.jurisdiction.id) {
        body.set("actor_jurisdiction", context.actor.jurisdiction.value);
    }
    body.set("definitions", context.definitions.digest().hex());
    body.set("ledger", ledger.id);
    if (context.importing) body.set("imported", true);
    return body;
}

// As the record of the step will be read back.
Passage passage_made(const Context& context, const Standing& before, const Move& step) {
    const bool own = context.actor.jurisdiction == context.directory.jurisdiction.id;
    return {.n = static_cast<int>(before.passages.size()) + 1,
            .transition = step.transition,
            .from_state = before.entry.head.state,
            .state = step.to,
            .happened_on = step.happened_on,
            .recorded_at = calendar::to_text(context.accepted_at),
            .actor = context.actor.person,
            .actor_jurisdiction = own ? JurisdictionId{} : context.actor.jurisdiction,
            .imported = context.importing};
}

Value absent_body(const std::map<std::string, Absence>& absent) {
    Value out = Value::Map{};
    for (const auto& [field, absence] : absent) {
        out.set(field, absence == Absence::Unknown ? "unknown" : "not_applicable");
    }
    return out;
}

// Fields of a record: what is set goes split into clear and sealed, what becomes empty is named.
void put_fields(const Ledger& ledger, const Value& changed,
                const std::map<std::string, Absence>& absent, Value& body, Value& sealed) {
    Value::List emptied;
    for (const auto& [id, value] : changed.as_map()) {
        if (value.is_null()) emptied.emplace_back(id);
    }
    SplitFields split = split_fields(ledger, changed);
    if (!split.clear.as_map().empty()) body.set("fields", std::move(split.clear));
    if (!split.sealed.as_map().empty()) sealed.set("fields", std::move(split.sealed));
    if (!emptied.empty()) body.set("emptied", std::move(emptied));
    if (!absent.empty()) body.set("absent", absent_body(absent));
}

}  // namespace

Ledgers::Ledgers(const journal::Journal& journal, const journal::Vault& vault,
                 std::string evidence_folder, const definition::DefinitionSet& tables)
    : journal_(journal),
      vault_(vault),
      evidence_folder_(std::move(evidence_folder)),
      tables_(tables),
      insertions_(std::make_unique<EntryInsertions>(tables)) {}

Ledgers::~Ledgers() = default;

Result<journal::Record> Ledgers::write(storage::Transaction& transaction, Context& context,
                                       Value body, Value sealed, EntryId subject) {
    const JurisdictionId jurisdiction = context.directory.jurisdiction.id;
    if (context.command == 0) context.command = journal_.next_seq(transaction, jurisdiction);
    body.set("command", context.command);
    if (sealed.is_map() && sealed.as_map().empty()) sealed = Value();
    journal::Record record = journal_.append(
        transaction, jurisdiction, context.accepted_at,
        {.body = std::move(body), .sealed = std::move(sealed), .subject = subject.value});
    TRY_OK(apply(transaction, jurisdiction, record));
    return record;
}

Result<void> Ledgers::number_entry(storage::Transaction& transaction, const Context& context,
                                   const Ledger& ledger, const NewPlace& place, Value& body) {
    if (ledger.number.empty()) return {};
    const int year = std::stoi(place.dated_on.substr(0, 4));  // dated_on has been parsed.
    const bool per_unit = ledger.number.find("{unit") != std::string::npos;
    const NumberSeries series{ledger.id, year, per_unit ? place.unit : UnitId{}};
    const std::int64_t serial =
        last_number(transaction.connection(), context.directory.jurisdiction.id, series) + 1;
    const access::Unit* of_unit = context.directory.unit(place.unit);
    const access::Jurisdiction& office = context.directory.jurisdiction;
    std::string text = fill_template(ledger.number, [&](const std::string& name) -> std::string {
        if (name == "year") return std::to_string(year);
        if (name == "serial") return std::to_string(serial);
        if (name == "unit.short")
            return of_unit == nullptr ? office.short_name : of_unit->short_name;
        if (name == "unit.name") return of_unit == nullptr ? office.name : of_unit->name;
        if (name == "jurisdiction.short") return office.short_name;
        if (name == "jurisdiction.document_code") return office.document_code;
        return {};
    });
    body.set("number", Value::Map{{"serial", serial},
                                  {"text", std::move(text)},
                                  {"unit", series.unit.value},
                                  {"year", year}});
    return {};
}

Result<Entry> Ledgers::create(storage::Transaction& transaction, Context& context,
                              const NewEntry& input) {
    TRY(const Ledger* ledger, ledger_in(context, input.ledger));
    StoredLookup lookup(transaction.connection(), context.directory, context.definitions);
    Value typed = input.fields.is_null() ? Value(Value::Map{}) : input.fields;
    add_defaults(*ledger, context, lookup, typed);

    std::vector<Error> wrong;
    // A register's entry must have been valid when it happened: on the day the entry is dated by.
    Value on_the_day = Value::Map{};
    const auto happened = calendar::parse_written_date(typed.text_at(ledger->dated_by));
    if (happened) on_the_day.set("happened_on", calendar::to_text(*happened));
    ParsedFields parsed = parse_fields(*ledger, typed, on_the_day, context.today, lookup);
    wrong = std::move(parsed.errors);
    drop_nulls(parsed.fields);
    add_missing(required_on_create(*ledger, parsed.fields, parsed.absent, wrong), wrong);

    const auto unit =
        input.unit.empty() ? std::optional(context.actor.unit.value) : lookup.unit(input.unit);
    const auto handler = input.handler.empty() ? std::optional(context.actor.person.value)
                                               : lookup.person(input.handler);
    if (!unit) wrong.push_back(no_such_unit(input.unit));
    if (!handler) wrong.push_back(no_such_person(input.handler));
    TRY(const std::string reference, side_text(input.reference, "reference"));
    if (!reference.empty() &&
        reference_taken(transaction.connection(), context, *ledger, reference)) {
        wrong.push_back(taken_reference(*ledger, reference));
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));

    const std::string dated = parsed.fields.text_at(ledger->dated_by);
    const std::string dated_on = date_of(dated).value_or(calendar::to_text(context.today));
    Value body = body_of("create", context, *ledger);
    Value sealed = Value::Map{};
    put_fields(*ledger, parsed.fields, parsed.absent, body, sealed);
    body.set("unit", *unit);
    body.set("handler", *handler);
    body.set("dated_on", dated_on);
    if (!ledger->states.empty()) body.set("state", ledger->states.front().id);
    if (!reference.empty()) sealed.set("reference", reference);
    if (input.opened_by) {
        Value opened_by =
            Value::Map{{"id", input.opened_by->value}, {"ledger", input.opened_by_ledger}};
        if (input.opened_by_row > 0) opened_by.set("row", input.opened_by_row);
        body.set("opened_by", std::move(opened_by));
    }
    TRY_OK(number_entry(transaction, context, *ledger, {UnitId{*unit}, dated_on}, body));
    TRY(const journal::Record record,
        write(transaction, context, std::move(body), std::move(sealed), EntryId{}));
    drop_private(*ledger, parsed.fields);
    return Entry{head_of(*ledger, record), std::move(parsed.fields), std::move(parsed.absent)};
}

Result<Entry> Ledgers::change(storage::Transaction& transaction, Context& context,
                              const Standing& before, const ChangeOrder& order) {
    const EntryId id = before.entry.head.id;
    TRY(const Ledger* ledger, ledger_in(context, before.entry.head.ledger));
    StoredLookup lookup(transaction.connection(), context.directory, context.definitions);

    Value stored = before.entry.fields;
    if (order.extra.has("happened_on")) stored.set("happened_on", order.extra.at("happened_on"));
    ParsedFields parsed = order.parsed != nullptr ? *order.parsed
                                                  : parse_fields(*ledger, order.change.fields,
                                                                 stored, context.today, lookup);
    std::vector<Error> wrong = std::move(parsed.errors);
    add_missing(locked_fields(*ledger, before.passages, parsed.fields), wrong);
    if (order.fills_only) add_missing(already_filled(*ledger, before.entry, parsed.fields), wrong);
    add_missing(emptied_required(*ledger, before.passages, parsed.fields, parsed.absent), wrong);
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));

    Value body = body_of(order.action, context, *ledger);
    Value sealed = Value::Map{};
    put_fields(*ledger, parsed.fields, parsed.absent, body, sealed);
    body.set("entry", id.value);
    const std::string dated = parsed.fields.text_at(ledger->dated_by);
    if (const auto date = date_of(dated)) body.set("dated_on", *date);
    if (!order.change.note.empty()) sealed.set("note", order.change.note);
    if (order.extra.is_map()) {
        for (const auto& [key, value] : order.extra.as_map()) body.set(key, value);
    }
    TRY(const journal::Record record,
        write(transaction, context, std::move(body), std::move(sealed), id));
    Entry after = changed_entry(before.entry, record);
    drop_private(*ledger, after.fields);
    return after;
}

Result<Entry> Ledgers::set(storage::Transaction& transaction, Context& context,
                           const std::string& ledger, EntryId entry,
                           const FieldChange& change_input) {
    TRY(const std::string note, side_text(change_input.note, "note", kNoteCharactersMax));
    TRY(const Standing before, standing(transaction, context, ledger, entry));
    return change(transaction, context, before,
                  {.action = "set",
                   .change = {change_input.fields, note},
                   .parsed = nullptr,
                   .fills_only = true,
                   .extra = {}});
}

Result<Entry> Ledgers::amend(storage::Transaction& transaction, Context& context,
                             const std::string& ledger, EntryId entry,
                             const FieldChange& change_input) {
    TRY(const std::string reason, reason_of(change_input.note));
    TRY(const Standing before, standing(transaction, context, ledger, entry));
    return change(transaction, context, before,
                  {.action = "amend",
                   .change = {change_input.fields, reason},
                   .parsed = nullptr,
                   .fills_only = false,
                   .extra = {}});
}

Result<Entry> Ledgers::void_entry(storage::Transaction& transaction, Context& context,
                                  const std::string& ledger, EntryId entry,
                                  const std::string& note) {
    TRY(const std::string reason, reason_of(note));
    TRY(const Standing before, standing(transaction, context, ledger, entry));
    return change(transaction, context, before,
                  {.action = "void",
                   .change = {Value::Map{}, reason},
                   .parsed = nullptr,
                   .fills_only = false,
                   .extra = {}});
}

Result<void> Ledgers::destroy(storage::Transaction& transaction, Context& context,
                              const std::string& ledger_id, EntryId id, EntryId by) {
    TRY(const Ledger* ledger, ledger_in(context, ledger_id));
    TRY(const Entry entry, find(transaction, context, ledger_id, id, Private::Masked));
    const definition::State* state = ledger->state(entry.head.state);
    if (!entry.head.voided && state != nullptr && !state->is_final) {
        return refuse(ErrorKind::RefusedByRule, errors::kStillOpen,
                      fmt::format("“{}”的这条记录还在“{}”，办结或作废以后才能删除其中的个人信息。",
                                  ledger->title, state->title),
                      "entry");
    }
    if (!journal_.key_of(transaction, context.directory.jurisdiction.id, id.value)) return {};
    Value body = body_of("destroy", context, *ledger);
    body.set("entry", id.value);
    body.set("by", by.value);
    TRY(const journal::Record record, write(transaction, context, std::move(body), {}, id));
    erase_grams(transaction.connection(), context.directory.jurisdiction.id, ledger_id, id);
    return {};
}

std::size_t Ledgers::remove_unused_files(storage::Transaction& transaction, const Context& context,
                                         const std::string& ledger, EntryId entry) {
    lock_evidence(transaction.connection());
    const std::vector<Digest> unused =
        unused_evidence(transaction.connection(), context.directory.jurisdiction.id, ledger, entry);
    for (const Digest& digest : unused) remove_file(evidence_folder_, digest);
    return unused.size();
}

Result<Entry> Ledgers::assign(storage::Transaction& transaction, Context& context,
                              const std::string& ledger_id, EntryId id,
                              const Assignment& assignment) {
    TRY(const std::string note, side_text(assignment.note, "note", kNoteCharactersMax));
    const access::Person* person = context.directory.person(assignment.handler);
    if (person == nullptr || person->code.empty()) {
        return refuse(ErrorKind::InvalidInput, errors::kNoSuchReference,
                      "找不到要接手的人员，请核对。", "handler");
    }
    TRY(const Standing before, standing(transaction, context, ledger_id, id));
    TRY(const Ledger* ledger, ledger_in(context, ledger_id));
    TRY_OK(require_open(transaction, context, *ledger, before.entry));
    if (before.entry.head.handler == assignment.handler)
        return find(transaction, context, ledger_id, id, Private::Masked);
    Value extra = Value::Map{{"handler", assignment.handler.value}};
    return change(transaction, context, before,
                  {.action = "assign",
                   .change = {Value::Map{}, note},
                   .parsed = nullptr,
                   .fills_only = false,
                   .extra = std::move(extra)});
}

Result<Entry> Ledgers::move(storage::Transaction& transaction, Context& context,
                            const std::string& ledger, EntryId entry, const Move& step) {
    TRY(const Standing before, standing(transaction, context, ledger, entry));
    TRY(Standing after, move(transaction, context, before, step));
    return std::move(after.entry);
}

Result<Standing> Ledgers::move(storage::Transaction& transaction, Context& context,
                               const Standing& before, const Move& step) {
    TRY(const Ledger* ledger, ledger_in(context, before.entry.head.ledger));
    TRY(const std::string note, side_text(step.change.note, "note", kNoteCharactersMax));
    TRY_OK(require_open(transaction, context, *ledger, before.entry));
    Value extra = Value::Map{};
    extra.set("transition", step.transition);
    extra.set("from", before.entry.head.state);
    extra.set("state", step.to);
    extra.set("happened_on", step.happened_on);
    extra.set("n", static_cast<std::int64_t>(before.passages.size()) + 1);
    if (step.unit) extra.set("unit", step.unit->value);
    if (step.handler) extra.set("handler", step.handler->value);
    if (!step.second_person.empty()) extra.set("second_person", step.second_person);
    Value fields = step.change.fields.is_null() ? Value(Value::Map{}) : step.change.fields;
    const ParsedFields* parsed = step.parsed ? &*step.parsed : nullptr;
    for (const definition::Field& field : ledger->fields) {
        const bool by_this_step = field.default_kind == definition::DefaultKind::Transition &&
                                  field.default_value == Value(step.transition);
        if (!by_this_step || before.entry.fields.has(field.id) || fields.has(field.id)) continue;
        fields.set(field.id, step.happened_on);
        parsed = nullptr;  // There is more than was parsed.
    }
    TRY(Entry after, change(transaction, context, before,
                            {.action = "move",
                             .change = {std::move(fields), note},
                             .parsed = parsed,
                             .fills_only = false,
                             .extra = std::move(extra)}));
    Standing out{std::move(after), before.passages};
    out.passages.push_back(passage_made(context, before, step));
    return out;
}

Result<EvidenceUse> Ledgers::attach(storage::Transaction& transaction, Context& context,
                                    const std::string& ledger_id, EntryId entry,
                                    const NewEvidence& input) {
    TRY(const Ledger* ledger, ledger_in(context, ledger_id));
    TRY(const Entry before, open_entry(transaction, context, *ledger, entry));
    if (ledger->evidence_kind(input.kind) == nullptr) {
        return refuse(ErrorKind::InvalidInput, errors::kNoSuchEvidenceKind,
                      fmt::format("“{}”没有“{}”这种佐证材料。", ledger->title, input.kind), "kind");
    }
    TRY(const std::string name, side_text(input.name, "evidence"));
    TRY(const std::string type, accepted_type(name, input.bytes));
    const auto shown_on = calendar::date_from(input.happened_on);
    if (!input.happened_on.empty() && (!shown_on || *shown_on > context.today)) {
        return refuse(ErrorKind::InvalidInput, errors::kInFuture, "材料所示日期不对，或还没有到。",
                      "happened_on");
    }
    const Digest digest = digest_of(journal_.algorithm(), input.bytes);
    Value body = body_of("attach", context, *ledger);
    body.set("entry", entry.value);
    body.set("kind", input.kind);
    body.set("digest", digest.hex());
    body.set("media_type", type);
    body.set("size", static_cast<std::int64_t>(input.bytes.size()));
    if (shown_on) body.set("happened_on", input.happened_on);
    Value sealed = Value::Map{};
    sealed.set("name", name);
    TRY(const journal::Record record,
        write(transaction, context, std::move(body), std::move(sealed), entry));
    // After the row that uses it: whoever removes files looks for such rows under the same lock.
    store_file(evidence_folder_, digest, input.bytes);
    return EvidenceUse{input.kind,
                       digest,
                       name,
                       type,
                       static_cast<std::int64_t>(input.bytes.size()),
                       input.happened_on,
                       calendar::to_text(context.accepted_at)};
}

Result<void> Ledgers::link(storage::Transaction& transaction, Context& context, const Link& input) {
    TRY(const Ledger* from, ledger_in(context, input.from_ledger));
    TRY(const Ledger* to, ledger_in(context, input.to_ledger));
    TRY(const Entry source, open_entry(transaction, context, *from, input.from));
    TRY(const Entry target, open_entry(transaction, context, *to, input.to));
    if (from == to && input.from == input.to) {
        return refuse(ErrorKind::InvalidInput, errors::kBadLink, "不能与自己关联。", "to");
    }
    for (const Link& present :
         links(transaction.connection(), context.directory.jurisdiction.id, from->id, input.from)) {
        const bool same = present.from == input.from && present.to == input.to &&
                          present.relation == input.relation;
        if (same)
            return refuse(ErrorKind::Conflict, errors::kBadLink, "两条台账已经关联过了。", "to");
    }
    Value body = body_of("link", context, *from);
    body.set("entry", input.from.value);
    body.set("to", input.to.value);
    body.set("to_ledger", to->id);
    if (!input.relation.empty()) body.set("relation", input.relation);
    TRY(const journal::Record record, write(transaction, context, std::move(body), {}, input.from));
    return {};
}

Result<void> Ledgers::set_runs(storage::Transaction& transaction, Context& context,
                               const std::string& ledger_id, EntryId entry,
                               const std::vector<ClockRun>& earlier,
                               const std::vector<RunRow>& rows) {
    TRY(const Ledger* ledger, ledger_in(context, ledger_id));
    Value::List begun;
    Value::List changed;
    Value::List gone;
    for (const RunRow& row : rows) {
        const auto before =
            std::find_if(earlier.begin(), earlier.end(),
                         [&row](const ClockRun& run) { return is_same_run(run, row.run); });
        if (before == earlier.end()) {
            begun.push_back(value_of_run(row));
        } else if (*before != row.run) {
            changed.push_back(value_of_change(*before, row));
        }
    }
    for (const ClockRun& run : earlier) {
        if (std::none_of(rows.begin(), rows.end(),
                         [&run](const RunRow& row) { return is_same_run(run, row.run); }))
            gone.emplace_back(Value::Map{{"clock", run.clock}, {"run", run.run}});
    }
    Value body = body_of("clocks", context, *ledger);
    body.set("entry", entry.value);
    if (!begun.empty()) body.set("begun", std::move(begun));
    if (!changed.empty()) body.set("changed", std::move(changed));
    if (!gone.empty()) body.set("gone", std::move(gone));
    TRY(const journal::Record record, write(transaction, context, std::move(body), {}, entry));
    return {};
}

Result<Entry> Ledgers::open_entry(storage::Transaction& transaction, const Context& context,
                                  const Ledger& ledger, EntryId entry) const {
    TRY(Entry found, find(transaction, context, ledger.id, entry, Private::Revealed));
    TRY_OK(require_open(transaction, context, ledger, found));
    return found;
}

Result<Standing> Ledgers::standing(storage::Transaction& transaction, const Context& context,
                                   const std::string& ledger_id, EntryId entry) const {
    TRY(const Ledger* ledger, ledger_in(context, ledger_id));
    TRY(Entry found, open_entry(transaction, context, *ledger, entry));
    return Standing{
        std::move(found),
        passages(transaction.connection(), context.directory.jurisdiction.id, ledger_id, entry)};
}

Result<void> Ledgers::require_open(storage::Transaction& transaction, const Context& context,
                                   const Ledger& ledger, const Entry& entry) const {
    if (entry.head.voided)
        return refuse(ErrorKind::RefusedByRule, errors::kVoided,
                      fmt::format("“{}”的这条记录已作废，不能再办理。", ledger.title), "entry");
    if (journal_.key_of(transaction, context.directory.jurisdiction.id, entry.head.id.value))
        return {};
    return refuse(ErrorKind::RefusedByRule, errors::kDestroyed,
                  fmt::format("“{}”的这条记录里的个人信息已依法删除，不能再办理。", ledger.title),
                  "entry");
}

}  // namespace fazhi::ledger
