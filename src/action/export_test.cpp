#include <algorithm>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "access/errors.h"
#include "action/entry_commands.h"
#include "action/errors.h"
#include "action/export_sheet.h"
#include "action/import_sheet.h"
#include "action/testing/small_office.h"
#include "exchange/csv.h"
#include "exchange/table_file.h"
#include "ledger/errors.h"
#include "measure/errors.h"
#include "measure/measures.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kMore = R"(extend: visit
measures:
  home_visits: {title: 入户走访, unit: 次, count: entries, where: {kind: home}}
  home_share: {title: 入户率, unit: "%", ratio: [home_visits, visits]}
  contacts: {title: 走访和事项, unit: 件, total: [visits, matters]}
  everything: {title: 全部, unit: 件, total: [visits, secrets]}
  communities_out: {title: 走访的社区, unit: 个, count: units, over: {unit: {kind: community}},
                    each: [{ledger: visit}]}
---
extend: secret
measures:
  secrets: {title: 保密事项, unit: 件, count: entries}
)";

Result<Export> exported(SmallOffice& office, const std::string& person, const ExportWish& wish) {
    const auto connection = office.workplace->database.reading();
    TRY(const Office in, open_office(*office.workplace, *connection, "qianjin"));
    TRY(const access::Actor actor, actor_in(*connection, in, person));
    return export_rows(*office.workplace, *connection, in, actor, wish);
}

std::string refused(SmallOffice& office, const ExportWish& wish, const std::string& person = "p2") {
    const auto out = exported(office, person, wish);
    return out ? "" : std::string(flatten(out.error()).front().code);
}

// The references of what was exported: 原编号 is the third column.
Lines references(const Result<Export>& out) {
    if (!out) return {std::string(out.error().code), out.error().message};
    Lines all;
    for (const ExportedSheet& sheet : out->sheets) {
        for (const Lines& row : sheet.rows) all.push_back(row.size() > 2 ? row[2] : row[0]);
    }
    return all;
}

std::string said(const Result<Export>& out, const std::string& what) {
    REQUIRE(out);
    const auto line = std::find_if(out->trace.begin(), out->trace.end(),
                                   [&](const Lines& each) { return each[0] == what; });
    return line == out->trace.end() ? "(nothing)" : line->at(1);
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void cancel(SmallOffice& office, const std::string& ledger, const std::string& reference) {
    const EntryId id{std::stoll(office.lines_of(
        fmt::format("SELECT id FROM ledger_{} WHERE reference = '{}'", ledger, reference))[0])};
    REQUIRE(office.run(
        "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY_OK(void_entry({*office.workplace, transaction, context}, ledger, id, "重复"));
            return {};
        }));
}

}  // namespace

TEST_CASE("an export holds what was asked for: by field, unit, state and days") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        struct Case {
            std::string ledger;
            EntryFilter filter;
            Lines rows;
        };
        const Case cases[] = {
            {"visit", {}, {"走1", "走2", "走3"}},
            {"visit", {.where = "{kind: home}"}, {"走1"}},
            {"visit", {.where = "{kind: {not: home}}"}, {"走2", "走3"}},
            {"visit", {.where = "{people: {min: 3, max: 5}}"}, {"走2"}},
            {"visit", {.where = "{remark: {empty: true}}"}, {"走2", "走3"}},
            {"visit", {.unit = "yifeng"}, {"走2"}},
            {"visit", {.where = "{kind: home}", .unit = "怡丰"}, {}},
            {"visit", {.dated_from = "2023-06-01", .dated_to = "2023-06-30"}, {"走2"}},
            {"visit", {.dated_from = "2023-06-02"}, {"走3"}},
            {"matter", {.state = "done"}, {"事1"}},
            {"matter", {.state = "待办"}, {"事2"}},
            {"matter", {.where = "{via: open}"}, {"事1"}},
            {"matter", {.where = "{linked: {visit: {kind: home}}}"}, {"事1"}},
        };
        for (const Case& each : cases) {
            CAPTURE(each.ledger + each.filter.where + each.filter.unit + each.filter.state);
            CHECK(references(exported(
                      office, "p2", {.ledger = each.ledger, .filter = each.filter})) == each.rows);
        }
    });
}

