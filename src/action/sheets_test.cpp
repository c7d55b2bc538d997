#include <doctest/doctest.h>

#include "access/errors.h"
#include "action/entry_commands.h"
#include "action/export_sheet.h"
#include "action/import_sheet.h"
#include "action/testing/small_office.h"
#include "exchange/csv.h"
#include "exchange/table_file.h"
#include "ledger/errors.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

// Imports the text into `ledger` as `person`, in one transaction; answers how many rows.
Result<std::size_t> import(SmallOffice& office, const std::string& ledger, const std::string& csv,
                           const std::string& person = "p2", bool history = false) {
    std::size_t rows = 0;
    TRY_OK(office.run(
        person, [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY(exchange::Sheet sheet,
                exchange::read_table(csv, {.heads = heads_of(context.definitions,
                                                             *context.definitions.ledger(ledger)),
                                           .sheet = {}}));
            context.importing = history;
            TRY(ImportPlan plan,
                plan_import(context.definitions, *context.definitions.ledger(ledger),
                            std::move(sheet), history));
            plan.files = office.folders.office() / "files";
            const std::vector<ImportPlan> plans = {std::move(plan)};
            TRY(const Imported imported,
                SheetImport({*office.workplace, transaction, context}, plans)
                    .run([](std::size_t, std::size_t) {}));
            rows = imported.rows();
            return {};
        }));
    return rows;
}

Lines wrong(const Result<std::size_t>& result) {
    return result ? Lines{} : codes_of(result.error());
}

Result<ExportedSheet> exported(SmallOffice& office, const std::string& person,
                               const std::string& ledger) {
    const auto connection = office.workplace->database.reading();
    TRY(const Office in, open_office(*office.workplace, *connection, "qianjin"));
    TRY(const access::Actor actor, actor_in(*connection, in, person));
    TRY(const Export out,
        export_rows(*office.workplace, *connection, in, actor, {.ledger = ledger}));
    return out.sheets.front();
}

}  // namespace

TEST_CASE("heads may be titles or keys, in any order") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const auto rows = import(office, "visit",
                                 "place,occurred_on,方式,unit\n"
                                 "广场,2024-03-01,电话,华创社区\n"
                                 "社区,2024/3/2,入户,yifeng\n");
        REQUIRE(rows);
        CHECK(*rows == 2);
        CHECK(office.lines_of("SELECT place, dated_on, kind, imported FROM ledger_visit WHERE "
                              "dated_on >= '2024' ORDER BY dated_on") ==
              Lines{"广场|2024-03-01|phone|0", "社区|2024-03-02|home|0"});
    });
}

TEST_CASE("one wrong row: all wrong rows are named and none is written") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(wrong(import(office, "visit",
                           "走访日期,地点,人数,电话号码\n"
                           "2024-03-01,广场,5,\n"
                           "2024-02-30,,五个,abc\n"
                           "2024-05-07,广场,5,\n")) ==
              Lines{"ledger.bad_value|走访!A3", "ledger.bad_value|走访!C3",
                    "ledger.bad_value|走访!D3", "ledger.in_future|走访!A4",
                    "ledger.required|走访!B3"});
        CHECK(office.lines_of("SELECT count(*) FROM ledger_visit") == Lines{"3"});
    });
}

TEST_CASE("dates of steps come only with history, and history ends where the office went live") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(wrong(import(office, "matter", "受理日期,办理：办结\n2024-03-01,2024-03-02\n")) ==
              Lines{"action.history_only|事项!B1"});
        CHECK(wrong(import(office, "matter", "受理日期,do:finish\n2024-03-01,2024-03-02\n", "p2",
                           true)) == Lines{"action.after_live|事项!A2"});
        CHECK(wrong(import(office, "matter", "受理日期,do:finish\n2022-03-01,2022-03-02\n", "p2",
                           true)) == Lines{});
        CHECK(office.lines_of("SELECT state FROM ledger_matter WHERE dated_on = '2022-03-01'") ==
              Lines{"done"});
    });
}

