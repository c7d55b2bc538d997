#include "ledger/ledger_table.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/invariant.h"
#include "journal/record.h"
#include "text/decimal.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::FieldType;

bool is_number_column(FieldType type) {
    switch (type) {
        case FieldType::Integer:
        case FieldType::Decimal:
        case FieldType::Money:
        case FieldType::YesNo:
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Entry:
            return true;
        case FieldType::Text:
        case FieldType::Note:
        case FieldType::Date:
        case FieldType::Datetime:
        case FieldType::Time:
        case FieldType::Choice:
        case FieldType::Choices:
        case FieldType::Laws:
        case FieldType::List:
        case FieldType::Group:
        case FieldType::IdNumber:
        case FieldType::Phone:
        case FieldType::VersionedText:
        case FieldType::Place:
        case FieldType::Figure:
            return false;
    }
    return false;
}

void add_columns(const Field& field, bool list_private, std::vector<FieldColumn>& out) {
    if (field.has_rows()) return;
    const bool sealed = field.is_private || list_private;
    out.push_back({&field, field.id, sealed, false});
    if (field.type == FieldType::Entry && field.from && field.from->ledgers.size() > 1 && !sealed) {
        out.push_back({&field, field.id + "__ledger", false, true});
    }
}

// PostgreSQL cuts names at 63 bytes, and a table's and a column's may fill that alone.
std::string index_name(const std::string& table, const std::string& column) {
    constexpr std::size_t kHexDigits = 16;
    return "entry_" +
           digest_of(HashAlgorithm::Sha256, table, ".", column).hex().substr(0, kHexDigits);
}

void add_entry_indexes(const std::string& table, const std::vector<FieldColumn>& columns,
                       std::string& out) {
    for (const FieldColumn& column : columns) {
        if (column.field->type != FieldType::Entry || column.sealed || column.names_ledger)
            continue;
        out += fmt::format(
            "CREATE INDEX IF NOT EXISTS {0} ON {1} (jurisdiction_id, {2}) WHERE {2} IS NOT NULL;\n",
            index_name(table, column.name), table, column.name);
    }
}

// The text that is sealed: the canonical form of the value, so that every type comes back as it
// was.
std::string sealed_text(const Value& value) {
    return journal::canonical(value);
}

}  // namespace

std::string table_of(const definition::Ledger& ledger) {
    return "ledger_" + ledger.id;
}

std::string rows_table_of(const definition::Ledger& ledger, const Field& field) {
    return fmt::format("ledger_{}__{}", ledger.id, field.id);
}

std::vector<FieldColumn> columns_of(const definition::Ledger& ledger) {
    std::vector<FieldColumn> out;
    for (const Field& field : ledger.fields) add_columns(field, false, out);
    return out;
}

std::vector<FieldColumn> row_columns_of(const Field& with_rows) {
    std::vector<FieldColumn> out;
    if (with_rows.type == FieldType::Choices || with_rows.type == FieldType::Laws) {
        out.push_back({&with_rows, "value", with_rows.is_private, false});
        return out;
    }
    for (const Field& column : with_rows.of) add_columns(column, with_rows.is_private, out);
    return out;
}

std::vector<FieldColumn> key_columns_of(const definition::Ledger& ledger) {
    std::vector<FieldColumn> out;
    for (const FieldColumn& column : columns_of(ledger)) {
        const auto& key = ledger.key;
        if (std::find(key.begin(), key.end(), column.field->id) != key.end()) out.push_back(column);
    }
    return out;
}

const std::vector<std::string>& head_columns() {
    static const std::vector<std::string> kColumns = {
        "jurisdiction_id", "id",        "unit_id", "handler",     "state",
        "revision",        "dated_on",  "month",   "recorded_at", "recorded_by",
        "entry_number",    "reference", "voided",  "imported",    "absent"};
    return kColumns;
}

std::string column_type(const FieldColumn& column) {
    if (column.sealed) return "{blob}";
    if (column.names_ledger) return "TEXT";
    return is_number_column(column.field->type) ? "{int}" : "TEXT";
}

