#include "definition/loader.h"

#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>

#include "definition/describe.h"
#include "definition/errors.h"
#include "definition/testing/packs.h"
#include "storage/testing/scratch.h"

namespace fazhi::definition {

using testing::all_of;
using testing::changed;
using testing::local_pack;
using testing::office_pack;
using testing::office_set;
using testing::set_of;
using testing::with_file;

namespace {

void write_pack(const std::filesystem::path& folder, const PackSource& pack) {
    for (const SourceFile& file : pack.files) {
        const auto path = folder / file.path;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << file.text;
    }
}

}  // namespace

TEST_CASE("a ledger reads as it is written") {
    const auto set = office_set();
    const Ledger* ledger = set->ledger("complaint");
    REQUIRE(ledger != nullptr);
    CHECK(ledger->pack == "office");
    CHECK_FALSE(ledger->built_in);
    CHECK(ledger->dated_by == "received_on");
    CHECK(ledger->fields.front().id == "received_on");
    CHECK(ledger->basis.front().articles == std::vector<int>{2});
    CHECK(ledger->field("kind")->option("water")->title == "漏水");
    CHECK(ledger->field("tags")->option("夜间")->title == "夜间");
    CHECK(ledger->field("phone")->sealed());
    CHECK(ledger->field("summary")->sealed());
    CHECK_FALSE(ledger->field("place")->sealed());
    CHECK(ledger->field("people")->min->setting == "floor");
    CHECK(ledger->field("guide")->from->valid_on == "received_on");
    CHECK(ledger->field("guide")->from->where.clauses.size() == 1);
    CHECK(ledger->field("answered_on")->default_kind == DefaultKind::Transition);
    CHECK(ledger->states.front().id == "received");
    CHECK(ledger->clock("reply")->limits.size() == 2);
    CHECK(set->ledger_named("群众诉求") == ledger);
    CHECK(set->ledger_named("complaint") == ledger);
}

TEST_CASE("a step's own demands are its first gate") {
    const auto set = office_set();
    const Transition* answer = set->ledger("complaint")->transition("answer");
    REQUIRE(answer->gates.size() == 3);
    CHECK(answer->gates[0].when.always());
    CHECK(answer->gates[0].evidence == std::vector<std::string>{"reply"});
    CHECK(answer->gates[0].basis.front().articles == std::vector<int>{5});
    CHECK(answer->gates[1].when.clauses.size() == 2);
    CHECK(answer->gates[1].requires_fields == std::vector<std::string>{"summary"});
    CHECK(answer->gates[2].links.front().ledger == "visit");
    CHECK(answer->opens.front().set.at("occurred_on").text_at("from") == "happened_on");
    CHECK(answer->opens.front().set.at("purpose").text_at("is") == "follow");
    CHECK(answer->opens.front().set.at("about").text_at("from") == "self");
    CHECK(answer->opens.front().set.at("note_text").text_at("field") == "summary");
}

TEST_CASE("measures read with what they count") {
    const auto set = office_set();
    CHECK(set->measure("complaints")->count == CountKind::Entries);
    CHECK(set->measure("complaints_open")->states.size() == 3);
    CHECK(set->measure("complainants")->over_list == "people");
    CHECK(set->measure("amount_involved")->kind == MeasureKind::Sum);
    CHECK(set->measure("fines")->fine);
    CHECK(set->measure("answer_rate")->cohort == "received");
    CHECK(set->measure("complaints_water")->must_max == "complaints");
    CHECK(set->measure("communities_visited")->over_register == "unit");
    CHECK(set->measure("communities_visited")->each.front().at_least == 2);
    CHECK(set->measure("guides")->where.clauses.front().test.negated);
    const Clause& linked = set->measure("with_visit")->where.clauses.front();
    CHECK(linked.key == "linked");
    CHECK(linked.test.name == "visit");
    CHECK(linked.test.inner.front().clauses.front().key == "purpose");
}

TEST_CASE("a report reads with its sentences taken apart") {
    const auto set = office_set();
    const Report* report = set->report("yearly");
    REQUIRE(report != nullptr);
    CHECK(report->addressee.setting == "addressee");
    CHECK(report->copies.value == Value("区人大"));
    CHECK(report->order.setting == "parts_order");
    const Section& section = report->parts.front().sections.front();
    CHECK(section.say.size() == 2);
    CHECK(section.say[1].keep);
    CHECK(section.table->rows_field == "kind");
    CHECK(section.chart->by == "month");
    CHECK(section.collect->due == "01-10");
    CHECK(report->parts[1].becomes == "visit");
}

TEST_CASE("posts, settings, laws, forms and calendars are in the set") {
    const auto set = office_set();
    CHECK(set->role("leader")->may.front().scope == Scope::JurisdictionsBelow);
    CHECK(set->role("law_office")->may.front().all_ledgers);
    CHECK(set->conflicts().size() == 1);
    CHECK(set->setting("reply_limit")->default_value == Value("15 days"));
    CHECK(set->law("信访法")->verified);
    CHECK(set->documents().front().ledger == "complaint");
    CHECK(set->calendar().front().rest.at("2024-01-01") == "元旦");
}

TEST_CASE("the built-in ledgers are part of every set") {
    const auto set = office_set();
    for (const char* id :
         {"report", "report_text", "reported_figure", "comment", "task", "import"}) {
        CAPTURE(id);
        REQUIRE(set->ledger(id) != nullptr);
        CHECK(set->ledger(id)->built_in);
    }
    CHECK(set->packs() == std::vector<std::string>{"office"});
    CHECK(build_set({}).set != nullptr);
}

TEST_CASE("the digest follows the content, not the order of files or packs") {
    const PackSource local = local_pack(
        "aaa", "ledgers/more.yaml", "extend: visit\nfields: {extra: {title: 更多, type: text}}\n");
    const auto set = set_of({office_pack(), local});
    PackSource turned = office_pack();
    std::reverse(turned.files.begin(), turned.files.end());
    CHECK(set_of({local, turned})->digest() == set->digest());
    CHECK(set->packs() == std::vector<std::string>{"office", "aaa"});
    const auto other = changed(office_pack(), "pack.yaml", "试验街道", "另一街道");
    CHECK(set_of({other, local})->digest() != set->digest());
    CHECK(digest_of(HashAlgorithm::Sha256, set->content()) == set->digest());
}

TEST_CASE("a set's content makes the same set again, with the built-in ledgers it had") {
    const auto set = office_set();
    const auto packs = packs_of_content(set->content());
    REQUIRE(packs);
    CHECK(packs->front().name == "built_in");
    CHECK(set_of(*packs)->digest() == set->digest());
    CHECK_FALSE(packs_of_content("{}"));
    CHECK(packs_of_content("not json").error().code == errors::kBadContent);
}

TEST_CASE("a pack is read from its folder without its scenarios") {
    const storage::testing::Scratch scratch;
    const auto folder = scratch.folder() / "office";
    write_pack(folder, office_pack());
    write_pack(folder, PackSource{.files = {{"scenarios/a.yaml", "scenario: x\n"}}});
    CHECK(is_pack(folder));
    CHECK_FALSE(is_pack(scratch.folder()));
    const auto pack = read_pack(folder);
    REQUIRE(pack);
    CHECK(pack->name == "office");
    CHECK(pack->version == "1.0.0");
    CHECK(pack->files.size() == office_pack().files.size());
    CHECK(set_of({*pack})->digest() == office_set()->digest());
    CHECK(read_pack(scratch.folder()).error().code == errors::kNoPack);

    const auto faults = check_scenarios(folder);
    REQUIRE(faults);
    CHECK_MESSAGE(faults->size() == 3, all_of(*faults));  // packs, today and steps are missing
}

TEST_CASE("a file over the limit is refused") {
    const storage::testing::Scratch scratch;
    write_pack(scratch.folder(), office_pack());
    std::ofstream(scratch.folder() / "large.yaml") << std::string(kFileBytesMax + 1, '#');
    CHECK(read_pack(scratch.folder()).error().code == errors::kTooLarge);
}

TEST_CASE("a condition somebody types is checked against the ledger") {
    const auto set = office_set();
    const Ledger& ledger = *set->ledger("complaint");
    const auto condition = parse_condition(
        "{kind: [noise, water], unit: a, amount: {min: 100, max: 200}, "
        "officer: {post: clerk}, state: {not: closed}}",
        *set, ledger);
    REQUIRE(condition);
    CHECK(condition->clauses.size() == 5);
    CHECK(condition->clauses[0].test.literals.size() == 2);
    CHECK(condition->clauses[2].test.max->value == Value(200));
    CHECK(condition->clauses[4].test.negated);
    CHECK(parse_condition("", *set, ledger)->always());

    const auto refused = parse_condition("{knd: noise, kind: nois, summary: x}", *set, ledger);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errors::kBadCondition);
    CHECK(flatten(refused.error()).size() == 3);
    CHECK(refused.error().message.find("kind") != std::string::npos);
    CHECK_FALSE(parse_condition("[1, 2]", *set, ledger));
    CHECK_FALSE(parse_condition("{kind: noise", *set, ledger));
    CHECK(parse_condition("{summary: {empty: true}}", *set, ledger));
}

TEST_CASE("kinds of a later version are named and passed over") {
    const Loaded loaded =
        build_set({with_file(office_pack(), "indicators/a.yaml", "indicators: a\ntitle: 考核\n")});
    CHECK(loaded.set != nullptr);
    REQUIRE(loaded.notes.size() == 1);
    CHECK(loaded.notes.front().message.find("indicators") != std::string::npos);
}

TEST_CASE("the outline names what a clerk will meet") {
    const std::string outline = describe(*office_set(), "office");
    CHECK(outline.find("complaint 群众诉求（office）") != std::string::npos);
    CHECK(outline.find("received_on 收到日期 date 必填") != std::string::npos);
    CHECK(outline.find("- water 漏水") != std::string::npos);
    CHECK(outline.find("answer 答复：working → answered，由 clerk、handler") != std::string::npos);
    CHECK(outline.find("report_text") == std::string::npos);
}

}  // namespace fazhi::definition
