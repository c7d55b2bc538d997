#include "report/reports.h"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "calendar/testing/china.h"
#include "document/html_writer.h"
#include "report/errors.h"
#include "report/testing/drafting_office.h"
#include "storage/testing/databases.h"

namespace fazhi::report {

using storage::testing::for_each_database;
using testing::DraftingOffice;
using testing::figure_shown;
using testing::says;
using testing::text_of;
using Json = nlohmann::json;

namespace {

using Lines = std::vector<std::string>;

// Eleven outings in two units, two of them at home; three matters, one done.
void fill(DraftingOffice& office) {
    for (int n = 1; n <= 9; ++n)
        office.add("outing", {{"occurred_on", "2023-03-0" + std::to_string(n)}, {"papers", 20}},
                   "huachuang");
    office.add("outing", {{"occurred_on", "2023-05-01"}, {"kind", "home"}, {"papers", 7}});
    office.add("outing", {{"occurred_on", "2023-12-31"},
                          {"kind", "home"},
                          {"place", "文化广场"},
                          {"remark", "只给自己看的备注"},
                          {"phone", "13800138000"}});
    office.add("outing", {{"occurred_on", "2022-12-31"}, {"papers", 5}});  // last year's
    const EntryId done = office.add("matter", {{"occurred_on", "2023-01-05"}});
    office.finish(done, "2023-02-01");
    office.add("matter", {{"occurred_on", "2023-06-01"}});
    office.add("matter", {{"occurred_on", "2023-06-02"}});
}

const document::Table& annex_of(const BuiltReport& report) {
    for (auto block = report.document.blocks.rbegin(); block != report.document.blocks.rend();
         ++block) {
        if (const auto* table = std::get_if<document::Table>(&*block)) return *table;
    }
    FAIL("no annex");
    return std::get<document::Table>(report.document.blocks.front());
}

document::Table table_named(const BuiltReport& report, const std::string& title) {
    for (const document::Block& block : report.document.blocks) {
        const auto* table = std::get_if<document::Table>(&block);
        if (table != nullptr && table->title == title) return *table;
    }
    FAIL("no such table");
    return {};
}

// Cells with | between.
Lines lines_of(const document::Table& table) {
    Lines out;
    for (const document::Row& row : table.rows) {
        std::string line;
        for (const document::Cell& cell : row) {
            if (!line.empty()) line += '|';
            for (const document::Run& run : cell) line += run.text;
        }
        out.push_back(line);
    }
    return out;
}

// "title|shown|ledger|rows|evidence|late|imported"
Lines annex_lines(const BuiltReport& report) {
    return lines_of(annex_of(report));
}

}  // namespace

TEST_CASE("a report says what the ledgers give, part by part") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        office.write_text("shortcomings", "一是人手不足。");
        const BuiltReport report = office.draft();
        CHECK(report.document.title == "前进街道2023年度报告");
        CHECK(report.document.addressee == "区政府");
        CHECK(report.document.number.empty());
        CHECK(report.document.draft_mark == "草稿");
        CHECK(text_of(report.document) ==
              Lines{"现将2023年情况报告如下：", "2023年主要成效", "外出",
                    "外出11次，其中入户2次，同比增长1000%，发放资料180余份。入户比例18.18%。",
                    "司法所|2|7", "华创社区|9|180", "事项", "受理事项3件，办结1件。上年受理0件。",
                    "司法所|1|100|2", "华创社区|2|0|9", "存在的不足", "一是人手不足。"});
    });
}

TEST_CASE("every figure of the text has its rows, in the report and in what the page opens") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        const BuiltReport report = office.draft();
        const Json data = Json::parse(report.figures_json);
        std::set<std::string> keys;
        for (const ShownFigure& shown : report.figures) {
            CAPTURE(shown.shown);
            CHECK(keys.insert(shown.key).second);
            const Json& opened = data.at("figures").at(shown.key);
            CHECK(opened.at("shown") == shown.shown);
            std::size_t rows = 0;
            for (const Json& ledger : opened.at("ledgers")) {
                const Json& shown_rows =
                    data.at("ledgers").at(ledger.at("ledger").get<std::string>()).at("entries");
                for (const Json& id : ledger.at("entries")) {
                    rows += static_cast<std::size_t>(
                        std::count_if(shown_rows.begin(), shown_rows.end(),
                                      [&](const Json& row) { return row.at("id") == id; }));
                }
            }
            std::size_t behind = 0;
            for (const auto& [ledger, ids] : shown.figure.entries) behind += ids.size();
            CHECK(rows == behind);
            if (shown.figure.scaled != 0) CHECK(rows > 0);
        }
        CHECK(data.at("figures").size() == keys.size());
        const std::string html =
            document::write_html(report.document, {.figures_json = report.figures_json});
        for (const std::string& key : keys)
            CHECK(html.find("data-figure=\"" + key + "\"") != std::string::npos);
        const ShownFigure& share = figure_shown(report, "18.18%");
        CHECK(data.at("figures").at(share.key).at("numerator") == 2);
        CHECK(data.at("figures").at(share.key).at("denominator") == 11);
    });
}

TEST_CASE("what is private or not public stands nowhere in the report") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        const BuiltReport report = office.draft();
        const std::string html =
            document::write_html(report.document, {.figures_json = report.figures_json});
        CHECK(html.find("13800138000") == std::string::npos);
        CHECK(html.find("只给自己看的备注") == std::string::npos);
        CHECK(html.find("文化广场") != std::string::npos);
    });
}

