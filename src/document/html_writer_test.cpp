#include "document/html_writer.h"

#include <doctest/doctest.h>

namespace fazhi::document {

TEST_CASE("nothing that somebody typed becomes markup or ends the data") {
    Document document;
    document.title = "<script>alert(1)</script>";
    document.blocks = {Paragraph{.runs = {{.text = "\"a\" & <b>", .figure = "f1"}}}};
    const std::string html =
        write_html(document, {.figures_json = R"({"figures":{"f1":{"title":"</script><b>"}}})"});
    CHECK(html.find("<script>alert") == std::string::npos);
    CHECK(html.find("</script><b>") == std::string::npos);
    CHECK(html.find("\\u003c/script>") != std::string::npos);
    CHECK(html.find("data-figure=\"f1\">&quot;a&quot; &amp; &lt;b&gt;</button>") !=
          std::string::npos);
}

TEST_CASE(
    "headings are numbered, the signature stands before the annex, nothing is loaded from "
    "elsewhere") {
    Document document;
    document.title = "报告";
    document.organisation = "某街道办事处";
    document.issued_on = "2024年2月1日";
    document.blocks = {Heading{.level = 1, .runs = {{.text = "主要举措"}}},
                       Heading{.level = 2, .runs = {{.text = "依法决策"}}},
                       Attachment{.title = "数据说明"}};
    const std::string html = write_html(document, {});
    CHECK(html.find("<h2>一、主要举措</h2>") != std::string::npos);
    CHECK(html.find("<h3>（一）依法决策</h3>") != std::string::npos);
    CHECK(html.find("2024年2月1日") < html.find("class=\"annex\""));
    CHECK(html.find("http://") == std::string::npos);
    CHECK(html.find("https://") == std::string::npos);
    CHECK(write_html(document, {}) == html);
}

TEST_CASE("a value drawn in a chart opens its figure, where it has one") {
    Document document;
    document.title = "报告";
    Series series{"场次", {3.0, std::nullopt, 0.0}, {"f7", "", ""}};
    document.blocks = {Chart{.title = "各月",
                             .kind = ChartKind::Bar,
                             .categories = {"1月", "2月", "3月"},
                             .series = {series},
                             .unit = "场"}};
    for (const ChartKind kind : {ChartKind::Bar, ChartKind::Line}) {
        std::get<Chart>(document.blocks.front()).kind = kind;
        const std::string html = write_html(document, {});
        const std::size_t at = html.find("<rect class=\"figure\" data-figure=\"f7\"");
        REQUIRE(at != std::string::npos);
        CHECK(html.find("aria-label=\"1月 场次 3\"", at) != std::string::npos);
        CHECK(html.find("<rect class=\"figure\"", at + 1) == std::string::npos);
        CHECK(html.find("role=\"group\"") != std::string::npos);
    }
}

}  // namespace fazhi::document
