#include "action/tick.h"

#include <array>
#include <future>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "access/desk_store.h"
#include "action/adopt_calendar.h"
#include "action/adopt_packs.h"
#include "action/entry_commands.h"
#include "action/testing/small_office.h"
#include "action/testing/timed_ledgers.h"
#include "definition/loader.h"
#include "duty/duties.h"
#include "duty/notice_store.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

EntryId record(SmallOffice& office, const char* ledger, Value::Map fields,
               const std::string& who = "p3") {
    const auto out = office.create(who, ledger, std::move(fields));
    if (!out) FAIL(out.error().message);
    return *out;
}

// What proves that the step was taken on its day.
void attach_slip(SmallOffice& office, const char* ledger, EntryId id) {
    REQUIRE(office.run(
        "p3", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY_OK(attach_evidence(
                {*office.workplace, transaction, context}, ledger, id,
                {.kind = "slip", .name = "送达回证.txt", .bytes = "签收\n", .happened_on = {}}));
            return {};
        }));
}

TickOutcome ticked(SmallOffice& office, const char* day) {
    office.clock.set(calendar::date_from(day).value());
    const auto out = tick(*office.workplace, office.id, office.clock.now());
    if (!out) FAIL(out.error().message);
    return *out;
}

// "kind person" of each notice of the entry, in order.
Lines told(SmallOffice& office, const char* ledger, EntryId id) {
    const auto connection = office.workplace->database.reading();
    const auto in = open_office(*office.workplace, *connection, office.id);
    Lines out;
    for (const duty::Notice& notice : duty::notices_of(*connection, office.id, {ledger, id})) {
        const access::Person* person = in->directory.person(notice.person);
        out.push_back(notice.kind + " " + (person == nullptr ? "nobody" : person->code));
    }
    return out;
}

std::string state_of(SmallOffice& office, const char* ledger, EntryId id) {
    return office
        .lines_of(fmt::format("SELECT state FROM ledger_{} WHERE id = {}", ledger, id.value))
        .front();
}

}  // namespace

TEST_CASE("what the law deems to have happened happens once, on the day after, by the system") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record(office, "asked", {{"occurred_on", "2024-05-06"}});
        // 15 workdays after 6 May end on the 27th in a calendar without more holidays.
        CHECK(ticked(office, "2024-05-27").outcomes == 0);
        CHECK(state_of(office, "asked", id) == "open");
        CHECK(ticked(office, "2024-06-20").outcomes == 1);
        CHECK(state_of(office, "asked", id) == "deemed");
        CHECK(office.lines_of(fmt::format("SELECT happened_on, actor FROM passage WHERE ledger = "
                                          "'asked' AND entry_id = {} AND n = 2",
                                          id.value)) == Lines{"2024-05-28|0"});
        CHECK(ticked(office, "2024-06-20").outcomes == 0);
    });
}

TEST_CASE("a party who answers in time leaves nothing to deem") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record(office, "asked", {{"occurred_on", "2024-05-06"}});
        REQUIRE(office.move("p3", "asked", id, "give"));
        CHECK(ticked(office, "2024-06-20").outcomes == 0);
        CHECK(state_of(office, "asked", id) == "given");
    });
}

TEST_CASE("overdue climbs: who handles it, then the office, then the leader, each told once") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record(office, "due_case", {{"occurred_on", "2024-05-06"}});
        CHECK(ticked(office, "2024-05-14").notices == 0);
        ticked(office, "2024-05-15");  // three workdays before the last day, Monday the 20th
        CHECK(told(office, "due_case", id) == Lines{"warn p3"});
        CHECK(ticked(office, "2024-05-15").notices == 0);
        ticked(office, "2024-05-20");
        ticked(office, "2024-05-21");
        CHECK(told(office, "due_case", id) ==
              Lines{"warn p3", "last_day p3", "head p2", "run_out p3"});
        ticked(office, "2024-05-22");
        CHECK(told(office, "due_case", id).size() == 4);
        ticked(office, "2024-05-23");
        CHECK(told(office, "due_case", id).back() == "leader p1");
        ticked(office, "2024-06-20");
        CHECK(told(office, "due_case", id).size() == 5);
    });
}

