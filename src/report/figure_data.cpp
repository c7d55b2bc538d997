#include "report/figure_data.h"

#include <map>

#include <fmt/format.h>

#include "journal/journal.h"
#include "journal/note.h"
#include "journal/proofs.h"
#include "ledger/lateness.h"
#include "ledger/ledgers.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"
#include "report/annex.h"

namespace fazhi::report {
namespace {

using definition::Field;
using definition::FieldType;

constexpr std::size_t kColumnsMax = 6;  // of fields; number, date and unit stand before them

// What may be shown of a ledger outside the office: neither sealed nor lists; of a closed ledger
// (visible_to) nothing.
std::vector<const Field*> clear_fields(const definition::Ledger& ledger) {
    std::vector<const Field*> out;
    if (!ledger.visible_to.empty()) return out;
    for (const Field& field : ledger.fields) {
        const bool shown = !field.is_private && !field.sealed() && field.of.empty() &&
                           field.type != FieldType::Person && field.type != FieldType::Figure &&
                           field.id != ledger.dated_by;
        if (shown && out.size() < kColumnsMax) out.push_back(&field);
    }
    return out;
}

class RowWriter {
public:
    RowWriter(storage::Connection& connection, const ledger::Context& context)
        : connection_(connection),
          context_(context),
          names_(connection, context.directory, context.definitions) {}

    Value of(const definition::Ledger& ledger, const std::vector<EntryId>& ids) {
        const JurisdictionId office = context_.directory.jurisdiction.id;
        const std::vector<const Field*> shown = clear_fields(ledger);
        std::vector<std::string> wanted = {ledger.dated_by};
        for (const Field* field : shown) wanted.push_back(field->id);
        std::vector<ledger::Entry> entries;
        ledger::scan(connection_, office, ledger, wanted, {.only = &ids},
                     [&](const ledger::Entry& entry) { entries.push_back(entry); });
        const std::int64_t all = ledger::count_entries(connection_, office, ledger, {});
        std::map<EntryId, Value::List> papers;
        ledger::scan_evidence(connection_, office, ledger.id, ids,
                              [&](EntryId entry, const ledger::EvidenceUse& use) {
                                  const definition::EvidenceKind* kind =
                                      ledger.evidence_kind(use.kind);
                                  papers[entry].push_back(
                                      Value::Map{{"kind", kind == nullptr ? use.kind : kind->title},
                                                 {"digest", use.digest.hex()}});
                              });
        Value::List columns = {"编号", "日期", "单位"};
        for (const Field* field : shown) columns.emplace_back(field->title);
        Value::List rows;
        for (const ledger::Entry& entry : entries)
            rows.push_back(row_of(ledger, shown, entry, papers));
        return Value::Map{{"all", all},
                          {"columns", std::move(columns)},
                          {"entries", std::move(rows)},
                          {"title", ledger.title}};
    }

private:
    Value row_of(const definition::Ledger& ledger, const std::vector<const Field*>& shown,
                 const ledger::Entry& entry, const std::map<EntryId, Value::List>& papers) {
        Value::List cells = {entry.head.number, entry.head.dated_on,
                             entry.head.unit ? names_.unit(entry.head.unit.value) : std::string()};
        for (const Field* field : shown)
            cells.emplace_back(ledger::display_text(*field, entry.fields.at(field->id), names_));
        Value row = Value::Map{};
        row.set("id", entry.head.id.value);
        row.set("cells", std::move(cells));
        row.set("imported", entry.head.imported);
        row.set("late", ledger::is_late(ledger, context_.directory.jurisdiction, entry.head));
        const auto attached = papers.find(entry.head.id);
        row.set("evidence", attached == papers.end() ? Value::List{} : attached->second);
        return row;
    }

