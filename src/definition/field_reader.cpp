#include "definition/field_reader.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "definition/basis_reader.h"
#include "definition/condition_reader.h"
#include "definition/names.h"
#include "definition/reference.h"

namespace fazhi::definition {

namespace {

bool is_text_kind(FieldType type) {
    return type == FieldType::Text || type == FieldType::Note || type == FieldType::IdNumber ||
           type == FieldType::Phone || type == FieldType::Place;
}

bool is_choice_kind(FieldType type) {
    return type == FieldType::Choice || type == FieldType::Choices;
}

// Types a row of a list may not have: it is one row of one table.
bool is_column_type(FieldType type) {
    return type != FieldType::List && type != FieldType::Group && type != FieldType::Choices &&
           type != FieldType::Laws && type != FieldType::Figure && type != FieldType::VersionedText;
}

// The schema says which types there are; whether there is one it cannot ask, since an extension may
// name a field again.
FieldType read_type(const Cursor& cursor) {
    for (const char* key : {"title", "type"}) {
        if (!cursor.has(key)) cursor.at(key).error(fmt::format("缺 {}", key));
    }
    return field_type_from(cursor.text_at("type")).value_or(FieldType::Text);
}

void read_default(const Cursor& cursor, Field& field) {
    if (!cursor.present()) return;
    const Node& node = cursor.node();
    if (node.is_map() && node.has("setting")) {
        field.default_kind = DefaultKind::Setting;
        field.default_value = cursor.text_at("setting");
    } else if (node.is_map() && node.has("transition")) {
        field.default_kind = DefaultKind::Transition;
        field.default_value = cursor.text_at("transition");
    } else if (node.is_text() && node.text == "today") {
        field.default_kind = DefaultKind::Today;
        if (field.type != FieldType::Date && field.type != FieldType::Datetime) {
            cursor.error("today 只用于日期");
        }
    } else {
        field.default_kind = DefaultKind::Literal;
        field.default_value = to_value(node);
        for (const Cursor& item : cursor.items()) {
            const std::string fault = fault_of_value(to_value(item.node()), field);
            if (!fault.empty()) item.error(fault);
        }
    }
}

void check_attributes(const Cursor& cursor, const Field& field) {
    const auto only_for = [&cursor](const char* key, bool fits, std::string_view what) {
        if (cursor.has(key) && !fits) cursor.at(key).error(fmt::format("{} 只用于{}", key, what));
    };
    only_for("scale", field.type == FieldType::Decimal, "小数（decimal）");
    only_for("options", is_choice_kind(field.type), "选择项（choice、choices）");
    only_for("pattern", is_text_kind(field.type), "文字");
    only_for("fine", field.type == FieldType::Money, "金额（money）");
    only_for("of", field.type == FieldType::List || field.type == FieldType::Group,
             "列表和组合（list、group）");
    only_for("key", field.type == FieldType::List, "列表（list）");
    only_for("measure", field.type == FieldType::Figure, "取数（figure）");
    only_for("future", field.type == FieldType::Date || field.type == FieldType::Datetime, "日期");
    only_for("from",
             field.type == FieldType::Entry || field.type == FieldType::Person ||
                 field.type == FieldType::Unit,
             "条目、人员和单位（entry、person、unit）");

    if (is_choice_kind(field.type) && field.options.empty()) cursor.error("选择项至少要有一个选项");
    if (field.type == FieldType::Entry && !cursor.has("from")) {
        cursor.error("条目（entry）要写 from: {ledger: 台账}");
    }
    if (field.type == FieldType::Figure && field.measure.empty()) {
        cursor.error("取数（figure）要写 measure: 指标");
    }
    const bool has_columns = field.type == FieldType::List || field.type == FieldType::Group;
    if (has_columns && field.of.empty()) cursor.error("列表和组合要写 of: {列: …}");
    if (field.is_private && field.is_public) cursor.error("一项不能既 private 又 public");
    if (!field.pattern.empty()) {
        const RE2 pattern(field.pattern, RE2::Quiet);
        if (!pattern.ok()) {
            cursor.at("pattern").error(
                fmt::format("样式不是正则表达式（RE2）：{}", pattern.error()));
        }
    }
}

}  // namespace

Field declare_field(const std::string& id, const Cursor& cursor, FieldPlace place,
                    const std::string& added_by) {
    const std::string fault = fault_of_name(id, NameUse::Column);
    if (!fault.empty()) cursor.error(fault);

    Field field{.id = id, .title = cursor.text_at("title"), .type = read_type(cursor)};
    field.added_by = added_by;
    field.scale = cursor.integer("scale", field.type == FieldType::Decimal ? 2 : 0);
    field.required = cursor.yes("required");
    field.required_in = cursor.at("required_in").texts();
    field.options = read_options(cursor.at("options"));
    field.pattern = cursor.text_at("pattern");
    field.unit = cursor.text_at("unit");
    field.help = cursor.text_at("help");
    field.search = cursor.yes("search");
    field.is_private = cursor.yes("private");
    field.is_public = cursor.yes("public");
    field.future = cursor.yes("future");
    field.fine = cursor.yes("fine");
    field.different_from = cursor.text_at("different_from");
    field.key = cursor.at("key").texts();
    field.measure = cursor.text_at("measure");
    if (place == FieldPlace::Column && !is_column_type(field.type)) {
        cursor.at("type").error(fmt::format("列表的一列不能是 {}", to_text(field.type)));
    } else if (place == FieldPlace::Ledger) {
        field.of = declare_fields(cursor.at("of"), FieldPlace::Column, added_by);
    }
    for (Field& column : field.of) {
        column.is_private = column.is_private || field.is_private;
        column.is_public = column.is_public || (field.is_public && !column.is_private);
    }
    read_default(cursor.at("default"), field);
    check_attributes(cursor, field);
    return field;
}

namespace {

enum class Of { Entry, Row };

std::optional<Literal> read_limit(const Cursor& cursor, const Field& field, Of of,
                                  const Ledger& ledger, const DefinitionSet& set) {
    if (!cursor.present()) return std::nullopt;
    if (cursor.node().is_map() && cursor.node().has("field")) {
        if (of == Of::Row) {
            cursor.error("列表的一列不能以另一项为限");
        } else if (field.type == FieldType::List) {
            cursor.error("列表的行数只能写一个数或设置项");
        }
        return read_field_literal(cursor, ledger, field, SealedValues::Readable);
    }
    Literal limit = read_literal(cursor, set);
    Field like = field;
    if (like.type == FieldType::List || is_text_kind(like.type)) like.type = FieldType::Integer;
    const std::string fault =
        limit.setting.empty() ? fault_of_value(limit.value, like) : std::string();
    if (!fault.empty()) cursor.error(fault);
    return limit;
}

Source read_source(const Cursor& cursor, const Field& field, const Ledger& ledger,
                   const DefinitionSet& set) {
    Source source;
    source.ledgers = cursor.at("ledger").texts();
    source.valid_on = cursor.text_at("valid_on");
    if (field.type != FieldType::Entry) {
        const std::string register_name(to_text(field.type));
        if (!source.ledgers.empty()) cursor.error("人员、单位只写 where，不写 ledger");
        source.where =
            read_condition(cursor.at("where"), {.set = set, .built_in_register = register_name});
        return source;
    }
    if (source.ledgers.empty()) cursor.error("from 要写 ledger");
    const Ledger* first = nullptr;
    for (const Cursor& item : cursor.at("ledger").items()) {
        const Ledger* found = existing_ledger(item, set);
        if (first == nullptr) first = found;
        if (found != nullptr && !source.valid_on.empty() && !found->is_register) {
            cursor.at("valid_on").error(fmt::format("“{}”不是登记簿，没有有效期", found->title));
        }
    }
    if (!source.valid_on.empty() && source.valid_on != "happened_on") {
        existing_date_field(cursor.at("valid_on"), ledger);
    }
    if (first != nullptr) {
        source.where = read_condition(cursor.at("where"), {.set = set, .ledger = first});
    }
    return source;
}

void resolve_default(const Cursor& cursor, const Field& field, const Ledger& ledger,
                     const DefinitionSet& set) {
    if (field.default_kind == DefaultKind::Setting) {
        existing_setting(cursor.at("setting"), set);
    } else if (field.default_kind == DefaultKind::Transition) {
        existing_transition(cursor.at("transition"), ledger);
        if (field.type != FieldType::Date && field.type != FieldType::Datetime) {
            cursor.error("步骤的日期只能作日期的默认值");
        }
    }
}

// `siblings`: the fields beside it, for different_from.
void resolve_field(const Cursor& cursor, Field& field, const std::vector<Field>& siblings,
                   const Ledger& ledger, const DefinitionSet& set) {
    for (const Cursor& state : cursor.at("required_in").items()) existing_state(state, ledger);
    const Of of = &siblings == &ledger.fields ? Of::Entry : Of::Row;
    if (cursor.has("min")) field.min = read_limit(cursor.at("min"), field, of, ledger, set);
    if (cursor.has("max")) field.max = read_limit(cursor.at("max"), field, of, ledger, set);
    if (cursor.has("basis")) field.basis = read_basis(cursor.at("basis"), set);
    if (cursor.has("default")) resolve_default(cursor.at("default"), field, ledger, set);
    if (cursor.has("measure")) existing_measure(cursor.at("measure"), set);
    if (cursor.has("from")) field.from = read_source(cursor.at("from"), field, ledger, set);
    if (!field.different_from.empty()) {
        const auto other = std::find_if(siblings.begin(), siblings.end(), [&](const Field& each) {
            return each.id == field.different_from;
        });
        if (other == siblings.end() && field.different_from != "handler") {
            cursor.at("different_from").error(fmt::format("没有“{}”这一项", field.different_from));
        }
    }
    for (const Cursor& item : cursor.at("key").items()) {
        if (field.column(item.text()) == nullptr)
            item.error(fmt::format("“{}”没有“{}”这一列", field.title, item.text()));
    }
    const std::vector<Field> columns = field.of;
    for (const Cursor::Member& member : cursor.at("of").members()) {
        for (Field& column : field.of) {
            if (column.id != member.key) continue;
            resolve_field(member.value, column, columns, ledger, set);
            if (!column.required_in.empty()) {
                member.value.at("required_in").error("列表的一列不写 required_in，写在列表上");
            }
        }
    }
}

}  // namespace

std::vector<Option> read_options(const Cursor& cursor) {
    std::vector<Option> options;
    const auto add = [&options](const Cursor& at, Option option) {
        const bool known = std::any_of(options.begin(), options.end(), [&](const Option& each) {
            return each.title == option.title;
        });
        if (known) at.error(fmt::format("选项“{}”重复", option.title));
        options.push_back(std::move(option));
    };
    if (cursor.node().is_list()) {
        for (const Cursor& item : cursor.items()) {
            add(item, Option{.id = item.text(), .title = item.text()});
        }
        return options;
    }
    for (const Cursor::Member& member : cursor.members()) {
        const std::string fault = fault_of_name(member.key, NameUse::Id);
        if (!fault.empty()) member.value.error(fault);
        const bool long_form = member.value.node().is_map();
        add(member.value,
            Option{.id = member.key,
                   .title = long_form ? member.value.text_at("title") : member.value.text(),
                   .retired = member.value.yes("retired")});
    }
    return options;
}

std::vector<Field> declare_fields(const Cursor& cursor, FieldPlace place,
                                  const std::string& added_by) {
    std::vector<Field> fields;
    for (const Cursor::Member& member : cursor.members()) {
        fields.push_back(declare_field(member.key, member.value, place, added_by));
    }
    return fields;
}

void resolve_fields(const Cursor& cursor, Ledger& ledger, const DefinitionSet& set) {
    for (const Cursor::Member& member : cursor.members()) {
        const auto found = std::find_if(ledger.fields.begin(), ledger.fields.end(),
                                        [&](const Field& each) { return each.id == member.key; });
        if (found == ledger.fields.end()) continue;
        Field resolved = *found;
        resolve_field(member.value, resolved, ledger.fields, ledger, set);
        *found = std::move(resolved);
    }
}

}  // namespace fazhi::definition