TEST_CASE("a duty is a task once a period, however often and late the tick comes") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        CHECK(ticked(office, "2024-05-06").tasks_made == 2);
        CHECK(ticked(office, "2024-05-06").tasks_made == 0);
        CHECK(ticked(office, "2024-05-07").tasks_made == 0);
        // p3's unit visits; the other one says that there was nothing.
        record(office, "visit", {{"occurred_on", "2024-05-07"}, {"place", "广场"}}, "p3");
        CHECK(ticked(office, "2024-05-08").tasks_finished == 1);
        for (const auto& [duty, period, code] :
             {std::array{"no_visit", "2024-05", "duty.no_such_duty"},
              std::array{"monthly_visit", "2024-13", "duty.bad_period"},
              std::array{"monthly_visit", "2024-05", "duty.not_over"}}) {
            const auto refused = office.create("p4", "nil_declaration",
                                               Value::Map{{"duty", duty}, {"period", period}});
            REQUIRE_FALSE(refused);
            CHECK(refused.error().code == code);
        }
        office.clock.set(calendar::date_from("2024-05-31").value());
        record(office, "nil_declaration", {{"duty", "monthly_visit"}, {"period", "2024-05"}}, "p4");
        CHECK(ticked(office, "2024-05-31").tasks_finished == 1);
        CHECK(office.lines_of("SELECT kind, state FROM ledger_task ORDER BY id") ==
              Lines{"duty|closed", "duty|closed"});
        // Away for two months: each month once, for each unit.
        CHECK(ticked(office, "2024-07-20").tasks_made == 4);
        CHECK(ticked(office, "2024-07-20").tasks_made == 0);
        CHECK(office.lines_of("SELECT count(*) FROM ledger_task") == Lines{"6"});
        CHECK(office.lines_of("SELECT count(*) FROM clock WHERE ledger = 'task' AND status = "
                              "'running'") == Lines{"4"});
    });
}

TEST_CASE("a clock warns on several days, each told once, and only the latest after an absence") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record(office, "long_case", {{"occurred_on", "2024-05-06"}});
        for (const char* day : {"2024-05-11", "2024-05-11", "2024-05-12", "2024-05-16"})
            ticked(office, day);
        CHECK(told(office, "long_case", id) == Lines{"warn p3", "warn p3"});
        const EntryId other = record(office, "long_case", {{"occurred_on", "2024-05-06"}});
        ticked(office, "2024-05-21");
        CHECK(told(office, "long_case", id).size() == 3);
        CHECK(told(office, "long_case", other) == Lines{"warn p3"});
        CHECK(office.lines_of("SELECT day FROM notice WHERE ledger = 'long_case' ORDER BY "
                              "entry_id, day") ==
              Lines{"2024-05-11", "2024-05-16", "2024-05-21", "2024-05-21"});
    });
}

TEST_CASE("who handles an entry is told to tell the party that the limit is longer now") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record(office, "long_case", {{"occurred_on", "2024-05-06"}});
        REQUIRE(office.move("p3", "long_case", id, "prolong"));
        CHECK(told(office, "long_case", id) == Lines{"extended p3"});
        CHECK(office.lines_of("SELECT due_on, day FROM notice") == Lines{"2024-06-05|2024-05-06"});
    });
}

TEST_CASE("a duty that is not done yet is recalled on the days it names") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        ticked(office, "2024-05-20");
        CHECK(office.lines_of("SELECT count(*) FROM notice") == Lines{"0"});
        for (const char* day : {"2024-05-21", "2024-05-22", "2024-05-28"}) ticked(office, day);
        CHECK(office.lines_of("SELECT kind, due_on, day FROM notice WHERE clock = 'due' AND "
                              "person_id <> 0 ORDER BY entry_id, day") ==
              Lines{"warn|2024-05-31|2024-05-21", "warn|2024-05-31|2024-05-28",
                    "warn|2024-05-31|2024-05-21", "warn|2024-05-31|2024-05-28"});
    });
}

TEST_CASE("two processes that tick at once make each task and notice once") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        constexpr int kCases = 40;
        for (int i = 0; i < kCases; ++i)
            record(office, "due_case", {{"occurred_on", "2024-05-06"}});
        const EntryId deemed = record(office, "asked", {{"occurred_on", "2024-05-06"}});
        office.clock.set(calendar::date_from("2024-06-20").value());
        // Each with writers of its own, as processes have.
        std::vector<std::future<Result<TickOutcome>>> both;
        for (int i = 0; i < 2; ++i) {
            both.push_back(std::async(std::launch::async, [&] {
                const auto own =
                    Workplace::open(database, office.folders.data(), office.clock).value();
                return tick(*own, office.id, office.clock.now());
            }));
        }
        TickOutcome sum;
        for (auto& each : both) {
            const auto out = each.get();
            if (!out) FAIL(out.error().message);
            sum.tasks_made += out->tasks_made;
            sum.outcomes += out->outcomes;
            sum.notices += out->notices;
        }
        CHECK(sum.tasks_made == 2);  // a month of two communities
        CHECK(sum.outcomes == 1);
        CHECK(state_of(office, "asked", deemed) == "deemed");
        CHECK(office.lines_of("SELECT count(*) FROM ledger_task") == Lines{"2"});
        CHECK(office.lines_of("SELECT count(*) FROM notice WHERE ledger = 'due_case' AND kind = "
                              "'run_out'") == Lines{std::to_string(kCases)});
        CHECK(office.lines_of("SELECT count(*) FROM notice") == Lines{std::to_string(sum.notices)});
    });
}

