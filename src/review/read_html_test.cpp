#include "review/read_html.h"

#include <doctest/doctest.h>

#include "review/errors.h"
#include "review/testing/shown.h"

namespace fazhi::review {
namespace {

using Strings = std::vector<std::string>;

const std::string kProse =
    "一年来，街道深入学习宣传贯彻习近平法治思想，扎实推进法治政府建设各项工作，取得了较好成效。";

SourceText read(const std::string& html) {
    auto out = read_html(html);
    REQUIRE_MESSAGE(out, out.error().message);
    return *std::move(out);
}

std::string page(const std::string& body) {
    return "<!DOCTYPE html><html><head><meta charset=utf-8><title>题</title></head><body>" + body +
           "</body></html>";
}

}  // namespace

TEST_CASE("the report is read without the page around it") {
    const std::string html = page(
        "<div class='top-Nav'><a href=/>首页</a> 政务公开</div><h1>年度报告</h1>"
        "<div>发布时间：2024-01-05</div><script>var a=1;</script>"
        "<div id=content><p>&emsp;&emsp;" +
        kProse +
        "</p><h2>一、做法</h2><p>全年 １２&nbsp;件。<br>又一行。</p>"
        "<ul><li><a href=x>相关链接</a></li></ul><p style='display: none'>" +
        kProse + "</p><p>" + kProse + "</p></div><div>版权所有 某某街道办事处</div><footer>" +
        kProse + "</footer>");
    const SourceText source = read(html);
    CHECK(testing::shown(source) == Strings{"H1 年度报告", "P " + kProse, "H2 一、做法",
                                            "P 全年12件。", "P 又一行。", "P " + kProse});
    CHECK(testing::notices_of(source) == Strings{"hidden_text"});
}

TEST_CASE("a table of cells is one, a table that lays out the page is none") {
    const std::string cells =
        "<table><tr><th colspan=2>事项</th><th>件数</th></tr><tr><td>调<td>解<td><p>12</p></table>";
    CHECK(testing::shown(
              read(page("<table><tr><td><p>" + kProse + "</p>" + cells + "</td></tr></table>"))) ==
          Strings{"P " + kProse, "C1.1.1 事项", "C1.1.3 件数", "C1.2.1 调", "C1.2.2 解",
                  "C1.2.3 12"});
}

TEST_CASE("items of numbered lists have the numbers a browser shows") {
    CHECK(testing::shown(read(page("<ol start=3><li>甲<li>乙</ol><ol type=A><li>丙</ol>"))) ==
          Strings{"P 3.甲", "P 4.乙", "P A.丙"});
}

TEST_CASE("HTML is read in GB18030 whatever it says of its encoding") {
    const SourceText source =
        read("<html><head><meta charset=gb2312></head><body><p>\xB7\xA8\xD6\xCE</p></body></html>");
    CHECK(testing::shown(source) == Strings{"P 法治"});
}

TEST_CASE("every character of a web page leads to its stretch and place") {
    const SourceText source = read(page("<p>首</p><p>共\n <b>１２</b>&amp;件</p>"));
    REQUIRE(testing::texts_of(source) == Strings{"首", "共12&件"});
    const TextBlock& block = source.blocks[1];
    CHECK(spot_of(block, 0) == Spot{1, 2, 0});
    CHECK(spot_of(block, 1) == Spot{1, 2, 3});
    CHECK(spot_of(block, 3) == Spot{1, 2, 5});
}

TEST_CASE("a page without text, or nested without end, is refused") {
    const auto code = [](const std::string& html) {
        const auto result = read_html(html);
        return result ? std::string_view("read") : result.error().code;
    };
    CHECK(code(page("")) == errors::kNoText);
    CHECK(code(page("<nav>导航</nav>")) == errors::kNoText);
    std::string deep;
    for (int i = 0; i < 1'000'000; ++i) deep += "<div>";
    CHECK(code(page(deep + "深")) == errors::kHostile);
    // Entities of a file's own are none in HTML.
    CHECK(code("<!DOCTYPE html [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]><p>&b;</p>") ==
          "read");
}

}  // namespace fazhi::review
