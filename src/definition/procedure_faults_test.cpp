#include <doctest/doctest.h>

#include "definition/testing/fault_cases.h"
#include "definition/testing/packs.h"

namespace fazhi::definition {

using testing::FaultCase;

namespace {

constexpr std::string_view kC = "ledgers/complaint.yaml";

}  // namespace

TEST_CASE("what a step names must exist") {
    const FaultCase cases[] = {
        {kC, "from: received, to", "from: recieved, to", "transitions.accept.from",
         "是否要写“received”"},
        {kC, "to: closed", "to: close", "transitions.close.to", "是否要写“closed”"},
        {kC, "by: [law_office]", "by: [law_ofice]", "transitions.close.by[0]",
         "没有岗位“law_ofice”"},
        {kC, "not_by: [previous_actor, officer]", "not_by: [previous_actor, place]",
         "transitions.close.not_by[1]", "不是人员"},
        {kC, "evidence: [reply]", "evidence: [replay]", "transitions.answer.evidence[0]",
         "没有群众诉求的证据“replay”，是否要写“reply”"},
        {kC, "requires: [extra_days]", "requires: [extra_day]", "transitions.prolong.requires[0]",
         "是否要写“extra_days”"},
        {kC, "document: reply", "document: repply", "transitions.answer.document",
         "没有文书“repply”，是否要写“reply”"},
        {kC, "public: draft", "public: summary", "transitions.answer.public",
         "没有写 public: true"},
        {kC, "assign: {handler: officer}", "assign: {handler: place}",
         "transitions.accept.assign.handler", "不是人员"},
        {kC, "links: {visit: {where", "links: {visits: {where",
         "transitions.answer.gates[1].links.visits", "没有台账“visits”，是否要写“visit”"},
        {kC, "opens: {ledger: visit,", "opens: {ledger: vsit,", "transitions.answer.opens.ledger",
         "是否要写“visit”"},
        {kC, "purpose: {is: follow}", "purpose: {is: folow}",
         "transitions.answer.opens.set.purpose", "是否要写“follow”"},
        {kC, "note_text: summary}", "notes: summary}", "transitions.answer.opens.set.notes",
         "走访没有“notes”"},
        {kC, "note_text: summary}", "note_text: sumary}", "transitions.answer.opens.set.note_text",
         "是否要写“summary”"},
        {kC, "note_text: summary}", "note_text: summary}, in: parent",
         "transitions.answer.opens.in", "只能开在本辖区"},
        {kC, "note_text: summary}", "note_text: summary}, assign: {unit: officer}",
         "transitions.answer.opens.assign.unit", "不是单位"},
        {kC, "at_least: 1}", "at_least: 0}", "transitions.answer.gates[1].links.visit.at_least",
         "all: true, at_least: 0"},
        {kC, "at_least: 1}", "at_least: 1, latest: true}",
         "transitions.answer.gates[1].links.visit.latest", "不与 all、at_least 同写"},
        {kC, "from: answered, to: closed", "from: closed, to: answered", "transitions.close.from",
         "终结状态，要写 reopens"},
        {kC, "from: answered, to: closed", "from: answered, to: closed, reopens: true",
         "transitions.close.from", "不是终结状态"},
        {kC,
         "from: answered, to: closed, by: [law_office], not_by: [previous_actor, officer], note: "
         "required}",
         "from: closed, to: working, by: [law_office], reopens: true}", "transitions.close.reopens",
         "写明理由"},
        {kC, "times: 1}", "times: 1, after: repply}", "transitions.prolong.after",
         "没有群众诉求的期限“repply”，是否要写“reply”"},
    };
    testing::check_faults(cases);
}

TEST_CASE("a gate that demands nothing or always refuses is an error") {
    const FaultCase cases[] = {
        {kC, "{when: {kind: noise}, links: {visit: {where: {purpose: inspect}, at_least: 1}}}",
         "{when: {kind: noise}}", "transitions.answer.gates[1]", "没有要求"},
        {kC, "{when: {kind: noise}, links: {visit: {where: {purpose: inspect}, at_least: 1}}}",
         "{refuse: 不可以}", "transitions.answer.gates[1]", "什么情况下"},
    };
    testing::check_faults(cases);
}

TEST_CASE("a condition that does not fit what it asks is an error") {
    constexpr std::string_view kWhen = "{outcome: refused, amount: {min: 100}}";
    const auto when = [&](std::string_view condition, std::string_view key, std::string_view said) {
        static std::vector<std::string> paths;
        paths.reserve(100);
        paths.push_back("transitions.answer.gates[0].when" +
                        (key.empty() ? std::string() : "." + std::string(key)));
        return FaultCase{kC, kWhen, condition, paths.back(), said};
    };
    const FaultCase cases[] = {
        when("{outcom: refused}", "outcom", "没有“outcom”这一项，是否要写“outcome”"),
        when("{outcome: refuse}", "outcome", "是否要写“refused”"),
        when("{outcome: [solved, x]}", "outcome[1]", "没有选项“x”"),
        when("{outcome: {not: {nott: x}}}", "outcome.not.nott",
             "没有“nott”这种写法，是否要写“not”"),
        when("{outcome: {min: 1}}", "outcome", "不能比较大小"),
        when("{amount: many}", "amount", "整数（单位是分）"),
        when("{amount: {min: {setting: flor}}}", "amount.min", "是否要写“floor”"),
        when("{tags: 夜间}", "tags", "has_any"),
        when("{tags: {has_any: [白天]}}", "tags.has_any[0]", "没有选项“白天”"),
        when("{kind: {has_any: [noise]}}", "kind.has_any", "不用 has_any"),
        when("{people: x}", "people", "只能问 empty"),
        when("{officer: {field: kind}}", "officer", "类型不同"),
        when("{officer: {field: chief}}", "officer", "没有“chief”"),
        when("{officer: {same_as: checker}}", "officer.same_as", "写 {field: checker}"),
        when("{officer: {post: boss}}", "officer.post", "没有岗位“boss”"),
        when("{kind: {post: clerk}}", "kind.post", "只有人员"),
        when("{received_on: {day: sunday}}", "received_on.day", "day 没有“sunday”"),
        when("{received_on: {hours: [22, 6]}}", "received_on.hours", "只有时间"),
        when("{received_on: 2024-02-30}", "received_on", "应为日期"),
        when("{state: finished}", "state", "没有选项“finished”"),
        when("{linked: {visits: {purpose: inspect}}}", "linked.visits", "是否要写“visit”"),
        when("{linked: {visit: {purpose: look}}}", "linked.visit.purpose", "没有选项“look”"),
        when("{kind: {empty: 1}}", "kind.empty", "true 或 false"),
    };
    testing::check_faults(cases);
}

TEST_CASE("clocks are checked whole, and against the counting rule of their law") {
    const FaultCase cases[] = {
        {kC, "is: 5 workdays,", "is: 5 days,", "clocks.reply.within[0].is",
         "按《信访法》的计算方法，5日是工作日，应写 5 workdays"},
        {kC, "is: 5 workdays,", "is: 15 workdays,", "clocks.reply.within[0].is",
         "15日是自然日，应写 15 days"},
        {kC, "is: 5 workdays, basis: {law: 信访法, article: 7}",
         "is: 12 workdays, basis: {law: 强制法, article: 7}", "clocks.reply.within[0].is",
         "12日是自然日"},
        {kC, "is: 5 workdays, basis: {law: 信访法, article: 7}",
         "is: 20 days, basis: {law: 许可法, article: 7}", "clocks.reply.within[0].is",
         "20日是工作日"},
        {kC, "is: 5 workdays,", "is: five days,", "clocks.reply.within[0].is", "数字 单位"},
        {kC, "from: {field: received_on}\n", "from: {field: kind}\n", "clocks.reply.from.field",
         "不是日期"},
        {kC, "until: [answer]", "until: [anwser]", "clocks.reply.until[0]", "是否要写“answer”"},
        {kC, "{setting: reply_limit}", "{setting: floor}", "clocks.reply.within[1].is.setting",
         "不是期限"},
        {kC, "extend: {transition: prolong", "extend: {transition: prolng",
         "clocks.reply.extend.transition", "是否要写“prolong”"},
        {kC, "adds: {field: extra_days,", "adds: {field: place,", "clocks.reply.extend.adds.field",
         "不是整数"},
        {kC, "warn: [3 days]", "warn: [soon]", "clocks.reply.warn[0]", "数字 单位"},
    };
    testing::check_faults(cases);
}

TEST_CASE("an article of an unverified law is an error, an unknown law a note") {
    const FaultCase cases[] = {
        {"reports/yearly.yaml", "{law: 旧办法, note: 每年一次}", "{law: 旧办法, article: 3}",
         "basis", "尚未核实"},
        {kC, "basis: {law: 信访法, article: 2}", "basis: {article: 2}", "basis", "哪部法"},
    };
    testing::check_faults(cases);
    const Loaded loaded = build_set({testing::changed(
        testing::office_pack(), kC, "{law: 信访法, article: 2}", "{law: 某法, article: 2}")});
    CHECK(loaded.set != nullptr);
    REQUIRE(loaded.notes.size() == 1);
    CHECK(loaded.notes.front().message.find("《某法》不在") != std::string::npos);
}

}  // namespace fazhi::definition