TEST_CASE("answers to requests with a key are forgotten after fifteen days, not before") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const access::DeskOwner owner{office.id, office.id, PersonId{1}};
        const auto keep = [&](const char* key, const char* at) {
            REQUIRE(office.workplace->writer.run(
                office.id, [&](storage::Transaction& transaction) -> Result<void> {
                    access::DeskStore desk(transaction.connection());
                    desk.keep_answer(owner, key, {"d", "{}", at});
                    return {};
                }));
        };
        keep("old", "2024-04-20T00:00:00Z");
        keep("young", "2024-05-01T02:00:00Z");
        const auto never = [] { return false; };
        const auto keys = [&] {
            return office.lines_of("SELECT key FROM idempotency ORDER BY key");
        };
        REQUIRE(tick_all(*office.workplace, never));  // 2024-05-06
        CHECK(keys() == Lines{"young"});
        office.clock.set(calendar::date_from("2024-05-16").value());
        REQUIRE(tick_all(*office.workplace, never));
        CHECK(keys() == Lines{"young"});
        office.clock.set(calendar::date_from("2024-05-17").value());
        REQUIRE(tick_all(*office.workplace, never));
        CHECK(keys() == Lines{});
    });
}

TEST_CASE("tick_all passes over an office that was ticked today") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const auto never = [] { return false; };
        CHECK(tick_all(*office.workplace, never)->tasks_made == 2);
        CHECK(tick_all(*office.workplace, never)->tasks_made == 0);
        record(office, "due_case", {{"occurred_on", "2024-04-01"}});
        CHECK(tick_all(*office.workplace, never)->notices == 0);  // tomorrow
    });
}

TEST_CASE(
    "a corrected calendar moves the open clocks it touches, once, and says from when to when") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record(office, "due_case", {{"occurred_on", "2024-05-06"}});
        const auto due = [&] {
            return office
                .lines_of(fmt::format("SELECT due_on, status FROM clock WHERE ledger = 'due_case' "
                                      "AND entry_id = {}",
                                      id.value))
                .front();
        };
        CHECK(due() == "2024-05-20|running");
        const auto year = definition::read_calendar_year(
            "calendar: 2024\nnotice: https://www.example.org/corrected\n"
            "rest: {2024-05-01: 劳动节, 2024-05-13: 抗洪}\nwork: {2024-05-11: 抗洪, 2024-05-18: "
            "抗洪}\n");
        REQUIRE(year);
        const auto preview = clocks_moved_by(*office.workplace, *year);
        REQUIRE(preview);
        REQUIRE(preview->size() == 1);
        CHECK(preview->front().before == "2024-05-20");
        CHECK(preview->front().after == "2024-05-18");
        CHECK(due() == "2024-05-20|running");
        REQUIRE(adopt_calendar(*office.workplace, *year));
        CHECK(due() == "2024-05-18|running");
        CHECK(adopt_calendar(*office.workplace, *year)->empty());
        CHECK(office.lines_of("SELECT year, moved FROM ledger_calendar_adoption") ==
              Lines{"2024|1"});
    });
}

TEST_CASE("a clock waits for a calendar that is not there, and is settled when it comes") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        office.clock.set(calendar::date_from("2025-01-02").value());
        const EntryId id = record(office, "due_case", {{"occurred_on", "2025-01-02"}});
        const auto rows = [&] {
            return office.lines_of(fmt::format(
                "SELECT due_on, status FROM clock WHERE ledger = 'due_case' AND entry_id = {}",
                id.value));
        };
        CHECK(rows() == Lines{"2025-01-16|waiting_calendar"});
        ticked(office, "2025-01-20");
        CHECK(told(office, "due_case", id) == Lines{"stuck p3"});
        const auto year = definition::read_calendar_year(
            "calendar: 2025\nnotice: https://www.example.org/2025\nrest: {2025-01-10: 试}\nwork: "
            "{}\n");
        REQUIRE(year);
        REQUIRE(adopt_calendar(*office.workplace, *year));
        CHECK(rows() == Lines{"2025-01-17|running"});
    });
}

