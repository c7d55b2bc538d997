#include "review/read_markdown.h"

#include <doctest/doctest.h>

#include "review/errors.h"
#include "review/testing/shown.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

std::vector<std::string> blocks(std::string_view bytes) {
    const auto read = read_markdown(bytes);
    REQUIRE_MESSAGE(read, read.error().message);
    return testing::shown(*read);
}

}  // namespace

TEST_CASE("Markdown headings keep their levels and lists the numbers they were written with") {
    CHECK(blocks("# 年度报告\n\n## 一、主要做法\n\n正文**加粗**的 `字`。\n\n"
                 "3. 第三项\n3. 又是第三项\n- 无序\n") ==
          std::vector<std::string>{"H1 年度报告", "H2 一、主要做法", "P 正文加粗的字。",
                                   "P 3.第三项", "P 3.又是第三项", "P 无序"});
}

TEST_CASE("a Markdown table is its cells, each with its row and column") {
    CHECK(
        blocks(
            "| 事项 | 件数 |\n|---|---|\n| 调解 | 12 |\n| | 3<br>4 |\n\n| 又 |\n|---|\n| 一 |\n") ==
        std::vector<std::string>{"C1.1.1 事项", "C1.1.2 件数", "C1.2.1 调解", "C1.2.2 12",
                                 "C1.3.2 3", "C1.3.2 4", "C2.1.1 又", "C2.2.1 一"});
}

TEST_CASE("paragraphs set in are text, not code, and short lines stay apart") {
    CHECK(blocks("某某街道办事处\n2023年度报告\n\n    "
                 "一年来，街道认真履职。\n\n&emsp;&ldquo;好&rdquo; a<b\n") ==
          std::vector<std::string>{"P 某某街道办事处", "P 2023年度报告", "P 一年来，街道认真履职。",
                                   "P “好”a<b"});
}

TEST_CASE("lines broken in the middle of a sentence are joined in Markdown") {
    CHECK(blocks("街道办事处坚持以习近平法治思想为指导，围绕中心、服务大局，共化解矛盾1\n"
                 "20件，成效明显。\n") ==
          std::vector<std::string>{"P 街道办事处坚持以习近平法治思想为指导，围绕中心、服务大局，"
                                   "共化解矛盾120件，成效明显。"});
}

TEST_CASE("every character of Markdown leads to its line and place") {
    const auto read = read_markdown("## 标题\n\n文*字*在此\n12. 项 目\n");
    REQUIRE(read);
    REQUIRE(read->blocks.size() >= 2);
    CHECK(spot_of(read->blocks[0], 0) == Spot{1, 1, 3});
    CHECK(spot_of(read->blocks[1], 0) == Spot{1, 3, 0});
    CHECK(spot_of(read->blocks[1], testing::char_at(read->blocks[1], U'字')) == Spot{1, 3, 2});
    CHECK(spot_of(read->blocks[1], testing::char_at(read->blocks[1], U'此')) == Spot{1, 3, 5});
}

TEST_CASE("a numbered item leads to its number in the file") {
    const auto read = read_markdown("前文\n\n  12. 项 目\n");
    REQUIRE(read);
    REQUIRE(read->blocks.size() == 2);
    const TextBlock& item = read->blocks[1];
    CHECK(text::from_code_points(item.text) == "12.项目");
    CHECK(spot_of(item, 0) == Spot{1, 3, 2});
    CHECK(spot_of(item, testing::char_at(item, U'项')) == Spot{1, 3, 6});
    CHECK(spot_of(item, testing::char_at(item, U'目')) == Spot{1, 3, 8});
}

TEST_CASE("a text is known for Markdown by its headings") {
    CHECK(has_markdown_heading("正文\n### 一、主要做法\n"));
    CHECK_FALSE(has_markdown_heading("#号楼\n正文 # 号\n####### 七\n"));
    const auto empty = read_markdown("\n\n");
    REQUIRE_FALSE(empty);
    CHECK(empty.error().code == errors::kNoText);
}

}  // namespace fazhi::review