    storage::Connection& connection_;
    const ledger::Context& context_;
    ledger::StoredLookup names_;
};

// Units and persons are registers without a journal entry of a ledger: units by name, persons only
// counted.
Value unit_rows(const access::Directory& directory, const std::vector<EntryId>& ids) {
    Value::List entries;
    for (const EntryId id : ids) {
        const access::Unit* unit = directory.unit(UnitId{id.value});
        Value row = Value::Map{};
        row.set("id", id.value);
        row.set("cells", Value::List{unit == nullptr ? std::string() : unit->name});
        row.set("imported", false);
        row.set("late", false);
        row.set("evidence", Value::List{});
        entries.push_back(std::move(row));
    }
    return Value::Map{{"all", static_cast<std::int64_t>(directory.units.size())},
                      {"columns", Value::List{"名称"}},
                      {"entries", std::move(entries)},
                      {"title", "单位"}};
}

// Which rows stand behind one figure.
Value ledgers_of(const measure::Figure& figure) {
    Value::List out;
    for (const auto& [ledger, ids] : figure.entries) {
        if (ledger == "person") continue;
        Value::List entries;
        for (const EntryId id : ids) entries.emplace_back(id.value);
        out.emplace_back(Value::Map{{"entries", std::move(entries)}, {"ledger", ledger}});
    }
    return out;
}

Value figure_value(const ShownFigure& shown, const definition::DefinitionSet& set) {
    const definition::Measure* measure = set.measure(shown.figure.measure);
    Value out = Value::Map{};
    out.set("measure", shown.figure.measure);
    out.set("title", measure == nullptr ? shown.figure.measure : measure->title);
    out.set("value", shown.figure.value);
    out.set("unit", shown.figure.unit);
    out.set("shown", shown.shown);
    out.set("from", calendar::to_text(shown.period.from));
    out.set("to", calendar::to_text(shown.period.to));
    out.set("filter", shown.filter);
    out.set("definitions", set.digest().hex());
    if (shown.figure.numerator) out.set("numerator", *shown.figure.numerator);
    if (shown.figure.denominator) out.set("denominator", *shown.figure.denominator);
    out.set("ledgers", ledgers_of(shown.figure));
    return out;
}

// The records to be proven: the journal's first (whose it is), each entry's own, the freezing.
std::vector<std::int64_t> seqs_behind(const BuiltReport& report,
                                      const definition::DefinitionSet& set) {
    std::vector<std::int64_t> out = {1};
    for (const auto& [ledger, ids] : entries_behind(report.figures)) {
        if (set.ledger(ledger) == nullptr) continue;
        for (const EntryId id : ids) out.push_back(id.value);
    }
    if (report.frozen != 0) out.push_back(report.frozen);
    return out;
}

Result<Value> journal_value(storage::Connection& connection, const ledger::Context& context,
                            const journal::Journal& journal, const BuiltReport& report) {
    std::int64_t size = 0;  // A draft is proven in the tree as it stands.
    if (report.is_signed) {
        TRY(const journal::Note note, journal::parse_note(report.note));
        size = note.size;
    }
    TRY(journal::ProvenRecords proven,
        journal::prove_records(journal, connection, context.directory.jurisdiction.id,
                               seqs_behind(report, context.definitions), size));
    Value::List records;
    for (journal::ProvenRecords::Body& each : proven.records)
        records.emplace_back(Value::Map{{"body", std::move(each.text)}, {"seq", each.seq}});
    Value::List proof;
    for (const Digest& each : proven.proof) proof.emplace_back(each.hex());
    Value out = Value::Map{};
    out.set("hash", to_text(journal.algorithm()));
    out.set("jurisdiction", context.directory.jurisdiction.code);
    out.set("key", journal.verifier_key());
    out.set("proof", std::move(proof));
    out.set("records", std::move(records));
    out.set("root", proven.in.root.hex());
    out.set("size", proven.in.size);
    if (report.is_signed) {
        out.set("frozen", report.frozen);
        out.set("note", report.note);
    }
    return out;
}

}  // namespace

Value rows_behind(storage::Connection& connection, const ledger::Context& context,
                  const std::vector<ShownFigure>& figures) {
    RowWriter rows(connection, context);
    Value out = Value::Map{};
    for (const auto& [id, ids] : entries_behind(figures)) {
        const definition::Ledger* ledger = context.definitions.ledger(id);
        if (ledger != nullptr) {
            out.set(id, rows.of(*ledger, ids));
        } else if (id == "unit") {
            out.set(id, unit_rows(context.directory, ids));
        }
    }
    return out;
}

Result<std::string> figures_json(storage::Connection& connection, const ledger::Context& context,
                                 const journal::Journal& journal, const BuiltReport& report) {
    Value figures = Value::Map{};
    for (const ShownFigure& shown : report.figures)
        figures.set(shown.key, figure_value(shown, context.definitions));
    TRY(const Value proven, journal_value(connection, context, journal, report));
    // The rows stand as they were digested.
    return fmt::format("{{\"figures\":{},\"journal\":{},\"ledgers\":{}}}",
                       journal::canonical(figures), journal::canonical(proven), report.rows_json);
}

}  // namespace fazhi::report
