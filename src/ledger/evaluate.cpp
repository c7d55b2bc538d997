#include "ledger/evaluate.h"

#include <algorithm>

#include "calendar/date.h"
#include "text/decimal.h"

namespace fazhi::ledger {
namespace {

using definition::Literal;
using definition::Test;
using definition::TestKind;

bool is_empty(const Value& value) {
    return value.is_null() || (value.is_text() && value.as_text().empty()) ||
           (value.is_list() && value.as_list().empty()) ||
           (value.is_map() && value.as_map().empty());
}

const Entry& origin_of(const Subject& subject) {
    return subject.origin != nullptr ? *subject.origin : subject.entry;
}

Value literal_value(const Literal& literal, const Subject& subject, Surroundings& surroundings) {
    if (!literal.setting.empty()) return surroundings.setting(literal.setting);
    return literal.field.empty() ? literal.value : origin_of(subject).fields.at(literal.field);
}

bool equal(const Value& value, const Value& literal) {
    if (value.is_map() && value.has("id")) return value.at("id") == literal;
    return value == literal;
}

bool equals_any(const Value& value, const Test& test, const Subject& subject,
                Surroundings& surroundings) {
    return std::any_of(test.literals.begin(), test.literals.end(), [&](const Literal& literal) {
        const Value wanted = literal_value(literal, subject, surroundings);
        if (value.is_list()) {
            const Value::List& values = value.as_list();
            return std::find(values.begin(), values.end(), wanted) != values.end();
        }
        return !wanted.is_null() && equal(value, wanted);
    });
}

bool in_range(const Value& value, const Test& test, const Subject& subject,
              Surroundings& surroundings) {
    if (test.min) {
        const Value min = literal_value(*test.min, subject, surroundings);
        if (min.is_null() || compare(value, min) < 0) return false;
    }
    if (test.max) {
        const Value max = literal_value(*test.max, subject, surroundings);
        if (max.is_null() || compare(value, max) > 0) return false;
    }
    return true;
}

std::string date_part(const Value& value) {
    if (!value.is_text()) return {};
    if (const auto instant = calendar::parse_instant(value.as_text())) {
        return calendar::to_text(calendar::civil_date(*instant));
    }
    return calendar::date_from(value.as_text()) ? value.as_text() : std::string();
}

bool within_hours(const Value& value, const Test& test) {
    if (!value.is_text()) return false;
    int hour = -1;
    if (const auto instant = calendar::parse_instant(value.as_text())) {
        hour = calendar::civil_time(*instant).hour;
    } else if (value.as_text().size() == 5) {  // HH:MM, checked when it was stored.
        hour = (value.as_text()[0] - '0') * 10 + (value.as_text()[1] - '0');
    }
    if (hour < 0) return false;
    if (test.from_hour <= test.to_hour) return hour >= test.from_hour && hour < test.to_hour;
    return hour >= test.from_hour || hour < test.to_hour;
}

bool linked_holds(const Test& test, const Subject& subject, Surroundings& surroundings) {
    const std::vector<const Entry*> others = surroundings.linked(subject.entry, test.name);
    if (test.none) return others.empty();
    return std::any_of(others.begin(), others.end(), [&](const Entry* other) {
        return test.inner.empty() ||
               holds(test.inner.front(), Subject{*other, {}, nullptr, &origin_of(subject)},
                     surroundings);
    });
}

bool test_holds(const Test& test, const Value& value, const Subject& subject,
                Surroundings& surroundings) {
    switch (test.kind) {
        case TestKind::Empty:
            return is_empty(value) == test.flag;
        case TestKind::Linked:
            return linked_holds(test, subject, surroundings);
        case TestKind::AnyOf:
        case TestKind::HasAny:
            return !is_empty(value) && equals_any(value, test, subject, surroundings);
        case TestKind::Range:
            return !is_empty(value) && in_range(value, test, subject, surroundings);
        case TestKind::HasPost:
            return value.is_integer() &&
                   surroundings.has_post(PersonId{value.as_integer()}, test.name);
        case TestKind::Day: {
            const std::string date = date_part(value);
            return !date.empty() && surroundings.day_kind(date) == test.name;
        }
        case TestKind::Hours:
            return within_hours(value, test);
    }
    return false;
}

// The settings a test needs and does not find.
std::vector<std::string> empty_settings(const Test& test, Surroundings& surroundings) {
    std::vector<std::string> out;
    const auto look = [&](const Literal& literal) {
        if (!literal.setting.empty() && is_empty(surroundings.setting(literal.setting)))
            out.push_back(literal.setting);
    };
    for (const Literal& literal : test.literals) look(literal);
    if (test.min) look(*test.min);
    if (test.max) look(*test.max);
    return out;
}

}  // namespace

int compare(const Value& a, const Value& b) {
    const auto number = [](const Value& value) -> std::optional<std::int64_t> {
        if (value.is_integer())
            return text::scaled_decimal(std::to_string(value.as_integer()), text::kScaleMax - 3);
        if (value.is_text()) return text::scaled_decimal(value.as_text(), text::kScaleMax - 3);
        return std::nullopt;
    };
    const auto left = number(a);
    const auto right = number(b);
    if (left && right) return *left < *right ? -1 : static_cast<int>(*left > *right);
    if (a.is_text() && b.is_text()) return a.as_text().compare(b.as_text());
    return a < b ? -1 : static_cast<int>(b < a);
}

std::vector<std::string> settings_missing(const definition::Condition& condition,
                                          const Subject& subject, Surroundings& surroundings) {
    const auto has_its_settings = [&](const definition::Clause& clause) {
        return empty_settings(clause.test, surroundings).empty();
    };
    // Nearly always; then what is linked need not be looked at.
    if (std::all_of(condition.clauses.begin(), condition.clauses.end(), has_its_settings))
        return {};
    std::vector<std::string> out;
    for (const definition::Clause& clause : condition.clauses) {
        const Value value = value_of(clause.key, subject);
        const auto missing = empty_settings(clause.test, surroundings);
        if (missing.empty()) {
            if (test_holds(clause.test, value, subject, surroundings) == clause.test.negated)
                return {};
        } else if (!is_empty(value)) {
            out.insert(out.end(), missing.begin(), missing.end());
        } else if (!clause.test.negated) {
            return {};  // What is empty is never as the setting says.
        }
    }
    return out;
}

Value value_of(const std::string& key, const Subject& subject) {
    if (subject.row != nullptr && subject.row->has(key)) return subject.row->at(key);
    if (subject.entry.fields.has(key)) return subject.entry.fields.at(key);
    const EntryHead& head = subject.entry.head;
    if (key == "state") return head.state;
    if (key == "via") return subject.via;
    if (key == "unit") return head.unit ? Value(head.unit.value) : Value();
    if (key == "handler") return head.handler ? Value(head.handler.value) : Value();
    return {};
}

bool holds(const definition::Condition& condition, const Subject& subject,
           Surroundings& surroundings) {
    for (const definition::Clause& clause : condition.clauses) {
        const bool positive =
            test_holds(clause.test, value_of(clause.key, subject), subject, surroundings);
        if (positive == clause.test.negated) return false;
    }
    return true;
}

}  // namespace fazhi::ledger
