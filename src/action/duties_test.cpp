// What duties count, with a database (duty/duties.h).
#include "duty/duties.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/entry_commands.h"
#include "action/testing/small_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::SmallOffice;

namespace {

constexpr std::string_view kDuties = R"(ledger: roster
title: 网格员
register: true
dated_by: valid_from
fields:
  name: {title: 姓名, type: text, public: true}
  valid_from: {title: 起, type: date, required: true}
  valid_until: {title: 止, type: date}
  trained: {title: 已培训, type: yes_no}
---
ledger: patrol
title: 巡查
fields:
  occurred_on: {title: 日期, type: date, required: true}
  by: {title: 网格员, type: entry, from: {ledger: roster}}
  hours: {title: 时长, type: integer, min: 0}
measures:
  patrols: {title: 巡查, unit: 次, count: entries}
  units_patrolled:
    title: 有巡查的社区
    unit: 个
    count: units
    over: {unit: {kind: community}}
    each: [{ledger: patrol}]
---
duty: unit_patrols
title: 社区每月巡查
for_each: {unit: {kind: community}}
every: month
expects: {measure: patrols, at_least: 2}
---
duty: unit_is_patrolled
title: 社区每月有巡查
for_each: {unit: {kind: community}}
every: month
all_of:
  - {title: 有巡查, measure: units_patrolled, at_least: 1}
  - {title: 长时巡查, ledger: patrol, where: {hours: {min: 3}}, at_least: 1}
---
duty: worker_patrols
title: 网格员每月巡查
for_each: {ledger: roster, where: {name: {not: 不查}}}
every: month
all_of:
  - {title: 巡查次数, measure: patrols, at_least: 1}
  - {title: 长时巡查, ledger: patrol, where: {hours: {min: 3}}, at_least: 1}
  - {title: 已培训, where: {trained: true}}
)";

// "target: is/is/…" of each state of the duty in the month of the office's clock.
std::vector<std::string> states_of(SmallOffice& office, const std::string& duty) {
    const auto connection = office.workplace->database.reading();
    const auto in = open_office(*office.workplace, *connection, office.id).value();
    const auto actor = actor_in(*connection, in, "p2").value();
    const ledger::Context context = context_of(in, actor, office.clock.now());
    const auto states = duty::Duties(*connection, context).states(context.today, context.today);
    if (!states) FAIL(states.error().message);
    std::vector<std::string> out;
    for (const duty::DutyState& state : *states) {
        if (state.duty->id != duty) continue;
        std::string line = state.target_name + ":";
        for (const duty::PartState& part : state.parts) line += fmt::format(" {}", part.is);
        out.push_back(line);
    }
    return out;
}

}  // namespace

using Lines = std::vector<std::string>;

TEST_CASE("duties count for each whom they bind, in one pass or, where it must be, one by one") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kDuties);
        const auto made = [&](const char* who, const char* ledger, Value fields) {
            const auto out = office.create(who, ledger, std::move(fields));
            if (!out) FAIL(out.error().message);
            return out->value;
        };
        const auto worker = [&](const char* name, bool trained, const char* until = nullptr) {
            Value fields =
                Value::Map{{"name", name}, {"valid_from", "2024-01-01"}, {"trained", trained}};
            if (until != nullptr) fields.set("valid_until", until);
            return made("p3", "roster", std::move(fields));
        };
        const std::int64_t first = worker("甲", true);
        const std::int64_t second = worker("乙", false);
        worker("丙", true, "2024-03-31");  // no more
        worker("不查", true);
        const auto patrol = [&](const char* who, std::int64_t by, std::int64_t hours) {
            made(who, "patrol",
                 Value::Map{{"occurred_on", "2024-05-06"}, {"by", by}, {"hours", hours}});
        };
        patrol("p3", first, 1);
        patrol("p3", first, 3);
        patrol("p3", second, 5);
        made("p3", "patrol",
             Value::Map{{"occurred_on", "2024-04-30"}, {"by", second}, {"hours", 5}});
        CHECK(states_of(office, "unit_patrols") == Lines{"华创社区: 3", "怡丰社区: 0"});
        CHECK(states_of(office, "unit_is_patrolled") == Lines{"华创社区: 1 2", "怡丰社区: 0 0"});
        CHECK(states_of(office, "worker_patrols") == Lines{"甲: 2 1 1", "乙: 1 1 0"});
    });
}

TEST_CASE("a duty of more than are read at once counts all of them") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kDuties);
        constexpr int kMany = 503;
        const auto done = office.run(
            "p3", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                for (int i = 0; i < kMany; ++i) {
                    TRY_OK(create_entry({*office.workplace, transaction, context},
                                        {.ledger = "patrol",
                                         .fields = Value::Map{{"occurred_on", "2024-05-06"},
                                                              {"hours", std::int64_t{i % 4}}},
                                         .unit = {},
                                         .handler = {},
                                         .reference = {},
                                         .opened_by = {},
                                         .opened_by_ledger = {}}));
                }
                return {};
            });
        if (!done) FAIL(done.error().message);
        CHECK(states_of(office, "unit_patrols").front() == "华创社区: 503");
        CHECK(states_of(office, "unit_is_patrolled").front() == "华创社区: 1 125");
    });
}

}  // namespace fazhi::action