std::string table_ddl(const definition::Ledger& ledger) {
    const std::string table = table_of(ledger);
    std::string out = fmt::format(
        "CREATE TABLE {} (jurisdiction_id {{int}} NOT NULL, id {{int}} NOT NULL, unit_id {{int}} "
        "NOT NULL, "
        "handler {{int}} NOT NULL, state TEXT NOT NULL, revision {{int}} NOT NULL, dated_on TEXT "
        "NOT NULL, "
        "month {{int}} NOT NULL, recorded_at TEXT NOT NULL, recorded_by {{int}} NOT NULL, "
        "entry_number TEXT NOT NULL, reference TEXT NOT NULL, voided {{int}} NOT NULL, "
        "imported {{int}} NOT NULL, absent TEXT",
        table);
    for (const FieldColumn& column : columns_of(ledger)) {
        out += fmt::format(", {} {}", column.name, column_type(column));
    }
    out += ", PRIMARY KEY (jurisdiction_id, id)) {strict};\n";
    out += fmt::format(
        "CREATE INDEX {0}_reference ON {0} (jurisdiction_id, reference) WHERE reference <> '';\n",
        table);
    for (const Field& field : ledger.fields) {
        if (!field.has_rows()) continue;
        out += fmt::format(
            "CREATE TABLE {} (jurisdiction_id {{int}} NOT NULL, entry_id {{int}} NOT NULL, "
            "position {{int}} NOT NULL",
            rows_table_of(ledger, field));
        for (const FieldColumn& column : row_columns_of(field)) {
            out += fmt::format(", {} {}", column.name, column_type(column));
        }
        out += ", PRIMARY KEY (jurisdiction_id, entry_id, position)) {strict};\n";
    }
    return out;
}

std::string look_up_indexes_ddl(const definition::Ledger& ledger) {
    const std::string table = table_of(ledger);
    // Statistics by month and unit are answered from it alone. `_month` is what it was once.
    std::string out = fmt::format(
        "DROP INDEX IF EXISTS {0}_month;\n"
        "CREATE INDEX IF NOT EXISTS {0}_counted ON {0} (jurisdiction_id, month, unit_id, "
        "voided);\n"
        // A page of a list is read off an index, newest first; of one unit, off the other.
        "CREATE INDEX IF NOT EXISTS {0}_dated ON {0} (jurisdiction_id, dated_on, id, unit_id, "
        "state, handler, voided);\n"
        "CREATE INDEX IF NOT EXISTS {0}_of_unit ON {0} (jurisdiction_id, unit_id, dated_on, id, "
        "state, voided);\n",
        table);
    if (!ledger.key.empty()) {
        std::string columns;
        for (const FieldColumn& column : key_columns_of(ledger)) columns += ", " + column.name;
        out += fmt::format("CREATE INDEX IF NOT EXISTS {} ON {} (jurisdiction_id{});\n",
                           index_name(table, "(key)"), table, columns);
    }
    if (!ledger.number.empty()) {
        out += fmt::format("CREATE INDEX IF NOT EXISTS {} ON {} (jurisdiction_id, entry_number);\n",
                           index_name(table, "entry_number"), table);
    }
    add_entry_indexes(table_of(ledger), columns_of(ledger), out);
    for (const Field& field : ledger.fields) {
        if (field.has_rows())
            add_entry_indexes(rows_table_of(ledger, field), row_columns_of(field), out);
    }
    return out;
}

storage::Cell cell_of(const FieldColumn& column, const Value& value, const Sealer& seal) {
    if (value.is_null()) return std::monostate{};
    if (column.sealed) {
        std::string bytes = seal(sealed_text(value));
        if (bytes.empty()) return std::monostate{};  // The key is gone.
        return storage::Blob{std::move(bytes)};
    }
    const Field& field = *column.field;
    if (field.type == FieldType::Entry && value.is_map()) {
        if (column.names_ledger) return value.text_at("ledger");
        return value.integer_at("id");
    }
    if (column.names_ledger) return std::monostate{};
    if (field.type == FieldType::Decimal)
        return text::scaled_decimal(value.as_text(), field.scale).value_or(0);
    if (field.type == FieldType::Figure) return journal::canonical(value);
    if (value.is_bool()) return std::int64_t{value.as_bool() ? 1 : 0};
    if (value.is_integer()) return value.as_integer();
    INVARIANT(value.is_text());
    return value.as_text();
}

Value value_from(const FieldColumn& column, const storage::Row& row, int index,
                 const Opener& open) {
    if (row.is_null(index)) return {};
    if (column.sealed) {
        const auto text = open(column.name, row.bytes(index));
        if (!text) return {};
        const auto value = journal::parse_canonical(*text);
        return value ? *value : Value();
    }
    const Field& field = *column.field;
    if (column.names_ledger) return Value(row.text(index));
    if (field.type == FieldType::Decimal)
        return Value(text::decimal_text(row.integer(index), field.scale));
    if (field.type == FieldType::YesNo) return Value(row.integer(index) != 0);
    if (field.type == FieldType::Figure) {
        const auto value = journal::parse_canonical(row.text(index));
        return value ? *value : Value();
    }
    if (is_number_column(field.type)) return Value(row.integer(index));
    return Value(row.text(index));
}

}  // namespace fazhi::ledger
