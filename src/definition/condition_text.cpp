#include "definition/condition_text.h"

#include <vector>

#include <fmt/format.h>

namespace fazhi::definition {

namespace {

constexpr int kFenOfYuan = 100;

const Field* field_of(const std::string& key, const SaidOf& of) {
    if (of.list != nullptr) {
        if (const Field* column = of.list->column(key)) return column;
    }
    return of.ledger == nullptr ? nullptr : of.ledger->field(key);
}

std::string title_of(const std::string& key, const SaidOf& of) {
    if (const Field* field = field_of(key, of)) return field->title;
    if (key == "state") return "状态";
    if (key == "via") return "上一个状态";
    if (key == "unit") return "单位";
    if (key == "handler") return "经办人";
    if (key == "kind") return "类别";
    if (key == "post") return "岗位";
    return key;
}

std::string state_title(const std::string& id, const Ledger* ledger) {
    const State* state = ledger == nullptr ? nullptr : ledger->state(id);
    return state == nullptr ? id : state->title;
}

std::string plain_text(const Value& value, const std::string& key, const SaidOf& of) {
    const Field* field = field_of(key, of);
    if (value.is_bool()) return value.as_bool() ? "是" : "否";
    if (value.is_integer()) {
        const std::int64_t number = value.as_integer();
        if (field != nullptr && field->type == FieldType::Money)
            return fmt::format("{}.{:02}元", number / kFenOfYuan, std::abs(number % kFenOfYuan));
        return std::to_string(number);
    }
    if (!value.is_text()) return "空";
    if (field == nullptr && (key == "state" || key == "via"))
        return state_title(value.as_text(), of.ledger);
    const Option* option = field == nullptr ? nullptr : field->option(value.as_text());
    return option == nullptr ? value.as_text() : option->title;
}

std::string literal_text(const Literal& literal, const std::string& key, const SaidOf& of) {
    if (!literal.field.empty()) {
        const SaidOf asking{of.set, of.origin != nullptr ? of.origin : of.ledger};
        return fmt::format("本条的“{}”", title_of(literal.field, asking));
    }
    if (literal.setting.empty()) {
        const std::string plain = plain_text(literal.value, key, of);
        return literal.value.is_text() ? fmt::format("“{}”", plain) : plain;
    }
    const Setting* setting = of.set.setting(literal.setting);
    return fmt::format("参数“{}”", setting == nullptr ? literal.setting : setting->title);
}

std::string any_of(const Test& test, const std::string& key, const SaidOf& of) {
    std::vector<std::string> words;
    for (const Literal& literal : test.literals) words.push_back(literal_text(literal, key, of));
    return fmt::format("{}", fmt::join(words, "或"));
}

std::string range_text(const Test& test, const std::string& key, const SaidOf& of) {
    std::vector<std::string> words;
    if (test.min) words.push_back("不小于" + literal_text(*test.min, key, of));
    if (test.max) words.push_back("不大于" + literal_text(*test.max, key, of));
    return fmt::format("{}", fmt::join(words, "且"));
}

std::string day_title(const std::string& day) {
    if (day == "workday") return "工作日";
    return day == "weekend" ? "周末" : "法定节假日";
}

std::string linked_text(const Test& test, const SaidOf& of) {
    const Ledger* other = of.set.ledger(test.name);
    const std::string title = other == nullptr ? test.name : other->title;
    if (test.none) return fmt::format("没有关联的“{}”", title);
    const Ledger* asking = of.origin != nullptr ? of.origin : of.ledger;
    const std::string inner =
        test.inner.empty() ? ""
                           : condition_text(test.inner.front(), {of.set, other, nullptr, asking});
    return fmt::format("有关联的“{}”{}", title, inner.empty() ? "" : "（" + inner + "）");
}

// What follows the key's title.
std::string test_text(const Test& test, const std::string& key, const SaidOf& of) {
    switch (test.kind) {
        case TestKind::AnyOf:
            return (test.negated ? "不是" : "是") + any_of(test, key, of);
        case TestKind::HasAny:
            return (test.negated ? "不含" : "含") + any_of(test, key, of);
        case TestKind::Range:
            return test.negated ? fmt::format("不满足“{}”", range_text(test, key, of))
                                : range_text(test, key, of);
        case TestKind::Empty:
            return test.flag != test.negated ? "为空" : "不为空";
        case TestKind::HasPost: {
            const Role* role = of.set.role(test.name);
            return fmt::format("{}任“{}”", test.negated ? "不" : "",
                               role == nullptr ? test.name : role->title);
        }
        case TestKind::Day:
            return fmt::format("{}在{}", test.negated ? "不" : "", day_title(test.name));
        case TestKind::Hours:
            return fmt::format("{}在{}时至{}时", test.negated ? "不" : "", test.from_hour,
                               test.to_hour);
        case TestKind::Linked:
            return linked_text(test, of);
    }
    return "";
}

std::string states_text(const Measure& measure, const Ledger& ledger) {
    std::vector<std::string> titles;
    for (const std::string& id : measure.states)
        titles.push_back(fmt::format("“{}”", state_title(id, &ledger)));
    return fmt::format("{}", fmt::join(titles, "或"));
}

std::string passages_text(const Measure& measure, const Ledger& ledger) {
    if (measure.transition.empty())
        return fmt::format("进入{}的次数", states_text(measure, ledger));
    const Transition* step = ledger.transition(measure.transition);
    return fmt::format("“{}”的次数", step == nullptr ? measure.transition : step->title);
}

std::string standing_text(const Measure& measure, const Ledger& ledger) {
    const char* when = measure.as_of_start ? "期初" : "期末";
    return measure.states.empty()
               ? fmt::format("{}有效的条数", when)
               : fmt::format("{}处于{}的条数", when, states_text(measure, ledger));
}

std::string coverage_text(const Measure& measure, const DefinitionSet& set) {
    const Ledger* over = set.ledger(measure.over_register);
    std::string who = over == nullptr ? measure.over_register : over->title;
    if (who == "unit") who = "单位";
    if (who == "person") who = "人员";
    if (who == "jurisdiction") who = "辖区";
    const std::string which = condition_text(measure.over_where, {set, over, nullptr});
    std::vector<std::string> needs;
    for (const Coverage& each : measure.each) {
        const Ledger* ledger = set.ledger(each.ledger);
        const std::string where = condition_text(each.where, {set, ledger, nullptr});
        needs.push_back(fmt::format("“{}”不少于{}条{}",
                                    ledger == nullptr ? each.ledger : ledger->title, each.at_least,
                                    where.empty() ? "" : "（" + where + "）"));
    }
    const std::string needed = needs.empty() ? "" : fmt::format("中{}", fmt::join(needs, "且"));
    return fmt::format("{}{}{}的个数", who, which.empty() ? "" : "（" + which + "）", needed);
}

// What is counted, or what a number is taken of.
std::string counted_text(const Measure& measure, const Ledger& ledger, const SaidOf& of) {
    switch (measure.count) {
        case CountKind::Reached:
            return fmt::format("首次进入{}的条数", states_text(measure, ledger));
        case CountKind::Passages:
            return passages_text(measure, ledger);
        case CountKind::Standing:
            return standing_text(measure, ledger);
        case CountKind::Rows:
            return fmt::format("“{}”的行数", title_of(measure.over_list, of));
        case CountKind::None:
        case CountKind::Entries:
        case CountKind::Units:
        case CountKind::Runs:
            break;
    }
    return "登记的条数";
}

std::string titles_of(const std::vector<std::string>& measures, const DefinitionSet& set) {
    std::vector<std::string> titles;
    for (const std::string& id : measures) {
        const Measure* measure = set.measure(id);
        titles.push_back(fmt::format("“{}”", measure == nullptr ? id : measure->title));
    }
    return fmt::format("{}", fmt::join(titles, "、"));
}

std::string with_condition(std::string said, const Measure& measure, const SaidOf& of) {
    const std::string where = condition_text(measure.where, of);
    return where.empty() ? said : fmt::format("{}，条件：{}", said, where);
}

std::string total_text(const Measure& measure, const DefinitionSet& set) {
    std::string out = titles_of(measure.total, set) + "之和";
    return measure.less.empty() ? out : out + "，减去" + titles_of(measure.less, set);
}

}  // namespace

std::string condition_text(const Condition& condition, const SaidOf& of) {
    std::vector<std::string> words;
    for (const Clause& clause : condition.clauses) {
        const bool says_all = clause.test.kind == TestKind::Linked;
        words.push_back((says_all ? "" : title_of(clause.key, of)) +
                        test_text(clause.test, clause.key, of));
    }
    return fmt::format("{}", fmt::join(words, "，"));
}

std::string measure_text(const Measure& measure, const DefinitionSet& set) {
    if (measure.kind == MeasureKind::Total) return total_text(measure, set);
    if (measure.kind == MeasureKind::Ratio) {
        return fmt::format("{}占{}的百分比{}", titles_of({measure.numerator}, set),
                           titles_of({measure.denominator}, set),
                           measure.cohort.empty() ? "" : "（按分母的同一批计算）");
    }
    if (measure.count == CountKind::Units) return coverage_text(measure, set);
    const Ledger* ledger = set.ledger(measure.ledger);
    if (ledger == nullptr) return measure.title;
    const Field* list = measure.over_list.empty() ? nullptr : ledger->field(measure.over_list);
    const SaidOf of{set, ledger, list};
    const std::string head = fmt::format("“{}”台账中", ledger->title);
    const std::string taken = fmt::format("“{}”", title_of(measure.field, of));
    const bool plain = measure.count == CountKind::Entries || measure.count == CountKind::None;
    const std::string among =
        plain ? "" : fmt::format("（按{}）", counted_text(measure, *ledger, of));
    switch (measure.kind) {
        case MeasureKind::Sum:
            return with_condition(head + taken + "之和" + among, measure, of);
        case MeasureKind::Average:
            return with_condition(head + taken + "的平均" + among, measure, of);
        case MeasureKind::Distinct:
            return with_condition(head + taken + "不同值的个数" + among, measure, of);
        case MeasureKind::Latest:
            return with_condition(head + "最近一条的" + taken + among, measure, of);
        case MeasureKind::OnTime: {
            const Clock* clock = ledger->clock(measure.clock);
            return fmt::format("{}期限“{}”在本期到期的，按时办结的百分比", head,
                               clock == nullptr ? measure.clock : clock->title);
        }
        case MeasureKind::Count:
            return with_condition(head + counted_text(measure, *ledger, of), measure, of);
        case MeasureKind::Total:
        case MeasureKind::Ratio:
            break;
    }
    return measure.title;
}

}  // namespace fazhi::definition
