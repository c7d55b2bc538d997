#include <doctest/doctest.h>

#include "action/load_office.h"
#include "action/testing/small_office.h"
#include "action/testing/timed_ledgers.h"
#include "definition/loader.h"
#include "http/testing/browser.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::http {

using action::testing::SmallOffice;
using storage::testing::for_each_database;
using testing::Browser;

namespace {

using Lines = std::vector<std::string>;

const std::string kCalendars = "/api/offices/qianjin/calendars";
const std::string kPacks = "/api/offices/qianjin/packs";

// The small pack has no administrator: the law office keeps the accounts.
std::string with_account_post(std::string_view more) {
    return std::string(
               "settings:\n  account_post: {title: 账号, type: text, default: law_office, source: "
               "自定, change: [leader]}\n---\n") +
           std::string(more);
}

Value corrected() {
    return Value::Map{{"text",
                       "calendar: 2024\nnotice: https://www.example.org/corrected\n"
                       "rest: {2024-05-01: 劳动节, 2024-05-13: 抗洪}\n"
                       "work: {2024-05-11: 抗洪, 2024-05-18: 抗洪}\n"}};
}

void install(SmallOffice& office, storage::Database& database, const std::string& version,
             const std::string& more) {
    office.folders.replace("packs/small/pack.yaml", "version: \"1.0.0\"",
                           "version: \"" + version + "\"");
    office.folders.write("packs/small/more.yaml", with_account_post(more));
    const auto connection = database.writing();
    storage::Transaction transaction(*connection);
    const auto pack = definition::read_pack(office.folders.packs() / "small");
    REQUIRE(pack);
    const auto installed = office.workplace->definitions.install(transaction, *pack);
    REQUIRE_MESSAGE(installed, (installed ? "" : installed.error().message));
    transaction.commit();
}

}  // namespace

TEST_CASE("a year of rest days is looked at with every clock it moves, then put in force") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, with_account_post(action::testing::timed_ledgers()));
        const auto id = office.create("p3", "due_case", Value::Map{{"occurred_on", "2024-05-06"}});
        REQUIRE(id);
        const auto due = [&] {
            return office.lines_of("SELECT due_on FROM clock WHERE entry_id = " +
                                   std::to_string(id->value));
        };
        REQUIRE(due() == Lines{"2024-05-20"});
        Browser law(*office.workplace, "qianjin", "p2");
        const Value seen = law.json(law.send("POST", kCalendars + "?check=1", corrected()));
        CHECK(seen.at("adopted") == Value(false));
        REQUIRE(seen.at("moved").as_list().size() == 1);
        const Value& moved = seen.at("moved").as_list()[0];
        CHECK(moved.text_at("before") == "2024-05-20");
        CHECK(moved.text_at("after") == "2024-05-18");
        CHECK(moved.integer_at("entry") == id->value);
        CHECK(due() == Lines{"2024-05-20"});
        CHECK(law.json(law.send("POST", kCalendars, corrected())).at("adopted") == Value(true));
        CHECK(due() == Lines{"2024-05-18"});
        CHECK(office.lines_of("SELECT year, moved FROM ledger_calendar_adoption") ==
              Lines{"2024|1"});
        CHECK(office.lines_of("SELECT what, reason FROM access_log WHERE what = 'adoption'") ==
              Lines{"adoption|采用2024年放假安排"});
        // What is wrong is all said; nobody else looks or adopts.
        CHECK(
            law.json(law.send("POST", kCalendars + "?check=1",
                              Value(Value::Map{{"text", "calendar: 2025\nrest: {2024-01-01: x}"}})),
                     400)
                .text_at("code") == "definition.faulty_calendar");
        Browser clerk(*office.workplace, "qianjin", "p3");
        for (const char* query : {"?check=1", ""})
            CHECK(clerk.json(clerk.send("POST", kCalendars + query, corrected()), 403)
                      .text_at("code") == "action.not_account_post");
    });
}

TEST_CASE("one office's administrator does not move the deadlines of another's") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, with_account_post(action::testing::timed_ledgers()));
        office.folders.replace("office/office.yaml", "office: qianjin", "office: other");
        const auto source = action::read_office(office.folders.office());
        REQUIRE(source);
        const auto loaded =
            action::load_office(*office.workplace, *source, [](std::size_t, std::size_t) {});
        REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
        Browser law(*office.workplace, "qianjin", "p2");
        CHECK(law.json(law.send("POST", kCalendars + "?check=1", corrected()))
                  .at("moved")
                  .as_list()
                  .empty());
        CHECK(law.json(law.send("POST", kCalendars, corrected()), 403).text_at("code") ==
              "action.other_offices_too");
        CHECK(office.lines_of("SELECT count(*) FROM ledger_calendar_adoption") == Lines{"0"});
        CHECK(office.lines_of("SELECT count(*) FROM access_log WHERE what = 'adoption'") ==
              Lines{"0"});
    });
}

TEST_CASE("what is newly installed is shown, and adopted once the program has begun again") {
    const std::string more =
        "extend: matter\nclocks:\n  finish: {title: 办结, from: {field: occurred_on}, until: "
        "[finish], within: 10 days}\n";
    for_each_database([&](storage::Database& database) {
        SmallOffice office(database, with_account_post(""));
        {
            Browser law(*office.workplace, "qianjin", "p2");
            const Value now = law.json(law.get(kPacks));
            CHECK(now.at("is_newest") == Value(true));
            CHECK(now.at("installed").as_list()[0].text_at("version") == "1.0.0");
            CHECK_FALSE(now.at("installed").as_list()[0].text_at("title").empty());
            CHECK(law.json(law.send("POST", kPacks + "/adoption")).at("changed") == Value(false));
            install(office, database, "1.0.1", more);
            const Value waiting = law.json(law.get(kPacks));
            CHECK(waiting.at("is_newest") == Value(false));
            CHECK_FALSE(waiting.at("changes").as_list().empty());
            CHECK(waiting.at("against").as_list()[0].text_at("code") == "action.restart_first");
            CHECK(law.json(law.send("POST", kPacks + "/adoption"), 422).text_at("code") ==
                  "action.restart_first");
        }
        office.workplace.reset();
        office.workplace = action::testing::opened(database, office.folders, office.clock);
        Browser law(*office.workplace, "qianjin", "p2");
        Browser clerk(*office.workplace, "qianjin", "p3");
        CHECK(clerk.get(kPacks).status == 403);
        CHECK(clerk.send("POST", kPacks + "/adoption").status == 403);
        CHECK(law.json(law.get(kPacks)).at("against").as_list().empty());
        CHECK(law.json(law.send("POST", kPacks + "/adoption")).at("changed") == Value(true));
        CHECK(law.json(law.get(kPacks)).at("is_newest") == Value(true));
        // It is known who did it: in the log of accesses, and in the journal.
        const auto actor =
            access::Organisation::actor(*office.workplace->database.reading(), office.id, "p2",
                                        office.workplace->clock.today());
        REQUIRE(actor);
        CHECK(office.lines_of("SELECT person_id FROM access_log WHERE what = 'adoption'") ==
              Lines{std::to_string(actor->person.value)});
        CHECK(office
                  .lines_of("SELECT count(*) FROM journal WHERE body LIKE '%\"actor\":" +
                            std::to_string(actor->person.value) + ",%' AND body LIKE '%adopt%'")
                  .front() != "0");
    });
}

}  // namespace fazhi::http
