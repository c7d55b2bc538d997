#include "ledger/field_input.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/errors.h"
#include "ledger/evaluate.h"
#include "ledger/field_parser.h"
#include "text/nearest.h"

namespace fazhi::ledger {
namespace {

using definition::Field;

std::optional<Absence> absence_from(const Field& field, const Value& input) {
    const bool is_free_text = field.type == definition::FieldType::Text ||
                              field.type == definition::FieldType::Note ||
                              field.type == definition::FieldType::VersionedText;
    if (is_free_text || !input.is_text()) return std::nullopt;
    if (input.as_text() == "不适用") return Absence::NotApplicable;
    if (input.as_text() == "未知") return Absence::Unknown;
    return std::nullopt;
}

bool is_blank(const Value& input) {
    return input.is_null() || (input.is_text() && input.as_text().empty());
}

Error unknown_field(const definition::Ledger& ledger, const std::string& name) {
    std::vector<std::string> names;
    for (const Field& field : ledger.fields) {
        names.push_back(field.id);
        names.push_back(field.title);
    }
    const std::string nearest = text::nearest(name, names);
    return Error{ErrorKind::InvalidInput, errors::kNoSuchField,
                 fmt::format("“{}”没有“{}”这一栏{}。", ledger.title, name,
                             nearest.empty() ? "，请删去" : fmt::format("，可能应为“{}”", nearest)),
                 name};
}

// A field bounded by another one of the same entry, where either is given now.
void check_bounds(const definition::Ledger& ledger, const Value& stored, ParsedFields& out) {
    const auto current = [&](const std::string& id) {
        return out.fields.has(id) ? out.fields.at(id) : stored.at(id);
    };
    const auto check = [&](const Field& field, const std::optional<definition::Literal>& limit,
                           int wrong_way, const char* dates, const char* numbers) {
        if (!limit || limit->field.empty()) return;
        if (!out.fields.has(field.id) && !out.fields.has(limit->field)) return;
        const Value own = current(field.id);
        const Value other = current(limit->field);
        if (own.is_null() || other.is_null() || compare(own, other) * wrong_way <= 0) return;
        const bool is_day = field.type == definition::FieldType::Date ||
                            field.type == definition::FieldType::Datetime ||
                            field.type == definition::FieldType::Time;
        const Field* named = ledger.field(limit->field);
        out.errors.push_back(
            Error{ErrorKind::RefusedByRule, errors::kBadValue,
                  fmt::format("“{}”不能{}“{}”{}。", field.title, is_day ? dates : numbers,
                              named == nullptr ? limit->field : named->title,
                              is_day && other.is_text() ? "（" + other.as_text() + "）" : ""),
                  field.id, field.basis});
    };
    for (const Field& field : ledger.fields) {
        check(field, field.min, -1, "早于", "小于");
        check(field, field.max, 1, "晚于", "大于");
    }
}

void check_different(const definition::Ledger& ledger, const Value& stored, ParsedFields& out) {
    for (const Field& field : ledger.fields) {
        if (field.different_from.empty()) continue;
        const auto current = [&](const std::string& id) {
            return out.fields.has(id) ? out.fields.at(id) : stored.at(id);
        };
        if (!out.fields.has(field.id) && !out.fields.has(field.different_from)) continue;
        const Value& own = current(field.id);
        if (own.is_null() || own != current(field.different_from)) continue;
        const Field* other = ledger.field(field.different_from);
        out.errors.push_back(
            Error{ErrorKind::RefusedByRule, errors::kMustDiffer,
                  fmt::format("“{}”与“{}”不能相同。", field.title,
                              other == nullptr ? field.different_from : other->title),
                  field.id, field.basis});
    }
}

}  // namespace

ParsedFields parse_fields(const definition::Ledger& ledger, const Value& input, const Value& stored,
                          calendar::Date today, Lookup& lookup) {
    ParsedFields out;
    out.fields = Value::Map{};
    if (input.is_map()) {
        for (const auto& [name, value] : input.as_map()) {
            if (ledger.field(name) == nullptr) out.errors.push_back(unknown_field(ledger, name));
        }
    }
    for (const Field& field : ledger.fields) {
        if (!input.has(field.id)) continue;
        const Value& written = input.at(field.id);
        if (is_blank(written)) {
            out.fields.set(field.id, Value());
        } else if (const auto absence = absence_from(field, written)) {
            out.absent.emplace(field.id, *absence);
            out.fields.set(field.id, Value());
        } else {
            // A register's entry must be valid on the day that a field of the same input or entry
            // names.
            FieldParser parser(today, lookup, [&](const std::string& date_field) {
                return input.has(date_field) ? input.at(date_field) : stored.at(date_field);
            });
            Result<Value> parsed = parser.parse(field, written);
            if (parsed) {
                out.fields.set(field.id, *std::move(parsed));
            } else {
                for (Error& error : flatten(parsed.error())) out.errors.push_back(std::move(error));
            }
        }
    }
    check_different(ledger, stored, out);
    check_bounds(ledger, stored, out);
    return out;
}

}  // namespace fazhi::ledger
