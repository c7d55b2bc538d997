#include "measure/owner.h"

#include <algorithm>
#include <functional>

namespace fazhi::measure {

namespace {

using definition::Field;
using definition::FieldType;

using Wanted = std::function<bool(const Field&)>;

// The ids of fields that are wanted or have a column that is.
std::vector<std::string> fields_with(const definition::Ledger& ledger, const Wanted& wanted) {
    std::vector<std::string> found;
    for (const Field& field : ledger.fields) {
        if (wanted(field) || std::any_of(field.of.begin(), field.of.end(), wanted)) {
            found.push_back(field.id);
        }
    }
    return found;
}

void add_value(const Value& value, std::vector<Value>& found) {
    const Value& id = value.is_map() ? value.at("id") : value;
    if (!id.is_null() && std::find(found.begin(), found.end(), id) == found.end()) {
        found.push_back(id);
    }
}

void add_columns(const Field& field, const Value& value, const Wanted& wanted,
                 std::vector<Value>& found) {
    const Value::List rows = value.is_list() ? value.as_list() : Value::List{value};
    for (const Field& column : field.of) {
        if (!wanted(column)) continue;
        for (const Value& row : rows) add_value(row.at(column.id), found);
    }
}

std::vector<Value> values_of(const definition::Ledger& ledger, const ledger::Entry& entry,
                             const Wanted& wanted) {
    std::vector<Value> found;
    for (const Field& field : ledger.fields) {
        const Value& value = entry.fields.at(field.id);
        if (wanted(field)) add_value(value, found);
        if (!field.of.empty() && !value.is_null()) add_columns(field, value, wanted, found);
    }
    return found;
}

bool is_person(const Field& field) {
    return field.type == FieldType::Person;
}

Wanted names_register(std::string_view ledger) {
    return [ledger](const Field& field) {
        return field.type == FieldType::Entry && field.from &&
               std::find(field.from->ledgers.begin(), field.from->ledgers.end(), ledger) !=
                   field.from->ledgers.end();
    };
}

}  // namespace

std::vector<std::string> person_fields(const definition::Ledger& ledger) {
    return fields_with(ledger, is_person);
}

std::vector<std::string> entry_fields(const definition::Ledger& ledger,
                                      std::string_view register_ledger) {
    return fields_with(ledger, names_register(register_ledger));
}

std::vector<Value> persons_of(const definition::Ledger& ledger, const ledger::Entry& entry) {
    if (!person_fields(ledger).empty()) return values_of(ledger, entry, is_person);
    if (!entry.head.handler) return {};
    return {Value(entry.head.handler.value)};
}

std::vector<Value> register_entries_of(const definition::Ledger& ledger, const ledger::Entry& entry,
                                       std::string_view register_ledger) {
    if (ledger.id == register_ledger) return {Value(entry.head.id.value)};
    return values_of(ledger, entry, names_register(register_ledger));
}

}  // namespace fazhi::measure