TEST_CASE("void entries count nowhere") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        office.cancel("outing", office.add("outing", {{"occurred_on", "2023-07-01"}}));
        CHECK(figure_shown(office.draft(), "11次").figure.entries.at("outing").size() == 11);
    });
}

TEST_CASE("a ranked table has everybody in the order of their places, equals on one") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        const Value::Map home{{"occurred_on", "2023-03-01"}, {"kind", "home"}};
        const Value::Map phone{{"occurred_on", "2023-03-02"}, {"kind", "phone"}};
        office.add("outing", phone, "office");
        office.add("outing", home, "huachuang");
        office.add("outing", home, "yifeng");
        const document::Table& table = table_named(office.draft(), "入户比例排名");
        CHECK(lines_of(table) == Lines{"华创社区|1|100|1", "怡丰社区|1|100|1", "司法所|3|0|1"});
    });
}

TEST_CASE("a chart has every month of the year by its short name") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        const BuiltReport report = office.draft();
        for (const document::Block& block : report.document.blocks) {
            const auto* chart = std::get_if<document::Chart>(&block);
            if (chart == nullptr) continue;
            CHECK(chart->categories.size() == 12);
            CHECK(chart->categories.front() == "1月");
            const document::Series& series = chart->series.front();
            CHECK(series.values.at(2) == 9.0);
            REQUIRE(series.figures.size() == 12);
            CHECK(series.figures.front().empty());  // Nothing in January: nothing to open.
            const auto march =
                std::find_if(report.figures.begin(), report.figures.end(),
                             [&](const ShownFigure& f) { return f.key == series.figures.at(2); });
            REQUIRE(march != report.figures.end());
            CHECK(march->filter == "3月");
            CHECK(march->figure.entries.at("outing").size() == 9);
            return;
        }
        FAIL("no chart");
    });
}

TEST_CASE("the annex says how many rows, how many with evidence, how many late") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        office.attach_photo(office.add("outing", {{"occurred_on", "2023-08-01"}}));
        const Lines lines = annex_lines(office.draft());
        CAPTURE(lines.front());
        CHECK(std::count(lines.begin(), lines.end(), "外出|12次|外出|12|1|0|0") == 1);
        CHECK(std::count(lines.begin(), lines.end(), "办结事项|1件|事项|1|0|0|0") == 1);
    });
}

TEST_CASE("a figure from paper stands in for a year without rows, and says so") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        const auto paper = [&](const char* measure, int year, const char* value) {
            office.add("reported_figure", {{"measure", measure},
                                           {"year", year},
                                           {"value", value},
                                           {"source", "2022年度报告"}});
        };
        paper("matters", 2022, "41.00");
        paper("outings", 2022, "7");       // The ledger has one row of that year: it wins.
        paper("papers_given", 2022, "8");  // Of last year the report reads nothing of it.
        const BuiltReport report = office.draft();
        CHECK(says(report, "上年受理41件。"));
        CHECK(says(report, "同比增长1000%"));
        const Lines lines = annex_lines(report);
        CHECK(std::count(lines.begin(), lines.end(), "受理事项|41件|未由台账产生|1|0|0|0") == 1);
        CHECK(std::any_of(
            report.suggestions.begin(), report.suggestions.end(),
            [](const std::string& line) { return line.find("纸面数字是7") != std::string::npos; }));
        CHECK(std::none_of(
            report.suggestions.begin(), report.suggestions.end(),
            [](const std::string& line) { return line.find("纸面数字是8") != std::string::npos; }));
    });
}

TEST_CASE("what the year left open is told to the drafter, not written") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        const BuiltReport report = office.draft();
        CHECK(std::count(report.suggestions.begin(), report.suggestions.end(),
                         "“存在的不足”：截至2023年末，“事项”有2条没有办结。") == 1);
        CHECK_FALSE(says(report, "没有办结"));
        // On the last day of the year before nothing was there yet.
        CHECK(office.draft(2022).suggestions == Lines{"“存在的不足”还没有内容。"});
    });
}

TEST_CASE("a required part without content waits to be written, an optional one is left out") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        const BuiltReport report = office.draft();
        CHECK(says(report, "（待补充）"));
        CHECK_FALSE(says(report, "其他情况"));
        office.write_text("other", "没有需要说明的。");
        office.write_text("other", "别的年度的文字。", 2022);
        CHECK(says(office.draft(), "其他情况"));
        CHECK_FALSE(says(office.draft(), "别的年度"));
    });
}

TEST_CASE("texts keep the order in which they were recorded") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        for (const char* text : {"一是甲。", "二是乙。", "三是丙。"})
            office.write_text("shortcomings", text);
        const Lines lines = text_of(office.draft().document);
        const auto first = std::find(lines.begin(), lines.end(), "一是甲。");
        REQUIRE(lines.end() - first >= 3);
        CHECK(Lines(first, first + 3) == Lines{"一是甲。", "二是乙。", "三是丙。"});
    });
}

TEST_CASE("a report that is not there and a year that has not begun are refused") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        CHECK(office.build(2025).error().code == errors::kBadYear);
        const auto connection = database.reading();
        const ledger::Context context{.directory = office.directory,
                                      .definitions = testing::report_set(),
                                      .workdays = calendar::testing::china(),
                                      .actor = access::system_actor(access::testing::kOffice),
                                      .accepted_at = access::testing::kMorning,
                                      .today = calendar::civil_date(access::testing::kMorning)};
        CHECK(office.reports.build(*connection, context, {.report = "weekly", .year = 2023})
                  .error()
                  .code == errors::kNoSuchReport);
    });
}

}  // namespace fazhi::report