TEST_CASE("the trace says what was asked, by whom, when, and how many rows of how many") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const auto all = exported(office, "p3", {.ledger = "走访"});
        CHECK(said(all, "导出") == "前进街道，台账“走访”");
        CHECK(said(all, "办理人") == "王小明");
        CHECK(said(all, "时间") == "2024年5月6日09:00");
        CHECK(said(all, "条件") == "无");
        CHECK(said(all, "日期") == "不限");
        CHECK(said(all, "行数") == "1条；未作废的共3条，其中办理人可以导出的1条");
        CHECK(said(all, "不导出的栏目") == "电话号码");
        const auto some = exported(office, "p2",
                                   {.ledger = "visit",
                                    .filter = {.where = "{kind: [home, phone], people: {min: 3}}",
                                               .unit = "华创",
                                               .dated_from = "2023-01-01",
                                               .dated_to = "2023-12-31"}});
        CHECK(said(some, "条件") == "方式是“入户”或“电话”，人数不小于3，单位是“华创”");
        CHECK(said(some, "日期") == "2023-01-01至2023-12-31");
        CHECK(said(some, "行数") == "1条；未作废的共3条，其中办理人可以导出的3条");
        cancel(office, "visit", "走3");
        CHECK(said(exported(office, "p2", {.ledger = "visit"}), "行数") ==
              "2条；未作废的共2条，其中办理人可以导出的2条");
    });
}

TEST_CASE("the trace names how much of the journal stood, and its root") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const auto head = [&] {
            return office.workplace->journal.head(*database.reading(), office.id);
        };
        const auto before = exported(office, "p2", {.ledger = "visit"});
        CHECK(said(before, "流水") == fmt::format("截至第{}条", head().size));
        CHECK(said(before, "校验码（sm3）") == head().root.hex());
        cancel(office, "visit", "走3");
        const auto after = exported(office, "p2", {.ledger = "visit"});
        CHECK(said(after, "校验码（sm3）") == head().root.hex());
        CHECK(said(after, "校验码（sm3）") != said(before, "校验码（sm3）"));
    });
}

TEST_CASE("the rows behind a figure are those it counts, with the figure and its definition") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore);
        const auto figure = exported(office, "p2", {.measure = "home_visits", .year = 2023});
        CHECK(references(figure) == Lines{"走1"});
        CHECK(said(figure, "导出") == "前进街道，数据“入户走访”（home_visits）背后的台账");
        CHECK(said(figure, "数值") == "1次");
        CHECK(said(figure, "口径") == "“走访”台账中登记的条数，条件：方式是“入户”");
        CHECK(said(figure, "期间") == "2023-01-01至2023-12-31");
        CHECK(said(figure, "依据") == "“走访”1条；不导出的栏目：电话号码");
        CHECK(said(figure, "定义摘要").size() == 64);

        const auto share = exported(office, "p2", {.measure = "home_share", .year = 2023});
        CHECK(said(share, "数值") == "33.33%");
        CHECK(said(share, "分子、分母") == "1、3");
        CHECK(said(share, "口径") == "“入户走访”占“走访”的百分比");
        CHECK(said(share, "其中“入户走访”") == "“走访”台账中登记的条数，条件：方式是“入户”");
        CHECK(said(share, "其中“走访”") == "“走访”台账中登记的条数");
        CHECK(references(share) == Lines{"走1", "走2", "走3"});

        const auto of_unit = exported(
            office, "p2", {.measure = "visits", .year = 2023, .filter = {.unit = "怡丰社区"}});
        CHECK(references(of_unit) == Lines{"走2"});
        CHECK(said(of_unit, "数值") == "1次");
        CHECK(said(of_unit, "另加条件") == "单位是“怡丰社区”");

        const auto none = exported(office, "p2", {.measure = "visits", .year = 2022});
        CHECK(references(none).empty());
        CHECK(said(none, "数值") == "0次");

        const auto units = exported(office, "p2", {.measure = "communities_out", .year = 2023});
        CHECK(said(units, "数值") == "2个");
        CHECK(said(units, "口径") == "单位（类别是“community”）中“走访”不少于1条的个数");
        const Lines rows = references(units);
        for (const char* expected : {"华创社区", "怡丰社区", "走1", "走2"})
            CHECK(std::count(rows.begin(), rows.end(), expected) == 1);
        CHECK(rows.size() == 4);
    });
}

TEST_CASE("every figure's export has as many rows as the figure has entries, none of them void") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore);
        cancel(office, "visit", "走2");
        for (const char* name : {"visits", "visitors", "home_visits", "contacts", "matters"}) {
            CAPTURE(name);
            const auto out = exported(office, "p2", {.measure = name, .year = 2023});
            REQUIRE(out);
            const auto connection = database.reading();
            const auto in = open_office(*office.workplace, *connection, "qianjin");
            measure::Measures measures(*connection, in->directory, *in->definitions, *in->workdays,
                                       calendar::make_date(2024, 5, 6).value());
            const auto figures =
                measures.answer({{.measure = name}}, measure::year_period(2023)).value();
            std::vector<std::string> counted;
            for (const auto& [ledger, ids] : figures.front().entries) {
                for (const EntryId id : ids) counted.push_back(std::to_string(id.value));
            }
            std::vector<std::string> shown;
            for (const ExportedSheet& sheet : out->sheets) {
                for (const Lines& row : sheet.rows) shown.push_back(row.front());
            }
            CHECK_FALSE(counted.empty());
            CHECK(shown == counted);
        }
    });
}

