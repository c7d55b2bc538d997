#include "action/due_list.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/entry_commands.h"
#include "action/testing/small_office.h"
#include "action/testing/timed_ledgers.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::SmallOffice;

namespace {

// Clocks of every kind that a list treats in its own way.
constexpr std::string_view kMoreClocks = R"(
---
ledger: shown
title: 公示
fields:
  occurred_on: {title: 公示日期, type: date, required: true}
  subject: {title: 事由, type: text, public: true}
states: {open: {title: 公示中}, done: {title: 办结, final: true}}
transitions:
  finish: {title: 办结, from: open, to: done, by: [clerk, law_office]}
clocks:
  shown: {title: 公示期, from: {field: occurred_on}, until: [finish], at_least: 5 workdays}
  wish:
    title: 争取办结
    from: {field: occurred_on}
    until: [finish]
    within: 3 workdays
    soft: true
---
ledger: expert
title: 鉴定事项
fields:
  occurred_on: {title: 收到日期, type: date, required: true}
states: {open: {title: 待办}, away: {title: 鉴定中}, done: {title: 办结, final: true}}
transitions:
  consult: {title: 送鉴定, from: open, to: away, by: [clerk, law_office]}
  heard: {title: 收到鉴定, from: away, to: open, by: [clerk, law_office]}
  finish: {title: 办结, from: open, to: done, by: [clerk, law_office]}
clocks:
  settle:
    title: 办结期限
    from: {field: occurred_on}
    until: [finish]
    within: 30 days
    pause: [{from: consult, to: heard}]
)";

std::string definitions() {
    return std::string(testing::timed_ledgers()) + std::string(kMoreClocks);
}

// So many entries in one transaction, numbered in this field.
void record(SmallOffice& office, const char* who, const char* ledger, int count, const char* day,
            const char* field = "subject") {
    const auto done = office.run(
        who, [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            for (int i = 0; i < count; ++i) {
                TRY_OK(create_entry(
                    {*office.workplace, transaction, context},
                    {.ledger = ledger,
                     .fields = Value::Map{{"occurred_on", day}, {field, fmt::format("第{}件", i)}},
                     .unit = {},
                     .handler = {},
                     .reference = {},
                     .opened_by = {},
                     .opened_by_ledger = {}}));
            }
            return {};
        });
    if (!done) FAIL(done.error().message);
}

// What `who` is shown.
struct Seen {
    DueList due;
    std::map<std::string, std::int64_t> late;  // by unit's code
    std::map<std::string, int> shown;          // "ledger.clock", of those shown
};

Seen seen_by(SmallOffice& office, const char* who, const DueFilter& filter = {}) {
    const auto connection = office.workplace->database.reading();
    const auto in = open_office(*office.workplace, *connection, office.id).value();
    const auto actor = actor_in(*connection, in, who).value();
    const ledger::Context context = context_of(in, actor, office.clock.now());
    Seen out;
    out.due = due_list(*connection, context, filter);
    for (const auto& [unit, count] : late_by_unit(*connection, context))
        out.late[in.directory.unit(unit)->code] = count;
    for (const DueItem& item : out.due.items) ++out.shown[item.ledger + "." + item.clock];
    return out;
}

using Counts = std::map<std::string, std::int64_t>;
using Shown = std::map<std::string, int>;

}  // namespace

