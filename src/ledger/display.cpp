#include <fmt/format.h>

#include "calendar/date.h"
#include "ledger/field_input.h"
#include "text/decimal.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::FieldType;

std::string option_title(const Field& field, const Value& value) {
    if (!value.is_text()) return {};
    const definition::Option* option = field.option(value.as_text());
    return option == nullptr ? value.as_text() : option->title;
}

std::string row_text(const Field& field, const Value& row, Names& names) {
    std::string out;
    for (const Field& column : field.of) {
        if (!row.has(column.id)) continue;
        out += fmt::format("{}{}：{}", out.empty() ? "" : "，", column.title,
                           display_text(column, row.at(column.id), names));
    }
    return out;
}

std::string rows_text(const Field& field, const Value& value, Names& names) {
    if (value.is_map()) return row_text(field, value, names);
    std::string out;
    for (const Value& row : value.as_list())
        out += (out.empty() ? "" : "；") + row_text(field, row, names);
    return out;
}

std::string words_text(const Field& field, const Value& value) {
    std::string out;
    for (const Value& word : value.as_list())
        out += (out.empty() ? "" : "、") + option_title(field, word);
    return out;
}

std::string instant_text(const Value& value) {
    const auto instant = calendar::parse_instant(value.as_text());
    return instant ? calendar::chinese_text(*instant) : value.as_text();
}

}  // namespace

std::string display_text(const Field& field, const Value& stored, Names& names) {
    if (stored.is_null()) return {};
    switch (field.type) {
        case FieldType::YesNo:
            return stored.as_bool() ? "是" : "否";
        case FieldType::Choice:
            return option_title(field, stored);
        case FieldType::Choices:
        case FieldType::Laws:
            return words_text(field, stored);
        case FieldType::Money:
            return text::short_decimal_text(stored.as_integer(), 2);
        case FieldType::Person:
            return names.person(stored.as_integer());
        case FieldType::Unit:
            return names.unit(stored.as_integer());
        case FieldType::Entry:
            if (stored.is_map())
                return names.entry(stored.text_at("ledger"), stored.integer_at("id"));
            return names.entry(field.from ? field.from->ledgers.front() : std::string(),
                               stored.as_integer());
        case FieldType::List:
        case FieldType::Group:
            return rows_text(field, stored, names);
        case FieldType::Datetime:
            return instant_text(stored);
        case FieldType::Figure:
            return stored.text_at("value");
        case FieldType::Integer:
            return std::to_string(stored.as_integer());
        case FieldType::Text:
        case FieldType::Note:
        case FieldType::Decimal:
        case FieldType::Date:
        case FieldType::Time:
        case FieldType::IdNumber:
        case FieldType::Phone:
        case FieldType::VersionedText:
        case FieldType::Place:
            return stored.as_text();
    }
    return {};
}

}  // namespace fazhi::ledger