TEST_CASE("rows behind a figure that somebody may not have are refused, not left out") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore);
        const std::string forbidden(access::errors::kForbidden);
        CHECK(refused(office, {.measure = "visits", .year = 2023}, "p3") == forbidden);
        CHECK(references(
                  exported(office, "p3",
                           {.measure = "visits", .year = 2023, .filter = {.unit = "huachuang"}})) ==
              Lines{"走1"});
        CHECK(refused(office, {.measure = "everything", .year = 2023}) == forbidden);
        CHECK(refused(office, {.measure = "visits", .year = 2023}, "p1") == forbidden);
        CHECK(refused(office, {.measure = "visits", .year = 2022}, "p1") == forbidden);
    });
}

TEST_CASE("what cannot be asked for is refused and says why") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore);
        const std::string bad_filter(errors::kBadFilter);
        const std::string bad_export(errors::kBadExport);
        const std::string bad_condition(measure::errors::kBadCondition);
        const auto visits = [](EntryFilter filter) {
            return ExportWish{.ledger = "visit", .filter = std::move(filter)};
        };
        CHECK(refused(office, visits({.state = "done"})) == bad_filter);
        CHECK(refused(office, {.ledger = "matter", .filter = {.state = "dome"}}) == bad_filter);
        CHECK(refused(office, visits({.dated_from = "2023-02-30"})) == bad_filter);
        CHECK(refused(office, visits({.dated_to = "去年"})) == bad_filter);
        CHECK(refused(office, visits({.unit = "没有的社区"})) == bad_condition);
        for (const char* where : {"{kin: home}", "{kind: hom}", "{phone: '13800138000'}",
                                  "{remark: 只内部看}", "{kind: home", "[1]"}) {
            CAPTURE(where);
            CHECK_FALSE(refused(office, visits({.where = where})).empty());
        }
        CHECK(refused(office, {}) == bad_export);
        CHECK(refused(office, {.ledger = "visit", .measure = "visits", .year = 2023}) ==
              bad_export);
        CHECK(refused(office, {.ledger = "visit", .year = 2023}) == bad_export);
        CHECK(refused(office, {.measure = "visits"}) == bad_export);
        CHECK(refused(office, {.measure = "visits",
                               .year = 2023,
                               .filter = {.dated_from = "2023-06-01"}}) == bad_export);
        CHECK(refused(office, {.measure = "visit", .year = 2023}) ==
              measure::errors::kNoSuchMeasure);
        CHECK(refused(office, {.ledger = "visits"}) == ledger::errors::kNoSuchLedger);
    });
}

TEST_CASE("a file of several ledgers has a sheet for each, and one for the trace") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore);
        const auto out = exported(office, "p2", {.measure = "contacts", .year = 2023});
        REQUIRE(out);
        CHECK(out_rows(*out).error().code == errors::kBadExport);
        const auto file = office.folders.scratch.folder() / "contacts.xlsx";
        REQUIRE(exchange::write_xlsx(file, out_sheets(*out)));
        const std::string bytes = bytes_of(file);
        const auto table = [&](const std::string& sheet) {
            return exchange::read_table(bytes, {.heads = {}, .sheet = sheet}).value();
        };
        CHECK(table("走访").rows.size() == 3);
        CHECK(table("事项").rows.size() == 2);
        const exchange::Sheet trace = table("导出说明");
        CHECK(trace.heads == Lines{"项目", "内容"});
        CHECK(trace.rows.size() == out->trace.size());
        CHECK(trace.rows[3].cells == Lines{"数值", "5件"});
    });
}

TEST_CASE("a file with its trace is imported as one without, and shows nothing private") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const auto out = exported(office, "p2", {.ledger = "visit"});
        REQUIRE(out);
        const auto rows = out_rows(*out);
        REQUIRE(rows);
        const std::string csv = exchange::csv_text(rows->front(), {rows->begin() + 1, rows->end()});
        const auto file = office.folders.scratch.folder() / "visits.xlsx";
        REQUIRE(exchange::write_xlsx(file, out_sheets(*out)));
        const auto connection = database.reading();
        const Office in = open_office(*office.workplace, *connection, "qianjin").value();
        const exchange::TableWish wish{
            .heads = heads_of(*in.definitions, *in.definitions->ledger("visit")), .sheet = {}};
        for (const std::string& bytes : {csv, bytes_of(file)}) {
            CHECK(bytes.find("13800138000") == std::string::npos);
            const auto read = exchange::read_table(bytes, wish);
            REQUIRE(read);
            CHECK(read->heads == out->sheets.front().heads);
            REQUIRE(read->rows.size() == 3);
            for (std::size_t i = 0; i < 3; ++i)
                CHECK(read->rows[i].cells == out->sheets.front().rows[i]);
        }
    });
}

}  // namespace fazhi::action