TEST_CASE("more are due than a page shows: the first are shown, all are counted") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, definitions());
        const int late = static_cast<int>(kDueMax) + 2;
        record(office, "p3", "due_case", late, "2024-04-01");
        record(office, "p3", "due_case", 1, "2024-05-06");
        record(office, "p4", "due_case", 3, "2024-04-02");
        record(office, "p4", "long_case", 1, "2024-04-01", "party");

        const Seen all = seen_by(office, "p2");
        CHECK(all.due.total == late + 5);
        CHECK(all.due.items.size() == kDueMax);
        CHECK(all.due.items.front().due_on == "2024-04-15");
        CHECK(all.due.items.back().due_on == "2024-04-15");
        CHECK(all.due.items.front().title == "第0件");
        CHECK(all.due.items.front().workdays_left < 0);
        CHECK(all.late == Counts{{"huachuang", late}, {"yifeng", 4}});

        // A clerk sees their own unit's, and a list of days holds those days.
        const Seen other = seen_by(office, "p4");
        CHECK(other.due.total == 4);
        CHECK(other.late == Counts{{"yifeng", 4}});
        DueFilter days{.due_from = "2024-04-16", .due_to = "2024-05-20", .unit = {}, .handler = {}};
        const Seen few = seen_by(office, "p2", days);
        REQUIRE(few.due.items.size() == 5);
        CHECK(few.due.total == 5);
        CHECK(few.due.items[0].ledger == "due_case");
        CHECK(few.due.items[0].due_on == "2024-04-16");
        CHECK(few.due.items[3].ledger == "long_case");
        CHECK(few.due.items[4].due_on == "2024-05-20");
        days.unit = few.due.items[4].unit;
        CHECK(seen_by(office, "p2", days).due.total == 1);
        days.unit = {};
        days.handler = few.due.items[0].handler;
        CHECK(seen_by(office, "p2", days).due.total == 4);
        CHECK(seen_by(office, "p3", days).due.total == 0);
    });
}

TEST_CASE("what is theirs or a minimum is over once it has passed; soft ones are late for nobody") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, definitions());
        record(office, "p3", "asked", 1, "2024-04-01");  // theirs, run out
        record(office, "p3", "asked", 1, "2024-05-06");  // theirs, running
        record(office, "p3", "shown", 1, "2024-04-01");  // a minimum that is over, a wish not met
        record(office, "p3", "shown", 2, "2024-05-06");  // a minimum and a wish that run
        const Seen all = seen_by(office, "p2");
        CHECK(all.shown == Shown{{"asked.reply", 1}, {"shown.shown", 2}, {"shown.wish", 3}});
        CHECK(all.due.total == 6);
        CHECK(all.late.empty());
        for (const DueItem& item : all.due.items) {
            CHECK(item.party == (item.ledger == "asked"));
            CHECK(item.soft == (item.clock == "wish"));
        }
    });
}

TEST_CASE("what has no day yet comes last, and what is settled or void not at all") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, definitions());
        office.clock.set(calendar::date_from("2025-01-02").value());
        const auto made = [&](const char* ledger, Value::Map fields) {
            return office.create("p3", ledger, std::move(fields)).value();
        };
        const EntryId waiting = made("due_case", {{"occurred_on", "2025-01-02"}});
        const EntryId first = made("long_case", {{"occurred_on", "2025-01-02"}});
        const EntryId second = made("long_case", {{"occurred_on", "2025-01-01"}});
        const Seen dated = seen_by(office, "p2");
        REQUIRE(dated.due.items.size() == 3);
        CHECK(dated.due.items[0].entry == waiting);
        CHECK(dated.due.items[0].waiting);
        CHECK(dated.due.items[1].entry == second);
        CHECK(dated.due.items[2].entry == first);
        CHECK(dated.due.total == 3);
        CHECK(dated.due.waiting == 1);

        const EntryId paused = made("expert", {{"occurred_on", "2025-01-01"}});
        REQUIRE(office.move("p3", "expert", paused, "consult"));
        const Seen with_paused = seen_by(office, "p2");
        REQUIRE(with_paused.due.items.size() == 4);
        CHECK(with_paused.due.items[3].entry == paused);
        CHECK(with_paused.due.items[3].ledger == "expert");
        CHECK(with_paused.due.items[3].due_on.empty());
        CHECK_FALSE(with_paused.due.items[3].workdays_left);
        CHECK(seen_by(office, "p2",
                      {.due_from = {}, .due_to = "2099-12-31", .unit = {}, .handler = {}})
                  .due.total == 3);

        REQUIRE(office.move("p3", "long_case", second, "finish"));
        REQUIRE(office.run(
            "p3", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                TRY_OK(void_entry({*office.workplace, transaction, context}, "long_case", first,
                                  "登记错了"));
                return {};
            }));
        CHECK(seen_by(office, "p2").shown == Shown{{"due_case.finish", 1}, {"expert.settle", 1}});
    });
}

}  // namespace fazhi::action