TEST_CASE("a transaction knows the calendar it adopted itself, and not the one it undid") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const definition::Calendars& calendars = office.workplace->calendars;
        const auto resting_on = [](const char* day) {
            return definition::read_calendar_year(
                       fmt::format("calendar: 2025\nnotice: https://www.example.org/2025\nrest: "
                                   "{{{}: 试}}\nwork: {{}}\n",
                                   day))
                .value();
        };
        const auto connection = database.writing();
        storage::Transaction transaction(*connection);
        const auto holds = [&] { return calendars.workdays(transaction)->holds(2025); };
        CHECK_FALSE(holds());
        const auto undone = transaction.attempt([&]() -> Result<void> {
            REQUIRE(calendars.adopt(transaction, resting_on("2025-01-10")));
            CHECK(holds());
            return refuse(ErrorKind::RefusedByRule, "test.undone", "不行。");
        });
        CHECK_FALSE(undone);
        REQUIRE(calendars.adopt(transaction, resting_on("2025-01-13")));
        CHECK(holds());
        transaction.commit();
        const auto in_force = calendars.workdays(*database.reading());
        CHECK(in_force->is_workday(calendar::date_from("2025-01-10").value()).value());
        CHECK_FALSE(in_force->is_workday(calendar::date_from("2025-01-13").value()).value());
    });
}

TEST_CASE("a faulty calendar is refused with everything that is wrong") {
    const auto wrong = definition::read_calendar_year(
        "calendar: 2025\nnotice: https://www.example.org/2025\nrest: {2023-01-10: 试}\n"
        "work: {2025-01-08: 试}\n");
    REQUIRE_FALSE(wrong);
    CHECK(flatten(wrong.error()).size() == 3);
    CHECK(wrong.error().code == "definition.faulty_calendar");
}

TEST_CASE("verify and replay agree on clocks, and a backdated end is late or in time by its date") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record(office, "due_case", {{"occurred_on", "2024-04-01"}});
        REQUIRE(office.move("p3", "due_case", id, "finish", "2024-04-12"));
        CHECK(office.lines_of("SELECT due_on, stopped_on, status FROM clock WHERE ledger = "
                              "'due_case'") == Lines{"2024-04-15|2024-05-06|stopped"});
        attach_slip(office, "due_case", id);
        CHECK(office.lines_of("SELECT due_on, stopped_on, status FROM clock WHERE ledger = "
                              "'due_case'") == Lines{"2024-04-15|2024-04-12|stopped"});
        ticked(office, "2024-06-20");
        const auto connection = database.reading();
        CHECK(journal::verify(office.workplace->journal, office.workplace->vault, *connection,
                              office.id, office.workplace->projections(), {})
                  .findings.empty());
    });
}

TEST_CASE("an office goes over to a later version of its pack, and its old entries get clocks") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const EntryId id = record(office, "matter", {{"occurred_on", "2024-05-06"}});
        CHECK(office.lines_of("SELECT count(*) FROM clock") == Lines{"0"});
        office.folders.replace("packs/small/pack.yaml", "version: \"1.0.0\"", "version: \"1.0.1\"");
        office.folders.write("packs/small/more.yaml",
                             "extend: matter\nclocks:\n  finish: {title: 办结, from: {field: "
                             "occurred_on}, until: [finish], within: 10 days}\n");
        {
            const auto connection = database.writing();
            storage::Transaction transaction(*connection);
            const auto pack = definition::read_pack(office.folders.packs() / "small");
            REQUIRE(pack);
            REQUIRE(office.workplace->definitions.install(transaction, *pack));
            transaction.commit();
        }
        office.workplace.reset();
        office.workplace = testing::opened(database, office.folders, office.clock);
        const auto adopted =
            adopt_packs(*office.workplace, office.id, access::system_actor(office.id));
        REQUIRE(adopted);
        CHECK(adopted->changed);
        CHECK(adopted->clocks >= 1);
        CHECK(office.lines_of(fmt::format("SELECT due_on FROM clock WHERE entry_id = {}",
                                          id.value)) == Lines{"2024-05-16"});
        CHECK_FALSE(
            adopt_packs(*office.workplace, office.id, access::system_actor(office.id))->changed);
    });
}

}  // namespace fazhi::action
