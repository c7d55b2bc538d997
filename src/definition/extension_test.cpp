#include <doctest/doctest.h>

#include "definition/extension_reader.h"
#include "definition/testing/packs.h"

namespace fazhi::definition {

using testing::all_of;
using testing::local_pack;
using testing::office_pack;

namespace {

Loaded extended(std::string text) {
    return build_set({office_pack(), local_pack("local", "ledgers/extra.yaml", std::move(text))});
}

std::shared_ptr<const DefinitionSet> extended_set(std::string text) {
    Loaded loaded = extended(std::move(text));
    REQUIRE_MESSAGE(loaded.set != nullptr, all_of(loaded.problems));
    return loaded.set;
}

}  // namespace

TEST_CASE("an extension adds fields, options, evidence, states, steps, clocks and measures") {
    const auto set = extended_set(R"(extend: complaint
fields:
  kind: {options: {smell: 异味}}
  lamp: {title: 路灯编号, type: text, public: true}
evidence: {map: {title: 位置图}}
states: {paused: {title: 暂缓}}
transitions:
  pause:  {title: 暂缓, from: working, to: paused, by: [clerk], note: required}
  resume: {title: 恢复, from: paused, to: working, by: [clerk], evidence: [map]}
clocks:
  resume: {title: 恢复期限, from: {transition: pause}, until: [resume], within: 30 days}
measures:
  smells: {title: 异味诉求, unit: 件, count: entries, where: {kind: smell}}
)");
    const Ledger* ledger = set->ledger("complaint");
    CHECK(ledger->pack == "office");
    CHECK(ledger->field("kind")->option("smell")->title == "异味");
    CHECK(ledger->field("kind")->added_by.empty());
    CHECK(ledger->field("lamp")->added_by == "local");
    CHECK(ledger->states.back().id == "paused");
    CHECK(ledger->transition("resume")->gates.front().evidence.front() == "map");
    CHECK(ledger->clock("resume") != nullptr);
    CHECK(set->measure("smells")->ledger == "complaint");
    CHECK(set->measure("complaints") != nullptr);
}

TEST_CASE("an extension may demand more of a step that is there") {
    const auto set = extended_set(R"(extend: complaint
fields: {summary: {required: true}, place: {required_in: [answered]}}
transitions:
  accept: {gates: [{when: {kind: water}, requires: [place]}], evidence: [photo], note: required}
)");
    const Transition* accept = set->ledger("complaint")->transition("accept");
    CHECK(accept->title == "受理");
    CHECK(accept->by == std::vector<std::string>{"clerk"});
    CHECK(accept->note_required);
    REQUIRE(accept->gates.size() == 2);
    CHECK(accept->gates[1].requires_fields.front() == "place");
    CHECK(set->ledger("complaint")->field("place")->required_in.front() == "answered");
}

TEST_CASE(
    "an extension says which posts take a step that names none; the next may not say others") {
    const std::string text = "extend: task\ntransitions:\n  close: {by: [law_office]}\n";
    CHECK(extended_set(text)->ledger("task")->transition("close")->by ==
          std::vector<std::string>{"system", "law_office"});
    CHECK(all_of(extended(text + "---\n" + text).problems).find("已写明由谁办") !=
          std::string::npos);
}

TEST_CASE("one extension may be of several ledgers") {
    const auto set = extended_set(
        "extend: [complaint, visit]\nfields: {campaign: {title: 专项活动, type: text, public: "
        "true}}\n");
    CHECK(set->ledger("complaint")->field("campaign") != nullptr);
    CHECK(set->ledger("visit")->field("campaign") != nullptr);
}

TEST_CASE("a clock's limit may be made shorter, not longer or otherwise counted") {
    const std::string base = R"(ledger: order_book
title: 督办
fields: {occurred_on: {title: 日期, type: date, required: true}}
states: {open: {title: 办理中}, done: {title: 办结, final: true}}
transitions: {finish: {title: 办结, from: open, to: done, by: [clerk]}}
clocks: {finish: {title: 办结期限, from: {field: occurred_on}, until: [finish], within: 10 days}}
---
extend: order_book
clocks: {finish: {within: )";
    CHECK(extended_set(base + "7 days}}\n")
              ->ledger("order_book")
              ->clock("finish")
              ->limits.front()
              .is.period == calendar::Period{7, calendar::Unit::Days});
    for (const char* limit : {"11 days", "5 workdays"}) {
        CAPTURE(limit);
        const Loaded loaded = extended(base + limit + "}}\n");
        CHECK(all_of(loaded.problems).find("只能收紧：原为 10 days") != std::string::npos);
    }
    CHECK(all_of(extended(base + "7 days, whose: party}}\n").problems).find("只能收紧") !=
          std::string::npos);
}

TEST_CASE("an extension neither removes, loosens nor renames") {
    struct Case {
        const char* text;
        int line;
        const char* message;
    };
    const Case cases[] = {
        {"extend: complaint\nfields:\n  kind: {title: 种类}\n", 3, "扩展只能加选项或收紧"},
        {"extend: complaint\nfields:\n  kind: {type: text}\n", 3, "扩展只能加选项或收紧"},
        {"extend: complaint\nfields:\n  kind: {required: false}\n", 3, "不能把必填改为可以不填"},
        {"extend: complaint\nfields:\n  kind: {options: {water: 水}}\n", 3, "已有选项 water"},
        {"extend: complaint\ntransitions:\n  accept: {by: [leader]}\n", 3, "已写明由谁办"},
        {"extend: complaint\ntransitions:\n  accept: {from: working}\n", 3, "只能给它加要求"},
        {"extend: complaint\nstates:\n  working: {title: 在办}\n", 3, "状态“working”"},
        {"extend: complaint\nevidence:\n  reply: {title: 回复}\n", 3, "证据“reply”"},
        {"extend: complaint\nmeasures:\n  complaints: {title: 数, unit: 件, count: entries}\n", 3,
         "指标“complaints”"},
        {"extend: complaint\nnumber: x\n", 2, "没有“number”这个键"},
        {"extend: complant\nfields: {}\n", 1, "没有台账“complant”，是否要写“complaint”"},
        {"extend: complaint\nfields:\n  extra: {type: text}\n", 3, "缺 title"},
        {"extend: complaint\ntransitions:\n  leap: {title: 跳, from: received, by: [clerk]}\n", 3,
         "缺 to"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        const Loaded loaded = extended(each.text);
        REQUIRE_FALSE(loaded.problems.empty());
        CHECK(loaded.problems.front().line == each.line);
        CHECK_MESSAGE(all_of(loaded.problems).find(each.message) != std::string::npos,
                      all_of(loaded.problems));
    }
}

TEST_CASE("two packs may not add the same field, and may add the same option") {
    const auto both = [](const std::string& text) {
        return build_set(
            {office_pack(), local_pack("a", "x.yaml", text), local_pack("b", "x.yaml", text)});
    };
    CHECK(both("extend: complaint\nfields: {kind: {options: {smell: 异味}}}\n").set != nullptr);
    const Loaded loaded = both("extend: complaint\nfields: {lamp: {title: 路灯, type: text}}\n");
    CHECK(all_of(loaded.problems).find("“路灯”已有") != std::string::npos);
}

TEST_CASE("a report is extended by sections and sentences of a part") {
    const auto set = extended_set(R"(extend: yearly
parts:
  - part: results
    say: ["走访{visits}。"]
    sections:
      - {heading: 走访, say: ["走访社区{communities_visited}。"]}
)");
    const Part& part = set->report("yearly")->parts.front();
    CHECK(part.say.size() == 1);
    REQUIRE(part.sections.size() == 2);
    CHECK(part.sections[1].heading == "走访");

    CHECK(all_of(extended("extend: yearly\nparts: [{part: result, say: [x]}]\n").problems)
              .find("是否要写“results”") != std::string::npos);
    CHECK(all_of(extended("extend: monthly\nparts: [{part: results, say: [x]}]\n").problems)
              .find("没有报告“monthly”") != std::string::npos);
}

}  // namespace fazhi::definition
