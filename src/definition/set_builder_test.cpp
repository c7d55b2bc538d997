#include "definition/set_builder.h"

#include <doctest/doctest.h>

#include "definition/testing/packs.h"

namespace fazhi::definition {

using testing::all_of;
using testing::changed;
using testing::local_pack;
using testing::office_pack;
using testing::with_file;

namespace {

bool says(const Loaded& loaded, std::string_view message) {
    return all_of(loaded.problems).find(message) != std::string::npos;
}

}  // namespace

TEST_CASE("all mistakes of a pack are said at once, in order of file and line") {
    PackSource pack = office_pack();
    pack = changed(pack, "ledgers/complaint.yaml", "about: 受理", "abuot: 受理");
    pack = changed(pack, "ledgers/complaint.yaml", "type: note,", "type: notes,");
    pack = changed(pack, "ledgers/complaint.yaml", "to: closed", "to: close");
    pack = changed(pack, "ledgers/visit.yaml", "ledger: complaint", "ledger: complain");
    pack = changed(pack, "reports/yearly.yaml", "{complaints}", "{complaint}");
    pack = changed(pack, "roles.yaml", "scope: unit", "scope: units");
    pack = changed(pack, "settings.yaml", "default: 15 days", "default: soon");
    pack = with_file(pack, "ledgers/more.yaml", "legder: x\n");
    const Loaded loaded = build_set({pack});
    CHECK(loaded.set == nullptr);
    REQUIRE_MESSAGE(loaded.problems.size() == 8, all_of(loaded.problems));
    for (std::size_t i = 1; i < loaded.problems.size(); ++i) {
        const Problem& before = loaded.problems[i - 1];
        const Problem& after = loaded.problems[i];
        CHECK(
            (before.file < after.file || (before.file == after.file && before.line <= after.line)));
    }
    CHECK(says(loaded, "没有这一种定义“legder”，是否要写“ledger”"));
}

TEST_CASE("a problem reads as file, line, key, what is wrong, and the line itself") {
    const Loaded loaded =
        build_set({changed(office_pack(), "roles.yaml", "scope: unit", "scop: unit")});
    REQUIRE(loaded.problems.size() == 2);  // the key, and that scope is missing
    CHECK(to_text(loaded.problems.front())
              .starts_with("packs/office/roles.yaml:2: roles.clerk.may[0]"));
    CHECK(to_text(loaded.problems.front()).find("\n      clerk:      {title: 经办人") !=
          std::string::npos);
}

TEST_CASE("a file that cannot be read to its end does not call everything else unknown") {
    const Loaded loaded =
        build_set({changed(office_pack(), "ledgers/visit.yaml", "fields:\n", "fields: {a: 1\n")});
    CHECK(loaded.set == nullptr);
    REQUIRE_MESSAGE(loaded.problems.size() == 1, all_of(loaded.problems));
    CHECK(says(loaded, "YAML 写法有误"));
}

TEST_CASE("names are unique over all packs") {
    const auto refused = [](std::string path, std::string text, std::string_view message) {
        CAPTURE(message);
        const Loaded loaded =
            build_set({office_pack(), local_pack("local", std::move(path), std::move(text))});
        CHECK(loaded.set == nullptr);
        CHECK_MESSAGE(says(loaded, message), all_of(loaded.problems));
    };
    const std::string body = "\nfields: {occurred_on: {title: 日期, type: date, required: true}}\n";
    refused("a.yaml", "ledger: visit\ntitle: 另一走访" + body, "台账“visit”已有，在定义包 office");
    refused("a.yaml", "ledger: visiting\ntitle: 走访" + body, "台账名称“走访”已有（visit）");
    refused("a.yaml", "ledger: report\ntitle: 又一报告" + body, "已有，在定义包 built_in");
    refused("a.yaml",
            "ledger: walk\ntitle: 散步" + body +
                "measures: {visits: {title: 次数, unit: 次, count: entries}}\n",
            "指标“visits”已有，在台账 visit");
    refused("a.yaml", "settings: {floor: {title: 人数, type: integer, change: [leader]}}\n",
            "设置项“floor”已有");
    refused("a.yaml", "roles: {clerk: {title: 又一岗, may: []}}\n", "岗位“clerk”已有");
    refused("a.yaml", "laws: {信访法: {verified: true}}\n", "《信访法》已有");
    refused("a.yaml", "calendar: 2024\nnotice: https://x\nrest: {}\nwork: {}\n",
            "2024 年的日历已有");
    refused("a.yaml", "report: yearly\ntitle: 又一\nparts: [{part: a, heading: b}]\n",
            "报告“yearly”已有");
}

TEST_CASE("a ledger and a list together stay within a table's name") {
    const std::string name(36, 'a');
    const Loaded loaded = build_set({with_file(
        office_pack(), "ledgers/long.yaml",
        "ledger: " + name +
            "\ntitle: 长\nfields:\n  occurred_on: {title: 日期, type: date, required: true}\n" +
            "  " + std::string(19, 'b') + ": {title: 标, type: choices, options: [x]}\n")});
    REQUIRE(loaded.problems.size() == 1);
    CHECK(loaded.problems.front().line == 5);
    CHECK(says(loaded, "超过 54 个字符"));
}

TEST_CASE("a pack's head is checked, and what it requires") {
    const auto head = [](std::string_view from, std::string_view to) {
        return build_set({changed(office_pack(), "pack.yaml", from, to)});
    };
    CHECK(says(head("\"1.0.0\"", "one"), "三个数"));
    CHECK(says(head("pack: office", "pack: Office"), "小写"));
    CHECK(says(head("pack: office", "pack: built_in"), "留给内置台账"));
    CHECK(says(head("title", "requires: {national: \"1.0\"}\ntitle"), "缺所依据的定义包 national"));

    PackSource local = local_pack("local", "roles.yaml", "roles: {}\n");
    CHECK(build_set({local, office_pack()}).set != nullptr);
    CHECK(says(build_set({local}), "缺所依据的定义包 office"));
    for (const char* version : {"\"1.1\"", "\"2.0\""}) {
        const Loaded loaded =
            build_set({office_pack(), changed(local, "pack.yaml", "\"1.0\"", version)});
        CHECK(says(loaded, "现在是 1.0.0"));
    }
    CHECK(says(build_set({office_pack(), office_pack()}), "有两个定义包都叫 office"));
    const PackSource circle =
        changed(office_pack(), "pack.yaml", "title", "requires: {local: \"1.0\"}\ntitle");
    CHECK(says(build_set({local, circle}), "它又要依据本包"));
}

TEST_CASE("packs stand each after what it requires, else by name") {
    PackSource a = local_pack("a", "x.yaml", "roles: {}\n");
    PackSource z{.name = "z", .files = {{"pack.yaml", "pack: z\nrequires: {a: \"1.0\"}\n"}}};
    const auto ordered = in_order_of_need({z, a, office_pack()});
    CHECK(ordered[0].name == "office");
    CHECK(ordered[1].name == "a");
    CHECK(ordered[2].name == "z");
    CHECK(required_by(z) == std::vector<std::string>{"a"});
}

}  // namespace fazhi::definition
