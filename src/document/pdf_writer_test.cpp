#include "document/pdf_writer.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "document/testing/paper.h"
#include "document/testing/sample_document.h"

namespace fazhi::document {

using testing::joined;
using testing::Paper;
using testing::read_back;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string all_of(const Paper& paper) {
    std::string out;
    for (const std::string& page : paper.pages) out += page;
    return out;
}

// The lines of a page that hold characters, without leading spaces.
std::vector<std::string> lines_of(const std::string& page) {
    std::vector<std::string> out;
    std::string line;
    for (const char c : page) {
        if (c != '\n') {
            if (c != ' ') line += c;
            continue;
        }
        if (!line.empty()) out.push_back(line);
        line.clear();
    }
    return out;
}

constexpr std::size_t kBytesOfHan = 3;

}  // namespace

TEST_CASE("a page is A4 and holds 22 lines of 28 characters") {
    const Paper paper = read_back(write_pdf(testing::filling(60), {}));
    REQUIRE(paper.pages.size() == 3);
    CHECK(has(paper.info, "595.276 x 841.89 pts (A4)"));
    CHECK(lines_of(paper.pages.front()).front().size() == 26 * kBytesOfHan);  // in by two
    const std::vector<std::string> lines = lines_of(paper.pages[1]);
    REQUIRE(lines.size() == 23);  // and the page number
    for (std::size_t n = 0; n < 22; ++n) CHECK(lines[n].size() == 28 * kBytesOfHan);
}

TEST_CASE("page numbers stand between dashes, odd ones right, even ones left") {
    const Paper paper = read_back(write_pdf(testing::filling(60), {}));
    REQUIRE(paper.pages.size() == 3);
    for (int n = 1; n <= 3; ++n) {
        const std::string& page = paper.pages[static_cast<std::size_t>(n - 1)];
        const std::string number = "—" + std::to_string(n) + "—";
        REQUIRE(has(page, number));
        const std::size_t line = page.rfind('\n', page.find(number)) + 1;
        const std::size_t in_by = page.find(number) - line;
        CAPTURE(n);
        if (n % 2 == 1) {
            CHECK(in_by > 20);
        } else {
            CHECK(in_by < 5);
        }
    }
}

TEST_CASE("the whole report is on paper, with its head, its numbers and its end") {
    const Document report = testing::sample_report();
    const Paper paper = read_back(write_pdf(report, {}));
    const std::string text = joined(all_of(paper));
    for (const char* part :
         {"河湾区青石街道办事处文件", "河青办发〔2025〕9号", "签发人：林秋实", "区委、区政府：",
          "一、2024年推进法治政府建设的主要举措和成效", "（一）严格重大行政决策程序。",
          "（二）依法有效化解矛盾纠纷", "1.做实人民调解", "（1）健全信息公开平台", "98.07%",
          "分社区宣传情况", "14,390", "各月宣传场次", "2025年2月27日",
          "附件：2024年度法治政府建设报告数据明细", "（此件公开发布）",
          "抄送：区委依法治区办，区司法局。", "河湾区青石街道党政办公室"}) {
        CAPTURE(part);
        CHECK(has(text, joined(part)));
    }
    CHECK(has(joined(paper.pages.front()), "河湾区青石街道办事处文件"));
    for (const std::string& page : paper.pages) CHECK_FALSE(has(page, "草稿"));
    Document draft = report;
    draft.draft_mark = "草稿";
    for (const std::string& page : read_back(write_pdf(draft, {})).pages) CHECK(has(page, "草稿"));
}

TEST_CASE("a table that runs over pages repeats its head and loses no row") {
    const Paper paper = read_back(write_pdf(testing::sample_report(), {}));
    int pages_with_rows = 0;
    const std::string text = all_of(paper);
    for (const std::string& page : paper.pages) {
        if (!has(page, "项指标")) continue;
        ++pages_with_rows;
        CHECK(has(page, "序号"));
        CHECK(has(page, "记录数"));
    }
    CHECK(pages_with_rows >= 2);
    for (int n = 1; n <= 60; ++n) CHECK(has(text, "第" + std::to_string(n) + "项指标"));
}

TEST_CASE("no line begins with a mark that closes or ends with one that opens") {
    Document document;
    std::string text;
    for (int n = 0; n < 300; ++n) text += n % 7 == 3 ? "“法”，" : (n % 5 == 0 ? "（治）。" : "办");
    document.blocks = {Paragraph{.runs = {{.text = text}}}};
    const Paper paper = read_back(write_pdf(document, {}));
    std::string together;
    for (const std::string& page : paper.pages) {
        for (const std::string& line : lines_of(page)) {
            if (line.starts_with("—")) continue;
            together += line;
            for (const char* mark : {"，", "。", "”", "）", "、", "；", "："})
                CHECK_MESSAGE(!line.starts_with(mark), line);
            for (const char* mark : {"“", "（", "《"}) CHECK_MESSAGE(!line.ends_with(mark), line);
        }
    }
    CHECK(together == text);
}

TEST_CASE("fonts are embedded, and the same document makes the same bytes") {
    const Document report = testing::sample_report();
    const std::string pdf = write_pdf(report, {});
    CHECK(pdf == write_pdf(report, {}));
    const Paper paper = read_back(pdf);
    CHECK(has(paper.fonts, "NotoSerifCJK"));
    std::size_t fonts = 0;
    for (const std::string& line : lines_of(paper.fonts)) {
        if (!has(line, "CJK") && !has(line, "Kaiti")) continue;
        ++fonts;
        CHECK_MESSAGE(has(line, "yesyes"), line);  // emb, sub
    }
    CHECK(fonts >= 3);
}

TEST_CASE("whatever the text holds, there is a page") {
    Document document;
    document.title = std::string(2'000, 'x');
    document.addressee = "\x01\x02";
    document.blocks = {
        Paragraph{.runs = {{.text = "abc\xE2\x80\xAE\xE2\x80\x8B\tdef\n\n尾"}}},
        Paragraph{.runs = {{.text = std::string(5'000, 'w')}}},
        Paragraph{.runs = {}},
        Table{.title = "空表", .header = {}, .rows = {}, .alignment = {}, .notes = {}},
        Table{.title = "",
              .header = {{{{.text = "a"}}}},
              .rows = {{}, {{{.text = "1"}}, {}}},
              .alignment = {},
              .notes = {}},
        Chart{.title = "空图", .kind = ChartKind::Bar, .categories = {}, .series = {}, .unit = ""},
        Chart{.title = "都没有值",
              .kind = ChartKind::Line,
              .categories = {"a"},
              .series = {{"s", {std::nullopt}}},
              .unit = ""},
        Chart{.title = "负数",
              .kind = ChartKind::Bar,
              .categories = {"a", "b"},
              .series = {{"s", {-5.0, 1e12}}},
              .unit = ""},
        PageBreak{}};
    const Paper paper = read_back(write_pdf(document, {}));
    CHECK(paper.pages.size() >= 2);
    // What nobody can see is shown as what cannot be shown.
    CHECK(has(joined(all_of(paper)), "abc\xEF\xBF\xBD"));
    CHECK_FALSE(has(all_of(paper), "\xE2\x80\xAE"));
    CHECK_FALSE(read_back(write_pdf({}, {})).pages.empty());
}

}  // namespace fazhi::document
