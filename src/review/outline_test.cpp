#include "review/outline.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "review/read_markdown.h"
#include "review/testing/read_text.h"

namespace fazhi::review {

namespace {

// "1 一、推进", one a line.
std::string outline_in(std::string_view text) {
    const SourceText source =
        text.starts_with('#') ? read_markdown(text).value() : testing::read_text(text);
    const Prose prose(source);
    std::string out;
    for (const OutlineItem& item : outline_of(prose).items) {
        out += fmt::format("{} {}{}\n", item.level, prose.utf8(item.label), prose.utf8(item.title));
    }
    return out;
}

}  // namespace

TEST_CASE("the usual levels, a run-in heading and items in a paragraph") {
    CHECK(outline_in("某街道2023年报告\n一、主要举措\n（一）加强领导。一是健全机制，压实责任；二是"
                     "定期调度。\n"
                     "（二）普法\n1.进社区\n（1）讲座\n①一季度\n二、存在的不足") ==
          "1 一、主要举措\n2 （一）加强领导\n3 一是健全机制\n3 二是定期调度\n2 （二）普法\n3 "
          "1.进社区\n"
          "4 （1）讲座\n5 ①一季度\n1 二、存在的不足\n");
}

TEST_CASE(
    "levels follow the report's own habit, also where it leaves one out or turns them round") {
    CHECK(outline_in("一、举措\n1.学法\n2.用法\n二、不足\n（1）少\n（2）浅") ==
          "1 一、举措\n2 1.学法\n2 2.用法\n1 二、不足\n2 （1）少\n2 （2）浅\n");
    CHECK(outline_in("（一）举措\n1、学法\n（二）不足") ==
          "1 （一）举措\n2 1、学法\n1 （二）不足\n");
    CHECK(outline_in("第一部分 举措\n一、学法\n第二部分 不足\n一、浅") ==
          "1 第一部分举措\n2 一、学法\n1 第二部分不足\n2 一、浅\n");
}

TEST_CASE("Markdown's marks give way to numbers, and count where there are none") {
    CHECK(outline_in(
              "# 报告\n## 一、举措\n### （一）学法\n## 二、不足\n**一是**少。\n**二是**浅。") ==
          "1 一、举措\n2 （一）学法\n1 二、不足\n2 一是少\n2 二是浅\n");
    CHECK(outline_in("## 举措\n### 学法\n## 不足") == "1 举措\n2 学法\n1 不足\n");
}

TEST_CASE("items that go on in the next paragraph stay in one list") {
    CHECK(outline_in("三、不足\n一是氛围不浓。形式不多。\n二是队伍不强。\n2024年，将继续努力。") ==
          "1 三、不足\n2 一是氛围不浓\n2 二是队伍不强\n");
}

TEST_CASE("a list inside one paragraph is items, each by its first clause") {
    CHECK(outline_in(
              "四、安排\n（一）充实队伍，新增人员；（二）开展普法，分类施教。（三）完善机制。") ==
          "1 四、安排\n2 （一）充实队伍\n2 （二）开展普法\n2 （三）完善机制\n");
    CHECK(outline_in("一、举措\n（一）学法。参加人员（一）人多，（三）人少。") ==
          "1 一、举措\n2 （一）学法\n");
}

TEST_CASE("dates, decimals and words that begin with a number are no headings") {
    CHECK(outline_in("2023年，街道开展工作。\n1.5万人参加。\n一方面加强学习。\n三个社区参加。\n"
                     "这一是一个好办法。")
              .empty());
}

TEST_CASE("an item reaches to the next of its level, the head to the first heading") {
    const SourceText source = testing::read_text(
        "报告报告\n　　一、甲\n　　正文。\n　　（一）乙\n　　正文。\n　　二、丙\n　　正文。");
    const Prose prose(source);
    const Outline outline = outline_of(prose);
    REQUIRE(outline.items.size() == 3);
    CHECK(prose.utf8(outline.head) == "报告报告\n");
    CHECK(prose.utf8(outline.items[0].whole) == "一、甲\n正文。\n（一）乙\n正文。\n");
    CHECK(outline.items[1].parent == 0);
    CHECK(prose.utf8(outline.items[2].whole) == "二、丙\n正文。\n");
}

TEST_CASE("every character of the prose is traced to its line") {
    const SourceText source = testing::read_text("\n一、２０２３ 年 报告\n（一）学法");
    const Prose prose(source);
    CHECK(prose.utf8(prose.paragraphs()[0].extent) == "一、2023年报告");
    CHECK(prose.spot(2).line == 2);
    CHECK(prose.spot(6).offset == 7);
    CHECK(prose.spot(prose.paragraphs()[1].extent.begin).line == 3);
}

}  // namespace fazhi::review
