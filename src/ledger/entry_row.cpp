#include "ledger/entry_row.h"

#include <algorithm>

#include <fmt/format.h>

#include "journal/record.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::FieldType;

constexpr std::string_view kCountedHead = "id, unit_id, handler, state, dated_on";
constexpr int kCountedColumns = 5;
constexpr std::string_view kWholeHead =
    "id, unit_id, handler, state, dated_on, revision, recorded_at, recorded_by, entry_number, "
    "reference, voided, imported, absent";
constexpr int kAbsentColumn = 12;
constexpr int kWholeColumns = 13;

}  // namespace

EntryReader::EntryReader(const definition::Ledger& ledger, const std::vector<std::string>& fields,
                         bool private_too, Heads heads)
    : ledger_(ledger),
      heads_(heads),
      head_columns_(heads == Heads::Counted ? kCountedColumns : kWholeColumns) {
    const auto wanted = [&](const Field& field) {
        if (field.is_private && !private_too) return false;
        return fields.empty() || std::find(fields.begin(), fields.end(), field.id) != fields.end();
    };
    for (const FieldColumn& column : columns_of(ledger)) {
        if (wanted(*column.field)) columns_.push_back(column);
    }
    // Members that come in the order of their keys are added without moving others.
    std::sort(columns_.begin(), columns_.end(),
              [](const FieldColumn& a, const FieldColumn& b) { return a.name < b.name; });
    for (const Field& field : ledger.fields) {
        if (field.has_rows() && wanted(field)) with_rows_.push_back(&field);
    }
}

std::string EntryReader::column_list() const {
    std::string out(heads_ == Heads::Counted ? kCountedHead : kWholeHead);
    for (const FieldColumn& column : columns_) out += ", " + column.name;
    return out;
}

EntryHead EntryReader::read_head(const storage::Row& row) const {
    EntryHead head;
    head.ledger = ledger_.id;
    head.id = EntryId{row.integer(0)};
    head.unit = UnitId{row.integer(1)};
    head.handler = PersonId{row.integer(2)};
    head.state = row.text(3);
    head.dated_on = row.text(4);
    if (heads_ == Heads::Counted) return head;
    head.revision = static_cast<int>(row.integer(5));
    head.recorded_at = row.text(6);
    head.recorded_by = PersonId{row.integer(7)};
    head.number = row.text(8);
    head.reference = row.text(9);
    head.voided = row.integer(10) != 0;
    head.imported = row.integer(11) != 0;
    return head;
}

Entry EntryReader::read(const storage::Row& row, const Opener& open) const {
    Entry out;
    out.head = read_head(row);
    if (heads_ == Heads::Whole && !row.is_null(kAbsentColumn))
        out.absent = absence_from(row.text(kAbsentColumn));
    out.fields = Value::Map{};
    for (size_t i = 0; i < columns_.size(); ++i) {
        const FieldColumn& column = columns_[i];
        Value value = value_from(column, row, head_columns_ + static_cast<int>(i), open);
        if (value.is_null()) continue;
        if (column.names_ledger) {
            const Value id = out.fields.at(column.field->id);
            out.fields.set(column.field->id, Value::Map{{"id", id}, {"ledger", std::move(value)}});
        } else {
            out.fields.set(column.field->id, std::move(value));
        }
    }
    return out;
}

ListReader::ListReader(const Field& with_rows)
    : field_(with_rows), columns_(row_columns_of(with_rows)) {}

std::string ListReader::column_list() const {
    std::string out;
    for (const FieldColumn& column : columns_) out += (out.empty() ? "" : ", ") + column.name;
    return out;
}

Value ListReader::read(const storage::Row& row, int first_column, const Opener& open) const {
    if (field_.of.empty()) return value_from(columns_.front(), row, first_column, open);
    Value out = Value::Map{};
    for (size_t i = 0; i < columns_.size(); ++i) {
        Value value = value_from(columns_[i], row, first_column + static_cast<int>(i), open);
        if (value.is_null()) continue;
        const std::string& id = columns_[i].field->id;
        if (columns_[i].names_ledger) {
            const Value named = out.at(id);
            out.set(id, Value::Map{{"id", named}, {"ledger", std::move(value)}});
        } else {
            out.set(id, std::move(value));
        }
    }
    return out;
}

void add_list_row(const Field& with_rows, Value row, Value& fields) {
    if (with_rows.type == FieldType::Group) {
        fields.set(with_rows.id, std::move(row));
        return;
    }
    if (!fields.has(with_rows.id)) fields.set(with_rows.id, Value::List{});
    fields.as_map().find(with_rows.id)->second.as_list().push_back(std::move(row));
}

std::string_view to_text(Absence absence) {
    switch (absence) {
        case Absence::NotApplicable:
            return "not_applicable";
        case Absence::Unknown:
            return "unknown";
    }
    return {};
}

std::string absence_text(const std::map<std::string, Absence>& absent) {
    if (absent.empty()) return {};
    Value out = Value::Map{};
    for (const auto& [field, absence] : absent) out.set(field, to_text(absence));
    return journal::canonical(out);
}

std::map<std::string, Absence> absence_from(std::string_view text) {
    std::map<std::string, Absence> out;
    const auto value = journal::parse_canonical(text);
    if (!value || !value->is_map()) return out;
    for (const auto& [field, absence] : value->as_map()) {
        const bool unknown = absence == Value("unknown");
        out.emplace(field, unknown ? Absence::Unknown : Absence::NotApplicable);
    }
    return out;
}

}  // namespace fazhi::ledger
