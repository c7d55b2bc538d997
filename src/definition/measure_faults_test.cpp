#include <doctest/doctest.h>

#include "definition/testing/fault_cases.h"
#include "definition/testing/packs.h"

namespace fazhi::definition {

using testing::FaultCase;

namespace {

constexpr std::string_view kC = "ledgers/complaint.yaml";
constexpr std::string_view kV = "ledgers/visit.yaml";
constexpr std::string_view kR = "reports/yearly.yaml";

}  // namespace

TEST_CASE("a measure names what exists and what fits") {
    const FaultCase cases[] = {
        {kC, "state: answered", "state: answred", "measures.complaints_answered.state",
         "是否要写“answered”"},
        {kC, "count: reached, state: answered", "count: reached", "measures.complaints_answered",
         "哪个状态"},
        {kC, "over: people", "over: place", "measures.complainants.over", "不是列表"},
        {kC, "where: {age: {min: 60}}", "where: {aeg: {min: 60}}",
         "measures.complainants.where.aeg", "是否要写“age”"},
        {kC, "sum: amount", "sum: kind", "measures.amount_involved.sum", "不是数"},
        {kC, "distinct: guide", "distinct: summary", "measures.guides_at_work.distinct",
         "加密保存"},
        {kC, "where: {kind: noise}}\n", "where: {summary: x}}\n",
         "measures.complaints_noise.where.summary", "加密保存"},
        {kC, "must: {max: complaints}", "must: {max: complaint}",
         "measures.complaints_water.must.max", "没有指标“complaint”，是否要写“complaints”"},
        {kC, "must: {max: complaints}", "must: {max: complaints_water}",
         "measures.complaints_water.must.max", "不能与自己相比"},
        {kC, "ratio: [complaints_answered, complaints]", "ratio: [complaints_answered]",
         "measures.answer_rate.ratio", "[分子, 分母]"},
        {kC, "ratio: [complaints_answered,", "ratio: [complaint_answered,",
         "measures.answer_rate.ratio[0]", "是否要写“complaints_answered”"},
        {kC, "cohort: received", "cohort: recieved", "measures.answer_rate.cohort",
         "是否要写“received”"},
        {kC, "total: [complaints_noise, complaints_water]",
         "total: [complaints_noise, complaints_both]", "measures.complaints_both",
         "由自己算出自己"},
        {kC, "total: [complaints_noise, complaints_water]",
         "total: [complaints_noise, complaints_noise]", "measures.complaints_both.total",
         "加了两次"},
        {kC, "sum: amount", "sum: amount, average: amount", "measures.amount_involved.average",
         "只能有一种算法"},
        {kV, "count: units, over: {unit: {kind: community}}}", "count: units}",
         "measures.communities", "数什么"},
        {kV, "over: {unit: {kind: community}}}", "over: {unit: {kind: comunity}}}",
         "measures.communities.over.unit.kind", "是否要写“community”"},
        {kV, "each: [{ledger: visit,", "each: [{ledger: vist,",
         "measures.communities_visited.each[0].ledger", "是否要写“visit”"},
        {kV, "visits:        {title: 走访, unit: 次, count: entries}",
         "complaints:    {title: 走访, unit: 次, count: entries}", "measures.complaints",
         "指标“complaints”已有，在台账 complaint"},
        {kV, "visits:        {title: 走访, unit: 次, count: entries}",
         "visits:        {title: 走访, unit: 次}", "measures.visits", "怎样统计"},
        {kV, "visits:        {title: 走访, unit: 次, count: entries}",
         "visits: {title: 走访, unit: 次, on_time: reply}", "measures.visits.on_time",
         "没有走访的期限“reply”"},
    };
    testing::check_faults(cases);
}

TEST_CASE("totals that may count one event twice are noted, those of different options are not") {
    CHECK(build_set({testing::office_pack()}).notes.empty());
    const Loaded loaded = build_set(
        {testing::changed(testing::office_pack(), kC, "total: [complaints_noise, complaints_water]",
                          "total: [complaints_noise, complaints]")});
    CHECK(loaded.set != nullptr);
    REQUIRE(loaded.notes.size() == 1);
    CHECK(loaded.notes.front().message.find("可能把同一件事数两次") != std::string::npos);
}

TEST_CASE("a report's sentences, tables and charts name measures that exist") {
    const FaultCase cases[] = {
        {kR, "收到诉求{complaints}", "收到诉求{complaint}", "parts[0].sections[0].say[0]",
         "没有指标“complaint”，是否要写“complaints”"},
        {kR, "{complaints|change}", "{complaints|chang}", "parts[0].sections[0].say[0]",
         "没有写法“|chang”"},
        {kR, "[，答复率{answer_rate}]", "[，答复率{answer_rate}", "parts[0].sections[0].say[0]",
         "方括号"},
        {kR, "heading: \"{year}年成效\"", "heading: \"{yeer}年成效\"", "parts[0].heading",
         "是否要写“year”"},
        {kR, "rows: {field: kind}", "rows: {field: knd}", "parts[0].sections[0].table.rows.field",
         "是否要写“kind”"},
        {kR, "rows: {field: kind}", "rows: {field: summary}",
         "parts[0].sections[0].table.rows.field", "不能按“内容”分列"},
        {kR, "columns: [complaints, ", "columns: [complaint, ",
         "parts[0].sections[0].table.columns[0]", "是否要写“complaints”"},
        {kR, "columns: [complaints, complaints_answered]", "columns: {field: outcome}",
         "parts[0].sections[0].table", "cell"},
        {kR, "measure: complaints, by: month", "measure: complaint, by: month",
         "parts[0].sections[0].chart.measure", "是否要写“complaints”"},
        {kR, "due: \"01-10\"", "due: \"13-10\"", "parts[0].sections[0].collect.due", "MM-DD"},
        {kR, "kind: [section, community]", "kind: [sections]",
         "parts[0].sections[0].collect.from.unit.kind[0]", "是否要写“section”"},
        {kR, "from: {post: law_office}", "from: {post: office}", "parts[1].collect.from.post",
         "没有岗位“office”"},
        {kR, "becomes: {ledger: visit}", "becomes: {ledger: promise}", "parts[1].becomes.ledger",
         "没有台账“promise”"},
        {kR, "signer: leader", "signer: mayor", "signer", "没有岗位“mayor”"},
        {kR, "addressee: {setting: addressee}", "addressee: {setting: adressee}", "addressee",
         "是否要写“addressee”"},
        {kR, "- part: plans", "- part: results", "parts[1].part", "重复"},
        {kR, "order: {setting: parts_order}", "order: {setting: addressee}", "order", "可选多项"},
    };
    testing::check_faults(cases);
}

TEST_CASE("settings, posts, laws, calendars and forms are checked") {
    const FaultCase cases[] = {
        {"settings.yaml", "default: 15 days", "default: 15", "settings.reply_limit.default",
         "应为期限"},
        {"settings.yaml", "default: [results, plans]", "default: [results, plan]",
         "settings.parts_order.default", "没有选项“plan”"},
        {"settings.yaml", "change: [leader]", "change: [leadr]", "settings.floor.change[0]",
         "是否要写“leader”"},
        {"roles.yaml", "ledgers: [complaint, visit]", "ledgers: [complaints, visit]",
         "roles.clerk.may[0].ledgers[0]", "是否要写“complaint”"},
        {"roles.yaml", "posts: [clerk, leader]", "posts: [clerk, leder]", "conflicts[0].posts[1]",
         "是否要写“leader”"},
        {"roles.yaml", "posts: [clerk, leader]", "posts: [clerk]", "conflicts[0]", "不得兼任"},
        {"roles.yaml", "leader:     {title", "handler:    {title", "roles.handler", "已有"},
        {"reference/laws.yaml", "silent: 民法典", "silent: 民法", "laws.信访法.silent",
         "不在本表中"},
        {"calendar/2024.yaml", "2024-01-01: 元旦", "2024-02-30: 元旦", "rest.2024-02-30", "2月"},
        {"calendar/2024.yaml", "2024-01-01: 元旦", "2020-01-01: 元旦", "rest.2020-01-01",
         "不是 2024 年的日子"},
        {"documents/reply.yaml", "{name}[，{age}岁]", "{nme}[，{age}岁]", "body[0].text",
         "没有“{nme}”"},
        {"documents/reply.yaml", "ledger: complaint", "ledger: complaints", "ledger",
         "是否要写“complaint”"},
        {"documents/reply.yaml", "signed_as: reply", "signed_as: replay", "signed_as",
         "是否要写“reply”"},
        {"documents/reply.yaml", "in_states: [working,", "in_states: [worked,", "in_states[0]",
         "没有群众诉求的状态“worked”"},
    };
    testing::check_faults(cases);
}

}  // namespace fazhi::definition
