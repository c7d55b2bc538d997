#include "measure/filter.h"

#include <fmt/format.h>

#include "measure/errors.h"

namespace fazhi::measure {

namespace {

using definition::Clause;
using definition::Condition;
using definition::Field;
using definition::FieldType;
using definition::TestKind;

constexpr std::string_view kLinked = "linked";

bool is_built_in(std::string_view key) {
    return key == "state" || key == "via" || key == "unit" || key == "handler";
}

const Field* field_of(const Asked& asked, std::string_view key) {
    if (asked.list != nullptr) {
        if (const Field* column = asked.list->column(key)) return column;
    }
    return asked.ledger->field(key);
}

Refusal bad(const std::string& message, const std::string& key) {
    return refuse(ErrorKind::InvalidInput, errors::kBadCondition, message, key);
}

// A list that is private has no column that is not.
bool is_private(const Field& field, const Asked& asked) {
    const bool in_list = asked.list != nullptr && asked.list->column(field.id) == &field;
    return field.is_private || (in_list && asked.list->is_private);
}

Result<void> check_key(const std::string& key, const Clause& clause, const Asked& asked) {
    const Field* field = field_of(asked, key);
    if (field == nullptr) {
        if (is_built_in(key)) return {};
        return bad(
            fmt::format("“{}”台账没有“{}”这一项，不能作统计条件。", asked.ledger->title, key), key);
    }
    const bool sealed =
        is_private(*field, asked) || (field->sealed() && clause.test.kind != TestKind::Empty);
    if (!sealed) return {};
    return bad(fmt::format("“{}”的内容是加密保存的，不能作统计条件。", field->title), key);
}

// "unit" or "person" where the key's value is one, else "".
std::string_view named_register(const std::string& key, const Asked& asked) {
    if (const Field* field = field_of(asked, key)) {
        if (field->type == FieldType::Unit) return "unit";
        return field->type == FieldType::Person ? "person" : "";
    }
    if (key == "unit") return "unit";
    return key == "handler" ? "person" : "";
}

Result<void> resolve(definition::Literal& literal, std::string_view register_name,
                     const std::string& key, const access::Directory& directory) {
    if (!literal.value.is_text()) return {};
    const std::string called = literal.value.as_text();
    if (register_name == "unit") {
        const access::Unit* unit = directory.unit_named(called);
        if (unit == nullptr) return bad(fmt::format("没有叫“{}”的单位，或不止一个。", called), key);
        literal.value = unit->id.value;
    } else {
        const access::Person* person = directory.person_named(called);
        if (person == nullptr) {
            return bad(fmt::format("没有叫“{}”的人员，或不止一人，可以改用代码。", called), key);
        }
        literal.value = person->id.value;
    }
    return {};
}

}  // namespace

Result<Condition> checked_condition(const Condition& condition, const Asked& asked,
                                    const access::Directory& directory) {
    Condition checked = condition;
    for (Clause& clause : checked.clauses) {
        if (clause.key == kLinked) continue;  // Checked when it was read, against the other ledger.
        TRY_OK(check_key(clause.key, clause, asked));
        const std::string_view register_name = named_register(clause.key, asked);
        if (register_name.empty()) continue;
        for (definition::Literal& literal : clause.test.literals) {
            TRY_OK(resolve(literal, register_name, clause.key, directory));
        }
    }
    return checked;
}

namespace {

// Those that literals name, also within conditions on linked entries: they are of this entry.
void add_literal_fields(const Condition& condition, const definition::Ledger& ledger,
                        std::set<std::string>& fields) {
    const auto add = [&](const definition::Literal& literal) {
        if (ledger.field(literal.field) != nullptr) fields.insert(literal.field);
    };
    for (const Clause& clause : condition.clauses) {
        for (const auto& literal : clause.test.literals) add(literal);
        if (clause.test.min) add(*clause.test.min);
        if (clause.test.max) add(*clause.test.max);
        for (const Condition& inner : clause.test.inner) add_literal_fields(inner, ledger, fields);
    }
}

}  // namespace

void add_fields_read(const Condition& condition, const Asked& asked,
                     std::set<std::string>& fields) {
    add_literal_fields(condition, *asked.ledger, fields);
    const auto add = [&](const std::string& key) {
        if (asked.list != nullptr && asked.list->column(key) != nullptr) {
            fields.insert(asked.list->id);
        }
        if (asked.ledger->field(key) != nullptr) fields.insert(key);
    };
    for (const Clause& clause : condition.clauses) {
        add(clause.key);
    }
}

void add_ledgers_linked(const Condition& condition, const std::string& ledger,
                        std::set<std::pair<std::string, std::string>>& pairs) {
    for (const Clause& clause : condition.clauses) {
        if (clause.test.kind != TestKind::Linked) continue;
        pairs.emplace(ledger, clause.test.name);
        for (const Condition& inner : clause.test.inner) {
            add_ledgers_linked(inner, clause.test.name, pairs);
        }
    }
}

}  // namespace fazhi::measure