TEST_CASE("history is imported by one post, which the office names") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const std::string sheet = "受理日期,单位,do:finish\n2022-03-01,华创,2022-03-02\n";
        const auto refused = import(office, "matter", sheet, "p3", true);
        CHECK(wrong(refused) == Lines{"action.not_history_post|--history"});
        CHECK(refused.error().message == "历史导入只由“法治办”岗位办理，请由李文办理。");
        CHECK(refused.error().may == Lines{"p2"});
        const auto set = [&](const char* post) {
            const Result<void> done =
                office.run("p2", [&](storage::Transaction& transaction, ledger::Context& context) {
                    return office.workplace->organisation.set_setting(
                        transaction, {office.id, context.actor, context.accepted_at},
                        context.definitions, "history_post", Value(post));
                });
            REQUIRE(done);
        };
        set("clerk");
        CHECK(wrong(import(office, "matter", sheet, "p2", true)) ==
              Lines{"action.not_history_post|--history"});
        CHECK(wrong(import(office, "matter", sheet, "p3", true)) == Lines{});
        set("nobody");
        CHECK(wrong(import(office, "matter", sheet, "p3", true)) ==
              Lines{"action.not_history_post|--history"});
    });
}

TEST_CASE("a clerk imports for the own unit only") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(wrong(import(office, "visit",
                           "走访日期,地点,单位\n2024-03-01,广场,华创\n2024-03-01,广场,怡丰\n",
                           "p3")) == Lines{"access.forbidden|走访!第3行"});
        CHECK(wrong(import(office, "visit", "走访日期,地点\n2024-03-01,广场\n", "p3")) == Lines{});
    });
}

TEST_CASE("a sheet that is exported can be imported again, without what is private") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const auto sheet = exported(office, "p2", "visit");
        REQUIRE(sheet);
        CHECK(sheet->heads == Lines{"流水号", "编号", "原编号", "单位", "经办人", "状态",
                                    "走访日期", "地点", "方式", "人数", "备注"});
        REQUIRE(sheet->rows.size() == 3);
        const std::string text = exchange::csv_text(sheet->heads, sheet->rows);
        CHECK(text.find("13800138000") == std::string::npos);
        // What is the program's own is passed over; a reference stands only once.
        std::vector<Lines> rows = sheet->rows;
        for (Lines& row : rows) row[2].clear();
        CHECK(wrong(import(office, "visit", exchange::csv_text(sheet->heads, rows))) == Lines{});
        CHECK(office.lines_of("SELECT count(*) FROM (SELECT DISTINCT place, kind, people, remark "
                              "FROM ledger_visit) AS same") == Lines{"3"});
    });
}

TEST_CASE("an export reaches as far as the posts do") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(exported(office, "p2", "visit")->rows.size() == 3);
        const auto own = exported(office, "p3", "visit");
        REQUIRE(own);
        REQUIRE(own->rows.size() == 1);
        CHECK(own->rows.front()[3] == "华创社区");
        CHECK(exported(office, "p1", "visit").error().code == access::errors::kForbidden);
        CHECK(exported(office, "p2", "secret").error().code == access::errors::kForbidden);
        CHECK(exported(office, "p2", "nothing").error().code == ledger::errors::kNoSuchLedger);
    });
}

TEST_CASE("who may record, amend, void and link is asked of the posts") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const EntryId visit{
            std::stoll(office.lines_of("SELECT id FROM ledger_visit WHERE reference = '走1'")[0])};
        const auto as = [&](const std::string& person, const auto& command) {
            const Result<void> done = office.run(
                person, [&](storage::Transaction& transaction, ledger::Context& context) {
                    return command(Task{*office.workplace, transaction, context});
                });
            return done ? std::string() : std::string(done.error().code);
        };
        const auto amend = [&](const Task& task) -> Result<void> {
            TRY_OK(amend_entry(task, "visit", visit, {Value::Map{{"people", 13}}, "数错了"}));
            return {};
        };
        const auto cancel = [&](const Task& task) -> Result<void> {
            TRY_OK(void_entry(task, "visit", visit, "重复"));
            return {};
        };
        const auto attach = [&](const Task& task) -> Result<void> {
            TRY_OK(attach_evidence(
                task, "visit", visit,
                {.kind = "photo", .name = "a.txt", .bytes = "a\n", .happened_on = {}}));
            return {};
        };
        for (const char* stranger : {"p1", "p4"}) {
            CAPTURE(stranger);
            CHECK(as(stranger, amend) == "access.forbidden");
            CHECK(as(stranger, attach) == "access.forbidden");
            CHECK(as(stranger, cancel) == "access.forbidden");
        }
        CHECK(as("p3", amend).empty());
        CHECK(as("p3", attach).empty());
        CHECK(as("p2", cancel).empty());
    });
}

}  // namespace fazhi::action
