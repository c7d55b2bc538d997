#include "ledger/entry_row.h"

#include <algorithm>

#include <fmt/format.h>

#include "journal/record.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::FieldType;

constexpr int kHeadColumns = 14;

}  // namespace

EntryReader::EntryReader(const definition::Ledger& ledger, const std::vector<std::string>& fields,
                         bool private_too)
    : ledger_(ledger) {
    const auto wanted = [&](const Field& field) {
        if (field.is_private && !private_too) return false;
        return fields.empty() || std::find(fields.begin(), fields.end(), field.id) != fields.end();
    };
    for (const FieldColumn& column : columns_of(ledger)) {
        if (wanted(*column.field)) columns_.push_back(column);
    }
    for (const Field& field : ledger.fields) {
        if (field.has_rows() && wanted(field)) with_rows_.push_back(&field);
    }
}

std::string EntryReader::column_list() const {
    std::string out =
        "id, unit_id, handler, state, revision, dated_on, recorded_at, recorded_by, entry_number, "
        "reference, "
        "voided, imported, absent, jurisdiction_id";
    for (const FieldColumn& column : columns_) out += ", " + column.name;
    return out;
}

Entry EntryReader::read(const storage::Row& row, const Opener& open) const {
    Entry out;
    out.head = EntryHead{.ledger = ledger_.id,
                         .id = EntryId{row.integer(0)},
                         .unit = UnitId{row.integer(1)},
                         .handler = PersonId{row.integer(2)},
                         .state = std::string(row.text(3)),
                         .revision = static_cast<int>(row.integer(4)),
                         .dated_on = std::string(row.text(5)),
                         .recorded_at = std::string(row.text(6)),
                         .recorded_by = PersonId{row.integer(7)},
                         .number = std::string(row.text(8)),
                         .reference = std::string(row.text(9)),
                         .voided = row.integer(10) != 0,
                         .imported = row.integer(11) != 0};
    if (!row.is_null(12)) out.absent = absence_from(row.text(12));
    out.fields = Value::Map{};
    for (size_t i = 0; i < columns_.size(); ++i) {
        const FieldColumn& column = columns_[i];
        Value value = value_from(column, row, kHeadColumns + static_cast<int>(i), open);
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

std::string row_column_list(const Field& with_rows) {
    std::string out;
    for (const FieldColumn& column : row_columns_of(with_rows)) {
        out += (out.empty() ? "" : ", ") + column.name;
    }
    return out;
}

Value read_list_row(const Field& with_rows, const storage::Row& row, int first_column,
                    const Opener& open) {
    const std::vector<FieldColumn> columns = row_columns_of(with_rows);
    if (with_rows.of.empty()) return value_from(columns.front(), row, first_column, open);
    Value out = Value::Map{};
    for (size_t i = 0; i < columns.size(); ++i) {
        Value value = value_from(columns[i], row, first_column + static_cast<int>(i), open);
        if (value.is_null()) continue;
        if (columns[i].names_ledger) {
            out.set(columns[i].field->id,
                    Value::Map{{"id", out.at(columns[i].field->id)}, {"ledger", std::move(value)}});
        } else {
            out.set(columns[i].field->id, std::move(value));
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
