#include "review/read_columns.h"

#include <doctest/doctest.h>

#include "text/utf8.h"

namespace fazhi::review {
namespace {

// A word of full characters of 10 at a row of 15.
PageWord word(const std::string& said, double left, int row) {
    PageWord out;
    out.text = text::code_points(said);
    out.left = left;
    out.right = left + 10 * static_cast<double>(out.text.size());
    out.top = 15.0 * row;
    out.bottom = out.top + 10;
    out.em = 10;
    return out;
}

std::string read(std::vector<PageWord> words) {
    std::string out;
    for (const PageWord& each : in_reading_order(std::move(words))) {
        out += text::from_code_points(each.text) + "|";
    }
    return out;
}

}  // namespace

TEST_CASE("two columns between lines of the whole page are read one after the other") {
    std::vector<PageWord> words{word("通栏标题很长很长很长很长很长很长", 0, 0)};
    for (int row = 1; row <= 4; ++row) {
        words.push_back(word("左栏的文字" + std::to_string(row), 0, row));
        words.push_back(word("右栏的文字" + std::to_string(row), 100, row));
    }
    words.push_back(word("左栏的文字5", 0, 5));
    words.push_back(word("通栏结尾很长很长很长很长很长很长", 0, 6));
    CHECK(read(words) ==
          "通栏标题很长很长很长很长很长很长|左栏的文字1|左栏的文字2|左栏的文字3|左栏的文字4|"
          "左栏的文字5|右栏的文字1|右栏的文字2|右栏的文字3|右栏的文字4|"
          "通栏结尾很长很长很长很长很长很长|");
}

TEST_CASE("cells of a table keep their rows") {
    std::vector<PageWord> words;
    const std::vector<std::string> names{"调解", "法律援助受理", "信访", "普法宣传活动场次",
                                         "复议"};
    for (int row = 0; row < 5; ++row) {
        words.push_back(word(names[static_cast<std::size_t>(row)], 0, row));
        words.push_back(word(std::to_string(row * 7), 120, row));
    }
    std::string expected;
    for (const PageWord& each : words) expected += text::from_code_points(each.text) + "|";
    CHECK(read(words) == expected);
}

TEST_CASE("a page without columns keeps the order it came in") {
    CHECK(read({word("后", 0, 3), word("先", 0, 1)}) == "后|先|");
    CHECK(read({}).empty());
}

}  // namespace fazhi::review
