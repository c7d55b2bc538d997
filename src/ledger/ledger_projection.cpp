#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "journal/journal.h"
#include "ledger/clock_store.h"
#include "ledger/entry_rules.h"
#include "ledger/entry_store.h"
#include "ledger/errors.h"
#include "ledger/ledgers.h"
#include "ledger/record_fields.h"
#include "storage/transaction.h"

namespace fazhi::ledger {
namespace {

using definition::Ledger;
using journal::Record;

constexpr std::array<std::string_view, 10> kActions = {
    "create", "set", "amend", "void", "move", "assign", "attach", "link", "destroy", "clocks"};

Refusal impossible(const Record& record, const std::string& what) {
    return refuse(ErrorKind::InvalidInput, errors::kImpossibleRecord,
                  fmt::format("第{}条流水无法还原：{}。", record.seq, what),
                  std::to_string(record.seq));
}

std::map<std::string, Absence> absent_of(const Record& record) {
    std::map<std::string, Absence> out;
    const Value& absent = record.body.at("absent");
    if (!absent.is_map()) return out;
    for (const auto& [field, absence] : absent.as_map()) {
        out.emplace(field, absence == Value("unknown") ? Absence::Unknown : Absence::NotApplicable);
    }
    return out;
}

Passage passage_of(const Record& record, int n) {
    const Value& body = record.body;
    return Passage{.n = n,
                   .transition = body.text_at("transition"),
                   .from_state = body.text_at("from"),
                   .state = body.text_at("state"),
                   .happened_on = body.has("happened_on") ? body.text_at("happened_on")
                                                          : body.text_at("dated_on"),
                   .recorded_at = body.text_at("at"),
                   .actor = PersonId{body.integer_at("actor")},
                   .actor_jurisdiction = JurisdictionId{body.integer_at("actor_jurisdiction")},
                   .imported = body.at("imported") == Value(true)};
}

const Value::List& list_of(const Record& record, std::string_view name) {
    static const Value::List kNone;
    const Value& list = record.body.at(name);
    return list.is_list() ? list.as_list() : kNone;
}

// The fields a record changes: null where it empties.
Value changed_fields(const Record& record) {
    Value out = merge_fields(record.body.at("fields"), record.sealed.at("fields"));
    const Value& emptied = record.body.at("emptied");
    if (emptied.is_list()) {
        for (const Value& field : emptied.as_list()) out.set(field.as_text(), Value());
    }
    return out;
}

}  // namespace

std::string column_context(JurisdictionId jurisdiction, EntryId entry, const std::string& column);

EntryHead Ledgers::head_of(const Ledger& ledger, const Record& record) {
    const Value& body = record.body;
    return EntryHead{.ledger = ledger.id,
                     .id = EntryId{record.seq},
                     .unit = UnitId{body.integer_at("unit")},
                     .handler = PersonId{body.integer_at("handler")},
                     .state = body.text_at("state"),
                     .revision = 1,
                     .dated_on = body.text_at("dated_on"),
                     .recorded_at = body.text_at("at"),
                     .recorded_by = PersonId{body.integer_at("actor")},
                     .number = body.at("number").text_at("text"),
                     .reference = record.sealed.text_at("reference"),
                     .voided = false,
                     .imported = body.at("imported") == Value(true)};
}

Entry Ledgers::entry_of(const Ledger& ledger, const Record& record) {
    return {head_of(ledger, record),
            merge_fields(record.body.at("fields"), record.sealed.at("fields")), absent_of(record)};
}

Entry Ledgers::changed_entry(Entry entry, const Record& record) {
    const Value& body = record.body;
    const Value changed = changed_fields(record);
    for (const auto& [field, value] : changed.as_map()) {
        entry.absent.erase(field);
        const bool is_empty = value.is_null() || (value.is_list() && value.as_list().empty());
        if (is_empty) {
            entry.fields.as_map().erase(field);
        } else {
            entry.fields.set(field, value);
        }
    }
    for (const auto& [field, absence] : absent_of(record))
        entry.absent.insert_or_assign(field, absence);
    entry.head.revision += 1;
    if (body.has("dated_on")) entry.head.dated_on = body.text_at("dated_on");
    if (body.text_at("action") == "void") entry.head.voided = true;
    if (body.has("unit")) entry.head.unit = UnitId{body.integer_at("unit")};
    if (body.has("handler")) entry.head.handler = PersonId{body.integer_at("handler")};
    if (body.text_at("action") == "move") entry.head.state = body.text_at("state");
    return entry;
}

std::vector<journal::ProjectedTable> Ledgers::tables() const {
    const std::string office = "jurisdiction_id";
    std::vector<journal::ProjectedTable> out = {
        {"passage",
         office,
         {"ledger", "entry_id", "n"},
         {"ledger", "entry_id", "n", "transition", "from_state", "state", "happened_on",
          "recorded_at", "actor", "actor_jurisdiction", "imported", "second_person",
          "definitions"}},
        {"evidence", office, {"digest"}, {"digest", "media_type", "size"}},
        {"evidence_use",
         office,
         {"ledger", "entry_id", "seq"},
         {"ledger", "entry_id", "seq", "kind", "digest", "name", "happened_on", "recorded_at"}},
        {"link",
         office,
         {"from_ledger", "from_id", "relation", "to_jurisdiction_id", "to_ledger", "to_id"},
         {"from_ledger", "from_id", "relation", "to_jurisdiction_id", "to_ledger", "to_id"}},
        {"clock",
         office,
         {"ledger", "entry_id", "clock", "run"},
         {"ledger", "entry_id", "clock", "run", "started_on", "due_on", "due_at", "stopped_on",
          "stopped_at", "status", "definitions"}},
        {"number_counter",
         office,
         {"ledger", "year", "unit_id"},
         {"ledger", "year", "unit_id", "last"}},
    };
    for (const Ledger& ledger : tables_.ledgers()) {
        std::vector<std::string> columns(head_columns().begin() + 1, head_columns().end());
        for (const FieldColumn& column : columns_of(ledger)) columns.push_back(column.name);
        out.push_back({table_of(ledger), office, {"id"}, std::move(columns)});
        for (const definition::Field& field : ledger.fields) {
            if (!field.has_rows()) continue;
            std::vector<std::string> row_columns = {"entry_id", "position"};
            for (const FieldColumn& column : row_columns_of(field))
                row_columns.push_back(column.name);
            out.push_back({rows_table_of(ledger, field),
                           office,
                           {"entry_id", "position"},
                           std::move(row_columns)});
        }
    }
    return out;
}

bool Ledgers::knows(std::string_view action) const {
    return std::find(kActions.begin(), kActions.end(), action) != kActions.end();
}

void Ledgers::prepare(storage::Connection& scratch) {
    make_tables(scratch, tables_);
}

void Ledgers::make_tables(storage::Connection& connection, const definition::DefinitionSet& set) {
    for (const Ledger& ledger : set.ledgers()) make_ledger_tables(connection, ledger);
}

Result<void> Ledgers::apply(storage::Transaction& transaction, JurisdictionId jurisdiction,
                            const Record& record) {
    const Ledger* ledger = tables_.ledger(record.body.text_at("ledger"));
    if (ledger == nullptr)
        return impossible(record,
                          fmt::format("没有安装台账“{}”的定义", record.body.text_at("ledger")));
    const std::string action = record.body.text_at("action");
    if (action == "create") return apply_create(transaction, jurisdiction, *ledger, record);
    if (action == "destroy") return apply_destroy(transaction, jurisdiction, *ledger, record);
    if (action == "clocks") return apply_runs(transaction, jurisdiction, *ledger, record);
    if (action == "attach") return apply_attach(transaction, jurisdiction, *ledger, record);
    if (action == "link") {
        insert_link(
            transaction.connection(), jurisdiction,
            {ledger->id, EntryId{record.body.integer_at("entry")}, record.body.text_at("relation"),
             record.body.text_at("to_ledger"), EntryId{record.body.integer_at("to")}});
        return bump(transaction, jurisdiction, *ledger, record);
    }
    return apply_change(transaction, jurisdiction, *ledger, record);
}

ColumnSealer Ledgers::sealer(storage::Transaction& transaction, JurisdictionId jurisdiction,
                             EntryId entry) const {
    // Asked for only where a private column is written.
    return [this, &transaction, jurisdiction, entry](const std::string& column,
                                                     std::string_view text) -> std::string {
        const auto key = journal_.key_of(transaction, jurisdiction, entry.value);
        if (!key) return {};
        return journal::seal(*key, column_context(jurisdiction, entry, column), text);
    };
}

Result<void> Ledgers::apply_create(storage::Transaction& transaction, JurisdictionId jurisdiction,
                                   const Ledger& ledger, const Record& record) {
    storage::Connection& connection = transaction.connection();
    const Entry entry = entry_of(ledger, record);
    insert_entry(connection, jurisdiction, insertions_->of(ledger.id), entry,
                 sealer(transaction, jurisdiction, entry.head.id));
    const Value& body = record.body;
    if (!entry.head.state.empty()) {
        insert_passage(connection, jurisdiction, ledger.id, entry.head.id, passage_of(record, 1),
                       "", body.text_at("definitions"));
    }
    const Value& number = body.at("number");
    if (number.is_map()) {
        const NumberSeries series{ledger.id, static_cast<int>(number.integer_at("year")),
                                  UnitId{number.integer_at("unit")}};
        store_number(connection, jurisdiction, series, number.integer_at("serial"));
    }
    const Value& opened_by = body.at("opened_by");
    if (opened_by.is_map()) {
        insert_link(connection, jurisdiction,
                    {opened_by.text_at("ledger"), EntryId{opened_by.integer_at("id")}, "opened",
                     ledger.id, entry.head.id});
    }
    return {};
}

Result<void> Ledgers::apply_change(storage::Transaction& transaction, JurisdictionId jurisdiction,
                                   const Ledger& ledger, const Record& record) {
    storage::Connection& connection = transaction.connection();
    const Value& body = record.body;
    const EntryId id{body.integer_at("entry")};
    auto entry = read_head(connection, {jurisdiction, ledger, id});
    if (!entry) return impossible(record, "没有它所改的那条记录");
    const Entry after = changed_entry(*entry, record);
    if (body.text_at("action") == "move") {
        insert_passage(connection, jurisdiction, ledger.id, id,
                       passage_of(record, static_cast<int>(body.integer_at("n"))),
                       body.text_at("second_person"), body.text_at("definitions"));
    }
    update_entry(connection, jurisdiction, ledger, {*entry, after}, changed_fields(record),
                 sealer(transaction, jurisdiction, id));
    return {};
}

// Leaves what replay without the key would make: the clear part of every field.
Result<void> Ledgers::apply_destroy(storage::Transaction& transaction, JurisdictionId jurisdiction,
                                    const Ledger& ledger, const Record& record) {
    storage::Connection& connection = transaction.connection();
    const EntryId id{record.body.integer_at("entry")};
    const auto closed = [](const std::string&, std::string_view) -> std::optional<std::string> {
        return std::nullopt;
    };
    auto entry = read_entry(connection, {jurisdiction, ledger, id}, false, closed);
    if (!entry) return impossible(record, "没有它所删的那条记录");
    const Entry before = *entry;
    const Value clear = split_fields(ledger, entry->fields).clear;
    Value changed = Value::Map{};
    for (const definition::Field& field : ledger.fields) {
        const bool has_sealed =
            field.sealed() || std::any_of(field.of.begin(), field.of.end(),
                                          [](const auto& column) { return column.sealed(); });
        if (has_sealed) changed.set(field.id, clear.at(field.id));
    }
    entry->head.revision += 1;
    update_entry(connection, jurisdiction, ledger, {before, *entry}, changed,
                 sealer(transaction, jurisdiction, id));
    blank_names(connection, {jurisdiction, ledger, id});
    vault_.destroy_key(transaction, jurisdiction, id.value);
    return {};
}

Result<void> Ledgers::apply_runs(storage::Transaction& transaction, JurisdictionId jurisdiction,
                                 const Ledger& ledger, const Record& record) {
    const std::string definitions = record.body.text_at("definitions");
    const RunOwner owner{jurisdiction, ledger.id, EntryId{record.body.integer_at("entry")},
                         definitions};
    storage::Connection& connection = transaction.connection();
    for (const Value& run : list_of(record, "gone"))
        delete_run(connection, owner, run.text_at("clock"),
                   static_cast<int>(run.integer_at("run")));
    for (const Value& run : list_of(record, "changed")) {
        if (run.has("status") && !run_status_from(run.text_at("status")))
            return impossible(record, "期限的状态不对");
        change_run(connection, owner, run);
    }
    // Once a record named all runs of its entry.
    const bool names_all = record.body.has("runs");
    if (names_all) delete_runs(connection, owner);
    std::vector<RunRow> begun;
    for (const Value& each : list_of(record, names_all ? "runs" : "begun")) {
        const auto status = run_status_from(each.text_at("status"));
        if (!status) return impossible(record, "期限的状态不对");
        begun.push_back({{.clock = each.text_at("clock"),
                          .run = static_cast<int>(each.integer_at("run")),
                          .started_on = each.text_at("started_on"),
                          .due_on = each.text_at("due_on"),
                          .due_at = each.text_at("due_at"),
                          .stopped_on = each.text_at("stopped_on"),
                          .stopped_at = each.text_at("stopped_at"),
                          .status = *status},
                         each.text_at("next_on")});
    }
    if (!begun.empty()) insert_runs(connection, owner, begun);
    return {};
}

Result<void> Ledgers::bump(storage::Transaction& transaction, JurisdictionId jurisdiction,
                           const Ledger& ledger, const Record& record) {
    raise_revision(transaction.connection(),
                   {jurisdiction, ledger, EntryId{record.body.integer_at("entry")}});
    return {};
}

Result<void> Ledgers::apply_attach(storage::Transaction& transaction, JurisdictionId jurisdiction,
                                   const Ledger& ledger, const Record& record) {
    const Value& body = record.body;
    const auto digest = Digest::from_hex(body.text_at("digest"));
    if (!digest) return impossible(record, "摘要不是64位十六进制数");
    insert_evidence(
        transaction.connection(), jurisdiction, ledger.id, EntryId{body.integer_at("entry")},
        record.seq,
        {body.text_at("kind"), *digest, record.sealed.text_at("name"), body.text_at("media_type"),
         body.integer_at("size"), body.text_at("happened_on"), body.text_at("at")});
    return bump(transaction, jurisdiction, ledger, record);
}

}  // namespace fazhi::ledger
