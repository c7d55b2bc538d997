#include "definition/condition_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "calendar/date.h"
#include "definition/built_in_register.h"
#include "definition/field_reader.h"
#include "definition/names.h"

namespace fazhi::definition {

namespace {

const std::vector<std::string> kOperators = {"not",  "has_any", "min",   "max",     "empty",
                                             "post", "day",     "hours", "setting", "field"};

// What a key names: a field, or something built in that behaves like one.
struct Asked {
    Field field;
    bool built_in = false;
};

Field choice_of_states(const Ledger& ledger, std::string id) {
    Field field{.id = std::move(id), .title = "状态", .type = FieldType::Choice};
    for (const State& state : ledger.states) {
        field.options.push_back({.id = state.id, .title = state.title});
    }
    return field;
}

std::optional<Asked> asked_of(const std::string& key, const ConditionScope& scope) {
    if (scope.ledger == nullptr) {
        const Field* field = built_in_column(scope.built_in_register, key);
        if (field == nullptr) return std::nullopt;
        return Asked{*field, true};
    }
    if (scope.list != nullptr) {
        if (const Field* column = scope.list->column(key)) return Asked{*column};
    }
    if (const Field* field = scope.ledger->field(key)) return Asked{*field};
    if (key == "state" || key == "via") return Asked{choice_of_states(*scope.ledger, key), true};
    if (key == "unit") return Asked{{.id = key, .title = "单位", .type = FieldType::Unit}, true};
    if (key == "handler") {
        return Asked{{.id = key, .title = "经办人", .type = FieldType::Person}, true};
    }
    return std::nullopt;
}

std::vector<std::string> known_keys(const ConditionScope& scope) {
    std::vector<std::string> keys;
    if (scope.ledger == nullptr) return built_in_columns(scope.built_in_register);
    if (scope.list != nullptr) {
        for (const Field& column : scope.list->of) keys.push_back(column.id);
    }
    for (const Field& field : scope.ledger->fields) keys.push_back(field.id);
    for (const char* key : {"unit", "handler", "linked"}) keys.emplace_back(key);
    if (!scope.ledger->states.empty()) keys.insert(keys.end(), {"state", "via"});
    return keys;
}

bool is_ordered(FieldType type) {
    switch (type) {
        case FieldType::Integer:
        case FieldType::Decimal:
        case FieldType::Money:
        case FieldType::Date:
        case FieldType::Datetime:
        case FieldType::Time:
        case FieldType::List:
            return true;
        case FieldType::Text:
        case FieldType::Note:
        case FieldType::YesNo:
        case FieldType::Choice:
        case FieldType::Choices:
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Entry:
        case FieldType::Laws:
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

bool holds_moment(FieldType type) {
    return type == FieldType::Date || type == FieldType::Datetime;
}

// Reads the test of one key; one reader per key.
class TestReader {
public:
    TestReader(const ConditionScope& scope, std::string key, const Field& field)
        : scope_(scope), key_(std::move(key)), field_(field) {}

    // Adds one clause per operator; `negated` inside {not: …}.
    void read(const Cursor& value, bool negated, Condition& condition) const {
        if (!value.node().is_map()) {
            read_equality(value, negated, condition);
            return;
        }
        if (value.node().keys.empty()) value.error("条件不能为空");
        if (value.has("min") || value.has("max")) {
            add(condition, read_range(value), negated, value);
        }
        for (const Cursor::Member& member : value.members()) {
            read_operator(member.key, member.value, value, negated, condition);
        }
    }

private:
    void read_operator(const std::string& name, const Cursor& argument, const Cursor& whole,
                       bool negated, Condition& condition) const {
        if (name == "min" || name == "max") return;
        if (name == "not") {
            read(argument, !negated, condition);
        } else if (name == "setting" || name == "field") {
            read_equality(whole, negated, condition);
        } else if (name == "empty") {
            if (argument.node().kind != NodeKind::YesNo) argument.error("empty 后写 true 或 false");
            add(condition, Test{.kind = TestKind::Empty, .flag = argument.node().flag}, negated,
                argument);
        } else if (name == "has_any") {
            add(condition, read_has_any(argument), negated, argument);
        } else if (name == "same_as") {
            argument.error(fmt::format("与另一项相同写 {{field: {}}}", argument.text()));
        } else if (name == "post") {
            add(condition, read_post(argument), negated, argument);
        } else if (name == "day") {
            add(condition, read_day(argument), negated, argument);
        } else if (name == "hours") {
            add(condition, read_hours(argument), negated, argument);
        } else {
            argument.error(
                fmt::format("条件里没有“{}”这种写法{}", name, suggestion(name, kOperators)));
        }
    }

    void add(Condition& condition, Test test, bool negated, const Cursor& at) const {
        test.negated = negated;
        if (scope_.sealed == SealedValues::Hidden && field_.sealed() &&
            test.kind != TestKind::Empty) {
            at.error(
                fmt::format("“{}”的内容是加密保存的，统计和筛选不能读它，只能问 empty；"
                            "若可以公开，请在该项写 public: true",
                            field_.title));
        }
        condition.clauses.push_back(Clause{key_, std::move(test)});
    }

    Literal checked_literal(const Cursor& value, const Field& like) const {
        if (value.node().is_map() && value.node().has("field")) {
            const Ledger* of = scope_.origin != nullptr ? scope_.origin : scope_.ledger;
            if (of != nullptr) return read_field_literal(value, *of, like, scope_.sealed);
        }
        Literal literal = read_literal(value, scope_.set);
        if (!literal.setting.empty() || literal.value.is_null()) return literal;
        const std::string fault = fault_of_value(literal.value, like);
        if (!fault.empty()) value.error(fault);
        return literal;
    }

    void read_equality(const Cursor& value, bool negated, Condition& condition) const {
        if (field_.type == FieldType::Choices) {
            value.error(fmt::format("“{}”可选多项，请写 {{has_any: […]}}", field_.title));
        } else if (field_.has_rows() || field_.type == FieldType::Group) {
            value.error(fmt::format("“{}”是一组内容，只能问 empty", field_.title));
        }
        Test test{.kind = TestKind::AnyOf};
        for (const Cursor& item : value.items()) {
            test.literals.push_back(checked_literal(item, field_));
        }
        if (test.literals.empty()) value.error("至少写一个值");
        add(condition, std::move(test), negated, value);
    }

    Test read_has_any(const Cursor& value) const {
        if (field_.type != FieldType::Choices && field_.type != FieldType::Laws) {
            value.error(fmt::format("“{}”只能有一个值，不用 has_any，直接写值", field_.title));
        }
        Field one = field_;
        one.type = field_.type == FieldType::Choices ? FieldType::Choice : FieldType::Text;
        Test test{.kind = TestKind::HasAny};
        for (const Cursor& item : value.items()) {
            test.literals.push_back(checked_literal(item, one));
        }
        if (test.literals.empty()) value.error("has_any 至少写一个值");
        return test;
    }

    Test read_range(const Cursor& value) const {
        if (!is_ordered(field_.type)) {
            value.error(fmt::format("“{}”不能比较大小", field_.title));
        }
        Field like = field_;
        if (like.type == FieldType::List) like.type = FieldType::Integer;
        Test test{.kind = TestKind::Range};
        if (value.has("min")) test.min = checked_literal(value.at("min"), like);
        if (value.has("max")) test.max = checked_literal(value.at("max"), like);
        return test;
    }

    Test read_post(const Cursor& value) const {
        Test test{.kind = TestKind::HasPost, .name = value.text()};
        if (field_.type != FieldType::Person) value.error("只有人员才能问 post");
        if (scope_.set.role(test.name) == nullptr) {
            std::vector<std::string> posts;
            for (const Role& role : scope_.set.roles()) posts.push_back(role.id);
            value.error(fmt::format("没有岗位“{}”{}", test.name, suggestion(test.name, posts)));
        }
        return test;
    }

    Test read_day(const Cursor& value) const {
        static const std::vector<std::string> kDays = {"workday", "weekend", "holiday"};
        Test test{.kind = TestKind::Day, .name = value.text()};
        if (!holds_moment(field_.type)) value.error("只有日期才能问 day");
        if (std::find(kDays.begin(), kDays.end(), test.name) == kDays.end()) {
            value.error(fmt::format("day 没有“{}”{}", test.name, suggestion(test.name, kDays)));
        }
        return test;
    }

    Test read_hours(const Cursor& value) const {
        Test test{.kind = TestKind::Hours};
        if (field_.type != FieldType::Datetime && field_.type != FieldType::Time) {
            value.error("只有时间才能问 hours");
        }
        const std::vector<Cursor> items = value.items();
        const auto is_hour = [](const Cursor& item) {
            const Node& node = item.node();
            return node.kind == NodeKind::Integer && node.number >= 0 && node.number <= 24;
        };
        if (items.size() != 2 || !is_hour(items[0]) || !is_hour(items[1])) {
            value.error("hours 写两个 0 到 24 的整点，如 [22, 6]");
            return test;
        }
        test.from_hour = static_cast<int>(items[0].node().number);
        test.to_hour = static_cast<int>(items[1].node().number);
        return test;
    }

    const ConditionScope& scope_;
    std::string key_;
    const Field& field_;
};

void read_linked(const Cursor& value, const ConditionScope& scope, Condition& condition) {
    if (!value.node().is_map()) value.error("linked 写成 {台账: 条件}");
    for (const Cursor::Member& member : value.members()) {
        Test test{.kind = TestKind::Linked, .name = member.key};
        const Ledger* other = scope.set.ledger(member.key);
        if (other == nullptr) {
            std::vector<std::string> ledgers;
            for (const Ledger& each : scope.set.ledgers()) ledgers.push_back(each.id);
            member.value.error(
                fmt::format("没有台账“{}”{}", member.key, suggestion(member.key, ledgers)));
            continue;
        }
        const Node& node = member.value.node();
        if (node.keys.size() == 1 && node.keys.front() == "empty") {
            test.none = node.items.front().flag;
        } else {
            test.inner.push_back(read_condition(
                member.value, {.set = scope.set,
                               .ledger = other,
                               .origin = scope.origin != nullptr ? scope.origin : scope.ledger,
                               .sealed = scope.sealed}));
        }
        condition.clauses.push_back(Clause{"linked", std::move(test)});
    }
}

bool is_decimal(std::string_view text, int scale) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point == std::string_view::npos ? "" : text.substr(point + 1);
    const auto digits = [](std::string_view t) {
        return std::all_of(t.begin(), t.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    return !whole.empty() && digits(whole) && digits(part) &&
           part.size() <= static_cast<std::size_t>(scale);
}

bool is_time(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return false;
    int hour = 0;
    int minute = 0;
    const char* const begin = text.data();
    const auto first = std::from_chars(begin, begin + 2, hour);
    const auto second = std::from_chars(begin + 3, begin + 5, minute);
    return first.ptr == begin + 2 && second.ptr == begin + 5 && hour < 24 && minute < 60;
}

std::string fault_of_choice(const Value& value, const Field& field) {
    std::vector<std::string> ids;
    for (const Option& option : field.options) ids.push_back(option.id);
    const std::string id = value.is_text() ? value.as_text() : "";
    if (value.is_text() && field.option(id) != nullptr) return "";
    return fmt::format("“{}”没有选项“{}”{}", field.title, id, suggestion(id, ids));
}

}  // namespace

std::string fault_of_value(const Value& value, const Field& field) {
    const auto expected = [&field](bool fits, std::string_view what) {
        return fits ? std::string() : fmt::format("“{}”应为{}", field.title, what);
    };
    const std::string text = value.is_text() ? value.as_text() : "";
    switch (field.type) {
        case FieldType::Choice:
        case FieldType::Choices:
            return fault_of_choice(value, field);
        case FieldType::YesNo:
            return expected(value.is_bool(), " true 或 false");
        case FieldType::Integer:
            return expected(value.is_integer(), "整数");
        case FieldType::Money:
            return expected(value.is_integer(), "整数（单位是分）");
        case FieldType::Decimal:
            return expected(value.is_integer() || is_decimal(text, field.scale),
                            fmt::format("最多 {} 位小数的数", field.scale));
        case FieldType::Date:
            return expected(calendar::date_from(text).has_value(), "日期，如 2024-01-31");
        case FieldType::Datetime:
            return expected(calendar::date_from(text) || calendar::parse_instant(text),
                            "日期或时刻，如 2024-01-31");
        case FieldType::Time:
            return expected(is_time(text), "时间，如 \"08:30\"");
        case FieldType::Text:
        case FieldType::Note:
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Entry:
        case FieldType::Laws:
        case FieldType::IdNumber:
        case FieldType::Phone:
        case FieldType::VersionedText:
        case FieldType::Place:
            return expected(value.is_text(), "文字");
        case FieldType::List:
        case FieldType::Group:
        case FieldType::Figure:
            return "";
    }
    return "";
}

Literal read_field_literal(const Cursor& cursor, const Ledger& ledger, const Field& like,
                           SealedValues sealed) {
    const std::string name = cursor.text_at("field");
    const Field* field = ledger.field(name);
    if (field == nullptr) {
        std::vector<std::string> names;
        for (const Field& each : ledger.fields) names.push_back(each.id);
        cursor.error(
            fmt::format("“{}”没有“{}”这一项{}", ledger.title, name, suggestion(name, names)));
        return {};
    }
    if (field->type != like.type) {
        cursor.error(fmt::format("“{}”与“{}”类型不同，不能相比", like.title, field->title));
    } else if (sealed == SealedValues::Hidden && field->sealed()) {
        cursor.error(fmt::format("“{}”的内容是加密保存的，统计和筛选不能读它", field->title));
    }
    return Literal{.field = name};
}

Literal read_literal(const Cursor& cursor, const DefinitionSet& set) {
    const Node& node = cursor.node();
    if (node.is_map() && node.has("setting")) {
        const std::string name = cursor.text_at("setting");
        if (set.setting(name) == nullptr) {
            std::vector<std::string> names;
            for (const Setting& each : set.settings()) names.push_back(each.name);
            cursor.error(fmt::format("没有设置项“{}”{}", name, suggestion(name, names)));
        }
        return Literal{.setting = name};
    }
    if (!node.is_scalar() || node.is_null()) {
        cursor.error("这里写一个值，或 {setting: 设置项}");
        return {};
    }
    return Literal{.value = to_value(node)};
}

Condition read_condition(const Cursor& cursor, const ConditionScope& scope) {
    Condition condition;
    if (!cursor.present()) return condition;
    if (!cursor.node().is_map()) cursor.error("条件写成 {项: 值}");
    for (const Cursor::Member& member : cursor.members()) {
        if (member.key == "linked" && scope.ledger != nullptr) {
            read_linked(member.value, scope, condition);
            continue;
        }
        const auto asked = asked_of(member.key, scope);
        if (!asked) {
            member.value.error(fmt::format("没有“{}”这一项{}", member.key,
                                           suggestion(member.key, known_keys(scope))));
            continue;
        }
        TestReader(scope, member.key, asked->field)
            .read(member.value, /*negated=*/false, condition);
    }
    return condition;
}

bool exclude_each_other(const Condition& a, const Condition& b) {
    const auto plain = [](const Clause& clause) {
        const Test& test = clause.test;
        return test.kind == TestKind::AnyOf &&
               std::none_of(test.literals.begin(), test.literals.end(), [](const Literal& literal) {
                   return !literal.setting.empty() || !literal.field.empty();
               });
    };
    const auto holds = [](const Test& test, const Value& value) {
        return std::any_of(test.literals.begin(), test.literals.end(),
                           [&](const Literal& literal) { return literal.value == value; });
    };
    // How many of the first's literals the second has as well.
    const auto shared = [&holds](const Test& one, const Test& other) {
        return static_cast<std::size_t>(
            std::count_if(one.literals.begin(), one.literals.end(),
                          [&](const Literal& literal) { return holds(other, literal.value); }));
    };
    const auto exclude = [&shared](const Test& one, const Test& other) {
        if (!one.negated && !other.negated) return shared(one, other) == 0;
        if (one.negated && other.negated) return false;
        const Test& asked = one.negated ? other : one;
        const Test& barred = one.negated ? one : other;
        return shared(asked, barred) == asked.literals.size();
    };
    for (const Clause& one : a.clauses) {
        for (const Clause& other : b.clauses) {
            if (one.key != other.key || !plain(one) || !plain(other)) continue;
            if (exclude(one.test, other.test)) return true;
        }
    }
    return false;
}

}  // namespace fazhi::definition
