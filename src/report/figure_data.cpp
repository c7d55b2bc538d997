#include "report/figure_data.h"

#include <fmt/format.h>

#include "journal/journal.h"
#include "ledger/ledgers.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

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

struct LedgerRows {
    Value::List columns;
    std::map<EntryId, Value> rows;
};

class Collector {
public:
    Collector(storage::Connection& connection, const ledger::Context& context,
              const journal::Journal& journal)
        : connection_(connection),
          context_(context),
          journal_(journal),
          names_(connection, context.directory, context.definitions) {}

    const LedgerRows& of(const definition::Ledger& ledger) {
        const auto known = ledgers_.find(ledger.id);
        if (known != ledgers_.end()) return known->second;
        return ledgers_.emplace(ledger.id, read(ledger)).first->second;
    }

private:
    LedgerRows read(const definition::Ledger& ledger) {
        const JurisdictionId office = context_.directory.jurisdiction.id;
        const std::vector<const Field*> shown = clear_fields(ledger);
        std::vector<std::string> wanted = {ledger.dated_by};
        for (const Field* field : shown) wanted.push_back(field->id);
        std::vector<ledger::Entry> entries;
        ledger::scan(connection_, office, ledger, wanted, {},
                     [&](const ledger::Entry& entry) { entries.push_back(entry); });
        std::map<EntryId, Value::List> papers;
        ledger::scan_evidence(
            connection_, office, ledger.id, [&](EntryId entry, const ledger::EvidenceUse& use) {
                const definition::EvidenceKind* kind = ledger.evidence_kind(use.kind);
                papers[entry].push_back(
                    Value::Map{{"kind", kind == nullptr ? use.kind : kind->title},
                               {"digest", use.digest.hex()}});
            });
        std::vector<std::int64_t> seqs;
        for (const ledger::Entry& entry : entries) seqs.push_back(entry.head.id.value);
        std::map<std::int64_t, Digest> leaves;
        for (const auto& [seq, leaf] : journal_.leaves(connection_, office, seqs))
            leaves.emplace(seq, leaf);

        LedgerRows out;
        out.columns = {"编号", "日期", "单位"};
        for (const Field* field : shown) out.columns.emplace_back(field->title);
        for (const ledger::Entry& entry : entries) {
            Value::List cells = {
                entry.head.number, entry.head.dated_on,
                entry.head.unit ? names_.unit(entry.head.unit.value) : std::string()};
            for (const Field* field : shown)
                cells.emplace_back(
                    ledger::display_text(*field, entry.fields.at(field->id), names_));
            Value row = Value::Map{};
            row.set("id", entry.head.id.value);
            const auto leaf = leaves.find(entry.head.id.value);
            if (leaf != leaves.end()) row.set("leaf_hash", leaf->second.hex());
            row.set("cells", std::move(cells));
            row.set("imported", entry.head.imported);
            row.set("late",
                    ledger::Ledgers::is_late(ledger, context_.directory.jurisdiction, entry.head));
            const auto attached = papers.find(entry.head.id);
            row.set("evidence", attached == papers.end() ? Value::List{} : attached->second);
            out.rows.emplace(entry.head.id, std::move(row));
        }
        return out;
    }

    storage::Connection& connection_;
    const ledger::Context& context_;
    const journal::Journal& journal_;
    ledger::StoredLookup names_;
    std::map<std::string, LedgerRows> ledgers_;
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
    return Value::Map{{"ledger", "unit"},
                      {"title", "单位"},
                      {"columns", Value::List{"名称"}},
                      {"entries", std::move(entries)}};
}

Value ledgers_of(const measure::Figure& figure, const ledger::Context& context,
                 Collector& collector) {
    Value::List out;
    for (const auto& [id, ids] : figure.entries) {
        const definition::Ledger* ledger = context.definitions.ledger(id);
        if (ledger == nullptr) {
            if (id == "unit") out.push_back(unit_rows(context.directory, ids));
            continue;
        }
        const LedgerRows& rows = collector.of(*ledger);
        Value::List entries;
        for (const EntryId entry : ids) {
            const auto row = rows.rows.find(entry);
            if (row != rows.rows.end()) entries.push_back(row->second);
        }
        Value each = Value::Map{};
        each.set("ledger", id);
        each.set("title", ledger->title);
        each.set("columns", rows.columns);
        each.set("entries", std::move(entries));
        out.push_back(std::move(each));
    }
    return out;
}

}  // namespace

std::string figures_json(storage::Connection& connection, const ledger::Context& context,
                         const journal::Journal& journal, const std::vector<ShownFigure>& figures) {
    Collector collector(connection, context, journal);
    const journal::Head head = journal.head(connection, context.directory.jurisdiction.id);
    Value by_key = Value::Map{};
    for (const ShownFigure& shown : figures) {
        const definition::Measure* measure = context.definitions.measure(shown.figure.measure);
        Value out = Value::Map{};
        out.set("measure", shown.figure.measure);
        out.set("title", measure == nullptr ? shown.figure.measure : measure->title);
        out.set("value", shown.figure.value);
        out.set("unit", shown.figure.unit);
        out.set("shown", shown.shown);
        out.set("period", fmt::format("{} 至 {}", calendar::to_text(shown.period.from),
                                      calendar::to_text(shown.period.to)));
        out.set("filter", shown.filter);
        out.set("definition", context.definitions.digest().hex());
        out.set("journal_size", head.size);
        if (shown.figure.numerator) out.set("numerator", *shown.figure.numerator);
        if (shown.figure.denominator) out.set("denominator", *shown.figure.denominator);
        out.set("ledgers", ledgers_of(shown.figure, context, collector));
        by_key.set(shown.key, std::move(out));
    }
    Value root = Value::Map{};
    root.set("jurisdiction", context.directory.jurisdiction.code);
    root.set("size", head.size);
    root.set("root", head.root.hex());
    root.set("hash", to_text(journal.algorithm()));
    return journal::canonical(
        Value::Map{{"figures", std::move(by_key)}, {"journal", std::move(root)}});
}

}  // namespace fazhi::report
