#include "exchange/table.h"

#include <doctest/doctest.h>

#include "exchange/errors.h"

namespace fazhi::exchange {

namespace {

using Lines = std::vector<std::string>;
const Lines kKnown = {"日期", "名称", "单位", "人数", "证据：照片"};

Lines first_column(const Sheet& sheet) {
    Lines out;
    for (const SheetRow& row : sheet.rows) out.push_back(row.cells.front());
    return out;
}

}  // namespace

TEST_CASE("title rows stand above the head, sums and remarks of hidden rows are said") {
    WorkSheet sheet;
    sheet.rows = {{"某街道普法活动台账"},
                  {"填报单位：司法所", "", "2023年"},
                  {"", "日 期", "名称*", "人数"},
                  {},
                  {"", "2023-05-06", "宪法宣传", "12"},
                  {"", "2023-05-07", "进社区", "3"},
                  {"", "合计", "", "15"}};
    sheet.merged = {{0, 0, 0, 3}};
    sheet.hidden = {5};
    const auto table = table_of(sheet, kKnown);
    REQUIRE(table);
    CHECK(table->heads == Lines{"日期", "名称", "人数"});
    CHECK(table->head_row == 3);
    REQUIRE(table->rows.size() == 2);
    CHECK(table->rows[0].number == 5);
    CHECK(table->cell(2, 5) == "D5");
    REQUIRE(table->notes.size() == 2);
    CHECK(table->notes[0].find("第7行是合计") != std::string::npos);
    CHECK(table->notes[1].find("第6行") != std::string::npos);
}

TEST_CASE("a head of two rows: what is merged downwards, and what stands under a common head") {
    WorkSheet sheet;
    sheet.rows = {
        {"单位", "活动", "", "证据"}, {"", "日期", "名称", "照片"}, {"甲", "1", "2", "a.jpg"}};
    sheet.merged = {{0, 0, 1, 0}, {0, 1, 0, 2}};
    const auto table = table_of(sheet, kKnown);
    REQUIRE(table);
    CHECK(table->heads == Lines{"单位", "日期", "名称", "证据：照片"});
    CHECK(table->rows.size() == 1);
}

TEST_CASE("merged cells in the data, and 同上, stand for what they repeat") {
    WorkSheet sheet;
    sheet.rows = {{"单位", "名称"}, {"甲社区", "一"}, {"", "二"},
                  {"", "三"},       {"同上", "四"},   {"", "五"}};
    sheet.merged = {{1, 0, 3, 0}};
    const auto table = table_of(sheet, kKnown);
    REQUIRE(table);
    CHECK(first_column(*table) == Lines{"甲社区", "甲社区", "甲社区", "甲社区", ""});
}

TEST_CASE("numbers that a spreadsheet has spoiled, heads twice and columns without one are named") {
    WorkSheet sheet;
    sheet.rows = {{"名称", "名称", "", "人数"}, {"a", "b", "c", "330102199001011000"}};
    sheet.spoiled = {{1, 3}};
    const auto table = table_of(sheet, kKnown);
    REQUIRE_FALSE(table);
    Lines wrong;
    for (const Error& each : flatten(table.error()))
        wrong.push_back(std::string(each.code) + "|" + each.where);
    CHECK(wrong ==
          Lines{"exchange.bad_head|B1", "exchange.bad_head|C1", "exchange.spoiled_number|D2"});
    CHECK(table_of(WorkSheet{}, kKnown).error().code == errors::kNoHead);
}

TEST_CASE("columns are named as a spreadsheet names them") {
    CHECK(column_letters(1) == "A");
    CHECK(column_letters(26) == "Z");
    CHECK(column_letters(27) == "AA");
    CHECK(column_letters(702) == "ZZ");
    CHECK(column_letters(703) == "AAA");
}

}  // namespace fazhi::exchange
