#include "action/load_office.h"

#include <doctest/doctest.h>

#include "action/errors.h"
#include "action/testing/small_office.h"
#include "storage/testing/databases.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::OfficeFolders;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kOfficeFile = "office/office.yaml";

// What loading the folders as they stand comes to.
Result<LoadOutcome> load(storage::Database& database, const OfficeFolders& folders) {
    const calendar::testing::FixedClock clock(calendar::make_date(2024, 5, 6).value());
    const auto workplace = testing::opened(database, folders, clock);
    TRY(const OfficeFolder source, read_office(folders.office()));
    return load_office(*workplace, source, [](std::size_t, std::size_t) {});
}

Lines rows(storage::Database& database, std::string_view sql) {
    return storage::testing::lines_of(*database.reading(), sql);
}

}  // namespace

TEST_CASE("an office is loaded whole: organisation, settings, entries, steps, evidence, links") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(office.lines_of("SELECT count(*) FROM ledger_visit") == Lines{"3"});
        CHECK(office.lines_of("SELECT reference, state FROM ledger_matter ORDER BY reference") ==
              Lines{"事1|done", "事2|open"});
        CHECK(office.lines_of("SELECT transition, happened_on, imported FROM passage WHERE "
                              "transition <> ''") == Lines{"finish|2023-05-20|1"});
        CHECK(office.lines_of("SELECT kind, name FROM evidence_use") == Lines{"photo|photo.txt"});
        CHECK(office.lines_of("SELECT from_ledger, to_ledger FROM link") == Lines{"matter|visit"});
        CHECK(office.lines_of("SELECT min(imported) FROM ledger_visit") == Lines{"1"});
        const auto again = load_office(*office.workplace, *read_office(office.folders.office()),
                                       [](std::size_t, std::size_t) {});
        REQUIRE(again);
        CHECK(again->already);
        CHECK(office.lines_of("SELECT count(*) FROM ledger_visit") == Lines{"3"});
    });
}

TEST_CASE("every mistake of every sheet is named by its cell, and nothing is written") {
    for_each_database([](storage::Database& database) {
        const OfficeFolders folders;
        folders.replace("office/ledgers/visit.csv", "2023年6月1日", "2023-06-31");
        folders.replace("office/ledgers/visit.csv", "入户,12", "走路,十二个");
        folders.replace("office/ledgers/matter.csv", "2023-05-20,走1", "2023-05-01,没有这条");
        folders.replace("office/ledgers/matter.csv", "噪声,怡丰", "噪声,没有的社区");
        const auto refused = load(database, folders);
        REQUIRE_FALSE(refused);
        CHECK(codes_of(refused.error()) ==
              Lines{"action.no_such_file|事项!F2", "ledger.bad_value|走访!A3",
                    "ledger.bad_value|走访!D2", "ledger.no_such_option|走访!C2",
                    "ledger.no_such_reference|事项!C3", "procedure.bad_date|事项!E2"});
        CHECK(rows(database, "SELECT count(*) FROM jurisdiction") == Lines{"0"});
        CHECK(rows(database, "SELECT count(*) FROM journal") == Lines{"0"});
    });
}

TEST_CASE("heads that are not there and sheets without a ledger are named together") {
    for_each_database([](storage::Database& database) {
        const OfficeFolders folders;
        folders.replace("office/ledgers/visit.csv", "方式,人数", "方试,人数");
        folders.write("office/ledgers/visti.csv", "a\n1\n");
        const auto refused = load(database, folders);
        REQUIRE_FALSE(refused);
        CHECK(codes_of(refused.error()) ==
              Lines{"action.bad_office|visti.csv", "action.unknown_head|走访!C1"});
        for (const Error& error : flatten(refused.error())) {
            if (error.where == "走访!C1") CHECK(error.message.find("“方式”") != std::string::npos);
        }
    });
}

TEST_CASE("what happened since the office went live is no history") {
    for_each_database([](storage::Database& database) {
        const OfficeFolders folders;
        folders.replace("office/ledgers/visit.csv", "2023.7.1", "2024.1.1");
        CHECK(codes_of(load(database, folders).error()) == Lines{"action.after_live|走访!A4"});
    });
}

TEST_CASE("a file that is not among the evidence is named") {
    for_each_database([](storage::Database& database) {
        const OfficeFolders folders;
        folders.replace("office/ledgers/visit.csv", "photo.txt", "../office.yaml");
        CHECK(codes_of(load(database, folders).error()) == Lines{"action.no_such_file|走访!J2"});
    });
}

TEST_CASE("office.yaml must say what it has to, in words we know") {
    const OfficeFolders folders;
    const auto refusal = [&](std::string_view from, std::string_view to) {
        const OfficeFolders changed;
        changed.replace(kOfficeFile, from, to);
        const auto read = read_office(changed.office());
        return read ? Lines{} : codes_of(read.error());
    };
    CHECK(read_office(folders.office()));
    CHECK(refusal("packs: [small]", "packs: []") == Lines{"action.bad_office|packs"});
    CHECK(refusal("office: qianjin", "offices: qianjin") ==
          Lines{"action.bad_office|office", "action.bad_office|offices"});
    CHECK(refusal("live_from: 2024-01-01", "live_form: 2024-01-01") ==
          Lines{"action.bad_office|live_form", "action.bad_office|live_from"});
    CHECK(refusal("live_from: 2024-01-01", "live_from: 2024-02-30") ==
          Lines{"action.bad_office|live_from"});
    CHECK(refusal("lead_section: office", "led_by: office") ==
          Lines{"action.bad_office|units[2].led_by"});
    CHECK(refusal("posts: [leader]", "post: leader") == Lines{"action.bad_office|people[1].post"});
    CHECK(read_office(folders.scratch.folder() / "nowhere").error().code == errors::kNoSuchFile);
}

TEST_CASE("packs are installed once; a pack that is missing or broken is refused") {
    for_each_database([](storage::Database& database) {
        const OfficeFolders folders;
        const calendar::testing::FixedClock clock(calendar::make_date(2024, 5, 6).value());
        testing::opened(database, folders, clock);
        const auto again = install_packs(database, folders.packs(), {"small"});
        REQUIRE(again);
        CHECK(again->empty());
        CHECK_FALSE(install_packs(database, folders.packs(), {"nothing"}));
        folders.write("packs/broken/pack.yaml", "pack: broken\ntitle: 坏\nversion: \"1.0.0\"\n");
        folders.write("packs/broken/ledgers/a.yaml", "ledger: a\ntitel: 甲\n");
        CHECK_FALSE(install_packs(database, folders.packs(), {"broken"}));
        CHECK(install_packs(database, folders.packs(), {})->empty());
    });
}

}  // namespace fazhi::action
