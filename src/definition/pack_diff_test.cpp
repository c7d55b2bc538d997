#include "definition/pack_diff.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "definition/testing/packs.h"

namespace fazhi::definition {

using testing::changed;
using testing::office_pack;
using testing::office_set;
using testing::set_of;

namespace {

std::vector<Change> after(std::string_view path, std::string_view from, std::string_view to) {
    return changes_between(*office_set(), *set_of({changed(office_pack(), path, from, to)}));
}

}  // namespace

TEST_CASE("nothing changes between a set and itself, nor by a remark") {
    CHECK(differences(*office_set(), *office_set()).empty());
    CHECK(after("ledgers/visit.yaml", "ledger: visit", "# remark\nledger: visit").empty());
}

TEST_CASE("what a new version adds, removes and changes is said thing by thing") {
    struct Case {
        const char* from;
        const char* to;
        ChangeKind kind;
        ChangedThing thing;
        const char* id;
        bool needs_mapping;
    };
    const Case cases[] = {
        {"noise: 噪声, water", "noise: 噪声, smell: 异味, water", ChangeKind::Added,
         ChangedThing::Option, "kind.smell", false},
        {", partial: 部分解决", "", ChangeKind::Removed, ChangedThing::Option, "outcome.partial",
         true},
        {"water: 漏水", "water: 渗漏", ChangeKind::Changed, ChangedThing::Option, "kind.water",
         false},
        {"other: 其他}", "other: {title: 其他, retired: true}}", ChangeKind::Changed,
         ChangedThing::Option, "kind.other", false},
        {"  phone:       {title: 电话, type: phone, private: true}\n", "", ChangeKind::Removed,
         ChangedThing::Field, "phone", false},
        {"type: phone, private: true", "type: phone", ChangeKind::Changed, ChangedThing::Field,
         "phone", false},
        {"age: {title: 年龄, type: integer, min: 0, max: 150}",
         "age: {title: 年龄, type: integer}, job: {title: 职业, type: text}", ChangeKind::Added,
         ChangedThing::Column, "people.job", false},
        {"  photo: {title: 现场照片, expected: true}\n", "", ChangeKind::Removed,
         ChangedThing::Evidence, "photo", false},
        {"by: [law_office], not_by", "by: [leader], not_by", ChangeKind::Changed,
         ChangedThing::Transition, "close", false},
        {"is: 5 workdays", "is: 3 workdays", ChangeKind::Changed, ChangedThing::Clock, "reply",
         false},
        {"state: [received, working, answered]", "state: [received, working]", ChangeKind::Changed,
         ChangedThing::Measure, "complaints_open", false},
    };
    for (const Case& each : cases) {
        CAPTURE(each.to);
        const auto changes = after("ledgers/complaint.yaml", each.from, each.to);
        const auto found = std::find_if(changes.begin(), changes.end(), [&](const Change& change) {
            return change.kind == each.kind && change.thing == each.thing && change.id == each.id;
        });
        REQUIRE(found != changes.end());
        CHECK(found->ledger == "complaint");
        CHECK(found->needs_mapping() == each.needs_mapping);
        CHECK(to_text(*found).find(each.id) != std::string::npos);
    }
}

TEST_CASE("a removed step asks for what its rows become") {
    const auto lines = differences(
        *office_set(),
        *set_of(
            {changed(changed(office_pack(), "ledgers/complaint.yaml",
                             "  prolong: {title: 延长, from: working, to: working, by: [leader], "
                             "requires: [extra_days], times: 1}\n",
                             ""),
                     "ledgers/complaint.yaml",
                     "    extend: {transition: prolong, times: 1, adds: {field: extra_days, "
                     "unit: days}}\n",
                     "")}));
    REQUIRE(lines.size() == 2);
    CHECK(lines.front() == "删去 complaint 的步骤 prolong 延长（已有记录的，须指定改为哪一个）");
}

TEST_CASE("a removed ledger and a changed setting are said") {
    PackSource fewer = office_pack();
    fewer = changed(fewer, "settings.yaml", "default: 15 days", "default: 10 days");
    const auto now = set_of({testing::with_file(fewer, "ledgers/new.yaml",
                                                "ledger: walk\ntitle: 散步\nfields: {occurred_on: "
                                                "{title: 日期, type: date, required: true}}\n")});
    CHECK(differences(*office_set(), *now) ==
          std::vector<std::string>{"增加台账 walk 散步",
                                   "修改设置项 reply_limit 答复期限：默认值有变"});
    CHECK(differences(*now, *office_set()).front() == "删去台账 walk 散步");
}

}  // namespace fazhi::definition
