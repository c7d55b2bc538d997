#include "definition/condition_text.h"

#include <doctest/doctest.h>

#include "definition/loader.h"
#include "definition/testing/packs.h"

namespace fazhi::definition {

using testing::office_set;

TEST_CASE("a condition is said with titles, in the order it was written") {
    const auto set = office_set();
    const Ledger& ledger = *set->ledger("complaint");
    struct Case {
        const char* condition;
        const char* text;
    };
    const Case cases[] = {
        {"", ""},
        {"{kind: noise}", "类别是“噪声”"},
        {"{kind: [noise, water]}", "类别是“噪声”或“漏水”"},
        {"{kind: {not: [noise, water]}}", "类别不是“噪声”或“漏水”"},
        {"{tags: {has_any: [夜间, 反复]}}", "标签含“夜间”或“反复”"},
        {"{tags: {not: {has_any: [夜间]}}}", "标签不含“夜间”"},
        {"{amount: {min: 100, max: 20050}}", "涉及金额不小于1.00元且不大于200.50元"},
        {"{amount: {not: {min: 100}}}", "涉及金额不满足“不小于1.00元”"},
        {"{extra_days: {min: {setting: floor}}}", "延长天数不小于参数“最少人数”"},
        {"{summary: {empty: true}}", "内容为空"},
        {"{summary: {empty: false}}", "内容不为空"},
        {"{summary: {not: {empty: true}}}", "内容不为空"},
        {"{officer: {field: checker}}", "承办人是本条的“核查人”"},
        {"{officer: {not: {field: checker}}}", "承办人不是本条的“核查人”"},
        {"{officer: {not: {post: clerk}}}", "承办人不任“经办人”"},
        {"{received_on: {day: workday}}", "收到日期在工作日"},
        {"{received_on: {not: {day: holiday}}}", "收到日期不在法定节假日"},
        {"{state: {not: closed}, via: working}", "状态不是“已销号”，上一个状态是“办理中”"},
        {"{unit: 华创社区, handler: p3}", "单位是“华创社区”，经办人是“p3”"},
        {"{linked: {visit: {purpose: inspect}}}", "有关联的“走访”（目的是“查看”）"},
        {"{linked: {visit: {empty: true}}}", "没有关联的“走访”"},
        {"{answered_on: {min: {field: received_on}}}", "答复日期不小于本条的“收到日期”"},
        {"{linked: {visit: {occurred_on: {max: {field: received_on}}}}}",
         "有关联的“走访”（日期不大于本条的“收到日期”）"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.condition);
        const auto condition = parse_condition(each.condition, *set, ledger);
        REQUIRE(condition);
        CHECK(condition_text(*condition, {*set, &ledger, nullptr}) == each.text);
    }
}

TEST_CASE("every kind of measure says how it is counted") {
    const auto set = office_set();
    struct Case {
        const char* measure;
        const char* text;
    };
    const Case cases[] = {
        {"complaints", "“群众诉求”台账中登记的条数"},
        {"complaints_noise", "“群众诉求”台账中登记的条数，条件：类别是“噪声”"},
        {"complaints_both", "“噪声诉求”、“漏水诉求”之和"},
        {"complaints_answered", "“群众诉求”台账中首次进入“已答复”的条数"},
        {"complaints_open", "“群众诉求”台账中期末处于“已收到”或“办理中”或“已答复”的条数"},
        {"answer_rate", "“答复诉求”占“收到诉求”的百分比（按分母的同一批计算）"},
        {"complainants", "“群众诉求”台账中“诉求人”的行数，条件：年龄不小于60"},
        {"amount_involved", "“群众诉求”台账中“涉及金额”之和"},
        {"guides_at_work", "“群众诉求”台账中“联络员”不同值的个数"},
        {"with_visit", "“群众诉求”台账中登记的条数，条件：有关联的“走访”（目的是“查看”）"},
        {"communities", "单位（类别是“community”）的个数"},
        {"communities_visited", "单位（类别是“community”）中“走访”不少于2条（目的是“查看”）的个数"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.measure);
        const Measure* measure = set->measure(each.measure);
        REQUIRE(measure != nullptr);
        CHECK(measure_text(*measure, *set) == each.text);
    }
    // None goes without words.
    for (const Measure* measure : set->measures())
        CHECK_FALSE(measure_text(*measure, *set).empty());
}

}  // namespace fazhi::definition
