#include "exchange/csv.h"

#include <doctest/doctest.h>

#include "exchange/errors.h"
#include "exchange/table_file.h"

namespace fazhi::exchange {

TEST_CASE("a file saved by a spreadsheet is read: byte order mark, CR LF, quotes, blank rows") {
    const auto sheet = read_table(
        "\xEF\xBB\xBF活动日期,活动名称\r\n2023-05-06,\"宪法宣传, 进社区\"\r\n,\r\n2023-05-07, "
        "横幅\"展\"示 \r\n",
        {});
    REQUIRE(sheet);
    CHECK(sheet->heads == std::vector<std::string>{"活动日期", "活动名称"});
    REQUIRE(sheet->rows.size() == 2);
    CHECK(sheet->rows[0].cells[1] == "宪法宣传, 进社区");
    CHECK(sheet->rows[1].number == 4);
    CHECK(sheet->rows[1].cells[1] == "横幅\"展\"示");
}

TEST_CASE("every faulty head and row is named at once, with its place") {
    const auto sheet = read_table("日期,日期,名称\n1,2,3,4\n5,6,7\n8,9,10,11\n", {});
    REQUIRE_FALSE(sheet);
    const std::vector<Error> faults = flatten(sheet.error());
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].code == errors::kBadHead);
    CHECK(faults[0].where == "B1");
    CHECK(faults[1].where == "D1");
}

TEST_CASE("a file in the encoding of an older system is read as well") {
    const auto sheet =
        read_table("\xC8\xD5\xC6\xDA,\xC3\xFB\xB3\xC6\n2023-05-06,\xC6\xD5\xB7\xA8\n", {});
    REQUIRE(sheet);
    CHECK(sheet->heads == std::vector<std::string>{"日期", "名称"});
    CHECK(sheet->rows.front().cells[1] == "普法");
}

TEST_CASE("what is no text, no CSV or empty is refused and says what to do") {
    CHECK(read_table("a,\xFF\xFE\n", {}).error().code == errors::kNotUtf8);
    CHECK(read_table("", {}).error().code == errors::kNoHead);
    CHECK(read_table("a,b\n\"x\"y,1\n", {}).error().code == errors::kNotCsv);
}

TEST_CASE("what is written is read again, and no cell becomes a formula") {
    const std::vector<std::vector<std::string>> rows = {{"甲,乙", "说\"话\"\n两行"},
                                                        {"=1+1", "-12.5"}};
    const auto sheet = read_table(csv_text({"a", "b"}, rows), {});
    REQUIRE(sheet);
    CHECK(sheet->rows[0].cells == rows[0]);
    CHECK(sheet->rows[1].cells == std::vector<std::string>{"'=1+1", "-12.5"});
}

}  // namespace fazhi::exchange
