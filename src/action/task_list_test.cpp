#include "action/task_list.h"

#include <doctest/doctest.h>

#include "action/entry_commands.h"
#include "action/testing/small_office.h"
#include "action/testing/timed_ledgers.h"
#include "action/tick.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

constexpr std::string_view kWork = R"(---
extend: task
fields: {kind: {options: {work: 工作清单}}}
evidence: {completion: {title: 完成佐证}, recheck: {title: 核验记录, expected: true}}
transitions:
  finish: {evidence: [completion]}
  close:  {by: [leader]}
  reopen: {by: [leader]}
)";

struct Tasks {
    explicit Tasks(storage::Database& database)
        : office(database, std::string(testing::timed_ledgers()) + std::string(kWork)) {}

    EntryId work(const char* title, const char* due) {
        EntryId out;
        did(office.run("p3", [&](auto& transaction, auto& context) -> Result<void> {
            TRY(const ledger::Entry entry,
                create_entry(
                    {*office.workplace, transaction, context},
                    {.ledger = "task",
                     .fields = Value::Map{{"due_on", due}, {"kind", "work"}, {"title", title}},
                     .unit = {},
                     .handler = {},
                     .reference = {},
                     .opened_by = {},
                     .opened_by_ledger = {}}));
            out = entry.head.id;
            return {};
        }));
        return out;
    }
    void attach(EntryId id) {
        did(office.run("p3", [&](auto& transaction, auto& context) -> Result<void> {
            TRY_OK(attach_evidence(
                {*office.workplace, transaction, context}, "task", id,
                {.kind = "completion", .name = "佐证.txt", .bytes = "已完成", .happened_on = {}}));
            return {};
        }));
    }
    void step(const char* who, EntryId id, const char* transition, Value fields = {}) {
        did(office.run(who, [&](auto& transaction, auto& context) -> Result<void> {
            TRY_OK(move_entry({*office.workplace, transaction, context}, {.ledger = "task",
                                                                          .entry = id,
                                                                          .transition = transition,
                                                                          .happened_on = {},
                                                                          .fields = fields,
                                                                          .note = "情况"}));
            return {};
        }));
    }
    void tick_on(const char* day) {
        office.clock.set(calendar::date_from(day).value());
        if (!tick(*office.workplace, office.id, office.clock.now())) FAIL("tick");
    }
    Result<std::vector<ListedTask>> asked(const TaskFilter& filter) {
        const auto connection = office.workplace->database.reading();
        TRY(const Office in, open_office(*office.workplace, *connection, office.id));
        const auto context = context_of(in, access::system_actor(office.id), office.clock.now());
        return list_tasks(*connection, context, filter);
    }
    std::vector<ListedTask> list(const TaskFilter& filter = {}) {
        auto out = asked(filter);
        if (!out) FAIL(out.error().message);
        return *std::move(out);
    }
    static void did(const Result<void>& done) {
        if (!done) FAIL(done.error().message);
    }

    SmallOffice office;
};

}  // namespace

TEST_CASE("work state, verdict, score and evidence are four things; nought is a score") {
    for_each_database([](storage::Database& database) {
        Tasks tasks(database);
        const EntryId id = tasks.work("整理案卷", "2024-05-10");
        tasks.office.clock.set(calendar::date_from("2024-05-15").value());
        REQUIRE(tasks.list().size() == 1);
        const ListedTask open = tasks.list().front();
        CHECK(open.entry == id);
        CHECK(open.kind.title == "工作清单");
        CHECK(open.overdue_days == 5);
        CHECK(open.state.title == "待办");
        CHECK(open.verdict.id.empty());
        CHECK_FALSE(open.score.has_value());
        CHECK(open.evidence_attached == 0);
        CHECK(open.evidence_wanted == 2);  // one demanded, one expected

        tasks.attach(id);
        tasks.step("p3", id, "finish");
        CHECK(tasks.list().empty());
        CHECK(tasks.list({.state = "done", .unit = {}}).front().overdue_days == 0);
        tasks.step("p1", id, "close", Value::Map{{"score", 0}, {"verdict", "partial"}});
        const ListedTask closed = tasks.list({.state = "closed", .unit = {}}).front();
        CHECK(closed.verdict.title == "基本合格");
        CHECK(closed.score == "0.00");
        CHECK(closed.evidence_attached == 1);
        CHECK(closed.first_closed_on == "2024-05-15");
    });
}

TEST_CASE("a task opened again is listed with the day it was first closed") {
    for_each_database([](storage::Database& database) {
        Tasks tasks(database);
        const EntryId id = tasks.work("整理案卷", "2024-05-10");
        tasks.attach(id);
        tasks.step("p3", id, "finish");
        tasks.step("p1", id, "close");
        tasks.office.clock.set(calendar::date_from("2024-06-03").value());
        tasks.step("p1", id, "reopen");
        CHECK(tasks.list().front().first_closed_on == "2024-05-06");
        CHECK(tasks.list().front().overdue_days == 24);
        tasks.step("p3", id, "finish");
        tasks.step("p1", id, "close");
        CHECK(tasks.list({.state = "all", .unit = {}}).front().first_closed_on == "2024-05-06");
    });
}

TEST_CASE("tasks are listed by state, unit and lateness; a duty's wants no papers") {
    for_each_database([](storage::Database& database) {
        Tasks tasks(database);
        tasks.work("晚的", "2024-05-07");
        tasks.work("更晚的", "2024-05-06");
        tasks.tick_on("2024-05-08");
        const auto all = tasks.list();
        REQUIRE(all.size() == 4);
        CHECK(all[0].title == "更晚的");
        CHECK(all[2].kind.id == "duty");
        CHECK(all[2].evidence_wanted == 1);  // the expected one; finish is not for duties
        CHECK(tasks.list({.state = "open", .unit = {}, .overdue_only = true}).size() == 2);
        CHECK(tasks.list({.state = "all", .unit = all[0].unit}).size() == 3);
        CHECK(codes_of(tasks.asked({.state = "opne", .unit = {}}).error()) ==
              std::vector<std::string>{"action.bad_task_filter|state"});
        CHECK(codes_of(tasks.asked({.state = "open", .unit = "没有"}).error()) ==
              std::vector<std::string>{"action.bad_task_filter|unit"});
    });
}

}  // namespace fazhi::action
