#include <doctest/doctest.h>

#include "definition/testing/fault_cases.h"
#include "definition/testing/packs.h"

namespace fazhi::definition {

using testing::FaultCase;

namespace {

constexpr std::string_view kC = "ledgers/complaint.yaml";
constexpr std::string_view kV = "ledgers/visit.yaml";

}  // namespace

TEST_CASE("a misspelt key is an error that says what was meant") {
    const FaultCase cases[] = {
        {kC, "about: 受理", "abuot: 受理", "abuot", "没有“abuot”这个键，是否要写“about”"},
        {kC, "phone:       {title: 电话, type: phone,", "phone: {titel: 电话, type: phone,",
         "fields.phone.titel", "是否要写“title”"},
        {kC, "photo: {title: 现场照片, expected: true}", "photo: {title: 现场照片, expcted: true}",
         "evidence.photo.expcted", "是否要写“expected”"},
        {kC, "final: true", "finel: true", "states.closed.finel", "是否要写“final”"},
        {kC, "not_by: [previous_actor", "notby: [previous_actor", "transitions.close.notby",
         "是否要写“not_by”"},
        {kC, "- {when: {kind: noise}, links", "- {wen: {kind: noise}, links",
         "transitions.answer.gates[1].wen", "是否要写“when”"},
        {kC, "sum: amount", "sun: amount", "measures.amount_involved.sun", "是否要写“sum”"},
        {"roles.yaml", "scope: unit", "scop: unit", "roles.clerk.may[0].scop", "是否要写“scope”"},
        {"pack.yaml", "title: 试验街道", "titel: 试验街道", "titel", "是否要写“title”"},
    };
    testing::check_faults(cases);
}

TEST_CASE("a value of another kind than expected is an error") {
    const FaultCase cases[] = {
        {kC, "{title: 电话, type: phone, private: true}", "[1, 2]", "fields.phone", "应为一项"},
        {kC, "required: true, search", "required: 1, search", "fields.summary.required",
         "true 或 false"},
        {kC, "title: 群众诉求", "title: 2024", "title", "像数字的文字要加引号"},
        {kC, "type: note,", "type: notes,", "fields.summary.type",
         "没有类型“notes”，是否要写“note”"},
        {kC, "times: 1}", "times: 0}", "transitions.prolong.times", "应为正整数"},
        {kC, "count: reached", "count: reech", "measures.complaints_answered.count",
         "没有统计方式“reech”"},
        {kC, "{when: {kind: noise}, links", "{when: noise, links",
         "transitions.answer.gates[1].when", "应为条件"},
        {"roles.yaml", "scope: unit", "scope: units", "roles.clerk.may[0].scope",
         "没有范围“units”"},
        {"roles.yaml", "[view, close]", "[view, clos]", "roles.leader.may[0].do[1]",
         "没有权限“clos”，是否要写“close”"},
        {"settings.yaml", "type: duration", "type: durations", "settings.reply_limit.type",
         "是否要写“duration”"},
    };
    testing::check_faults(cases);
}

TEST_CASE("what must be there and is not is an error") {
    const FaultCase cases[] = {
        {kC, "title: 群众诉求\n", "", "title", "缺 title"},
        {kC, "{title: 漏水诉求, unit: 件, count", "{title: 漏水诉求, count",
         "measures.complaints_water.unit", "缺 unit"},
        {kC, "title: 现场照片, ", "", "evidence.photo.title", "缺 title"},
        {kC, "title: 电话, type: phone", "title: 电话", "fields.phone.type", "缺 type"},
        {kC, "from: received, to: working", "from: received", "transitions.accept.to", "缺 to"},
        {kC, "by: [leader], ", "", "transitions.prolong", "由谁办"},
        {"pack.yaml", "version: \"1.0.0\"\n", "", "version", "缺 version"},
    };
    // Without the key there is no such line: the problem stands where its parent begins.
    for (const FaultCase& each : cases) {
        CAPTURE(each.key_path);
        const Loaded loaded =
            build_set({testing::changed(testing::office_pack(), each.path, each.from, each.to)});
        bool said = false;
        for (const Problem& problem : loaded.problems) {
            said = said || (problem.key_path == each.key_path && problem.line > 0 &&
                            problem.message.find(each.message) != std::string::npos);
        }
        CHECK_MESSAGE(said, testing::all_of(loaded.problems));
    }
}

TEST_CASE("names that cannot be names are errors") {
    const FaultCase cases[] = {
        {kC, "phone:  ", "Phone:  ", "fields.Phone", "小写"},
        {kC, "phone:  ", "order:  ", "fields.order", "保留字"},
        {kC, "phone:  ", "state:  ", "fields.state", "内置项"},
        {kC, "{name: {title: 姓名", "{position: {title: 姓名", "fields.people.of.position",
         "内置项"},
        {kC, "water: 漏水", "a__b: 漏水", "fields.kind.options.a__b", "连续的下划线"},
        {kC, "ledger: complaint\n", "ledger: 诉求\n", "ledger", "小写"},
        {kC, "complaints_both: ", "Both: ", "measures.Both", "小写"},
        {kC, "title: 电话, ", "title: 地点, ", "fields.phone", "项的名称“地点”有两个"},
        {kC, "water: 漏水", "water: 噪声", "fields.kind.options.water", "选项“噪声”重复"},
    };
    testing::check_faults(cases);
}

TEST_CASE("nobody is ranked by fines, nor by what is made of them") {
    const FaultCase cases[] = {
        {kC, "sum: fined}", "sum: fined, better: less}", "measures.fines.better", "第七十四条"},
        {kC, "ratio: [complaints_answered, complaints], cohort: received}",
         "ratio: [fines, complaints], better: more}", "measures.answer_rate.better",
         "不得用于考核排名"},
        {kC, "cohort: received}", "cohort: received, better: most}", "measures.answer_rate.better",
         "more"},
    };
    testing::check_faults(cases);
}

TEST_CASE("fields whose attributes do not go together are errors") {
    const FaultCase cases[] = {
        {kC, "type: phone, private: true}", "type: figure}", "fields.phone", "要写 measure: 指标"},
        {kC, "type: phone, private: true}", "type: figure, measure: complaint}",
         "fields.phone.measure", "没有指标“complaint”，是否要写“complaints”"},
        {kC, "type: phone, private: true}", "type: phone, measure: complaints}",
         "fields.phone.measure", "只用于取数"},
        {kC, "private: true}", "private: true, public: true}", "fields.phone",
         "不能既 private 又 public"},
        {kC, "extra_days:  {title: 延长天数, type: integer",
         "extra_days:  {title: 延长天数, pattern: \"[0-9]+\", type: integer",
         "fields.extra_days.pattern", "只用于文字"},
        {kC, "\"[A-Z]{2}[0-9]{6}\"", "\"[A-Z\"", "fields.code.pattern", "正则表达式"},
        {kC, "options: {noise: 噪声, water: 漏水, other: 其他}}", "help: 无}", "fields.kind",
         "至少要有一个选项"},
        {kC, "{title: 罚款, type: money, fine: true}", "{title: 罚款, type: integer, fine: true}",
         "fields.fined.fine", "只用于金额"},
        {kC, "age: {title: 年龄, type: integer, min: 0, max: 150}",
         "age: {title: 年龄, type: choices, options: [大, 小]}", "fields.people.of.age.type",
         "不能是 choices"},
        {kC, "type: entry, from: {ledger: guide, valid_on: received_on, where: {level: senior}}",
         "type: entry", "fields.guide", "from: {ledger"},
        {kC, "min: 0}\n  fined", "min: many}\n  fined", "fields.amount.min", "整数（单位是分）"},
        {kV, "default: today}", "default: soon}", "fields.occurred_on.default", "应为日期"},
    };
    testing::check_faults(cases);
}

TEST_CASE("what a field names must exist") {
    const FaultCase cases[] = {
        {kC, "required_in: [answered]", "required_in: [answerd]", "fields.outcome.required_in[0]",
         "没有群众诉求的状态“answerd”，是否要写“answered”"},
        {kC, "different_from: checker", "different_from: cheker", "fields.officer.different_from",
         "没有“cheker”"},
        {kC, "{setting: floor}", "{setting: flor}", "fields.people.min",
         "没有设置项“flor”，是否要写“floor”"},
        {kC, "from: {ledger: guide,", "from: {ledger: gide,", "fields.guide.from.ledger",
         "没有台账“gide”，是否要写“guide”"},
        {kC, "from: {ledger: guide,", "from: {ledger: visit,", "fields.guide.from.valid_on",
         "不是登记簿"},
        {kC, "valid_on: received_on", "valid_on: kind", "fields.guide.from.valid_on", "不是日期"},
        {kC, "where: {level: senior}", "where: {level: top}", "fields.guide.from.where.level",
         "没有选项“top”"},
        {kC, "default: {transition: answer}", "default: {transition: anwser}",
         "fields.answered_on.default.transition", "是否要写“answer”"},
    };
    testing::check_faults(cases);
}

TEST_CASE("a ledger's head is checked") {
    const FaultCase cases[] = {
        {kC, "dated_by: received_on", "dated_by: received", "dated_by", "没有日期项“received”"},
        {kC, "dated_by: received_on", "dated_by: kind", "dated_by", "不是"},
        {kC, "诉〔{year}〕{serial}号", "诉〔{year}〕号", "number", "{serial}"},
        {kC, "诉〔{year}〕{serial}号", "诉〔{yeer}〕{serial}号", "number", "是否要写“year”"},
        {kC, "\"{place}{kind}\"", "\"{phone}{kind}\"", "entry_title", "隐私"},
        {kC, "\"{place}{kind}\"", "\"{place}{kind\"", "entry_title", "花括号"},
        {kC, "record_within: 7 days", "record_within: a week", "record_within", "数字 单位"},
        {kC, "record_within: 7 days", "record_within: 7 workdays", "record_within", "按日、月、年"},
        {kC, "visible_to: [handler, law_office]", "visible_to: [handler, law_ofice]",
         "visible_to[1]", "没有岗位“law_ofice”"},
        {kV, "key: [certificate]", "key: [certifcate]", "key[0]", "是否要写“certificate”"},
    };
    testing::check_faults(cases);

    // These stand where `dated_by` and `register` are, not where the text was changed.
    const Loaded register_without_end = build_set({testing::changed(
        testing::office_pack(), kV, "valid_until: {title: 止, type: date, future: true}",
        "ends: {title: 止, type: date}")});
    CHECK(testing::all_of(register_without_end.problems).find("valid_until") != std::string::npos);
    const Loaded undated = build_set({testing::changed(
        testing::office_pack(), kC, "{title: 收到日期, type: date, required: true}",
        "{title: 收到日期, type: date}")});
    CHECK(testing::all_of(undated.problems).find("要写 required") != std::string::npos);
}

}  // namespace fazhi::definition
