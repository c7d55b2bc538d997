#include "document/docx_writer.h"

#include <cmath>

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include "document/page_setup.h"
#include "document/testing/sample_document.h"
#include "document/testing/unzipped.h"

namespace fazhi::document {

namespace {

pugi::xml_document parsed(const std::string& docx, const std::string& path) {
    pugi::xml_document out;
    const auto result = out.load_string(testing::part(docx, path).c_str());
    REQUIRE_MESSAGE(result, path << ": " << result.description());
    return out;
}

// All text of a part, paragraphs by "\n".
std::string text_of(const pugi::xml_document& part) {
    std::string out;
    for (const auto& paragraph : part.select_nodes("//w:p")) {
        for (const auto& text : paragraph.node().select_nodes(".//w:t"))
            out += text.node().text().get();
        out += '\n';
    }
    return out;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

int twips(double points) {
    return static_cast<int>(std::lround(points * 20));
}

}  // namespace

TEST_CASE("every part is well formed, and what is related is there") {
    const std::string docx = write_docx(testing::sample_report());
    std::size_t parts = 0;
    for (const ArchiveEntry& entry : testing::unzipped(docx)) {
        const bool is_xml = entry.path.ends_with(".xml") || entry.path.ends_with(".rels");
        if (!is_xml) continue;
        pugi::xml_document part;
        CHECK_MESSAGE(part.load_string(entry.content.c_str()), entry.path);
        ++parts;
    }
    CHECK(parts >= 8);
    const auto relations = parsed(docx, "word/_rels/document.xml.rels");
    for (const auto& relation : relations.select_nodes("//Relationship")) {
        const std::string target = relation.node().attribute("Target").value();
        CAPTURE(target);
        CHECK_FALSE(testing::part(docx, "word/" + target).empty());
    }
    CHECK(docx == write_docx(testing::sample_report()));
}

TEST_CASE("the page is that of GB/T 9704: margins and a grid of 22 lines") {
    const auto body = parsed(write_docx(testing::sample_report()), "word/document.xml");
    const auto section = body.select_node("//w:body/w:sectPr").node();
    const auto size = section.child("w:pgSz");
    CHECK(std::abs(size.attribute("w:w").as_int() - twips(kPageWidth)) <= 1);
    CHECK(std::abs(size.attribute("w:h").as_int() - twips(kPageHeight)) <= 1);
    const auto margins = section.child("w:pgMar");
    CHECK(std::abs(margins.attribute("w:top").as_int() - twips(millimetres(37))) <= 1);
    CHECK(std::abs(margins.attribute("w:left").as_int() - twips(millimetres(28))) <= 1);
    CHECK(std::abs(margins.attribute("w:right").as_int() - twips(millimetres(26))) <= 1);
    CHECK(std::abs(margins.attribute("w:bottom").as_int() - twips(millimetres(35))) <= 1);
    const int pitch = section.child("w:docGrid").attribute("w:linePitch").as_int();
    CHECK(pitch * kLinesOnPage <= twips(kTextHeight));  // or the last line moves on
    CHECK((pitch + 1) * kLinesOnPage > twips(kTextHeight));
}

TEST_CASE("the fonts are the standard's by name") {
    const std::string docx = write_docx(testing::sample_report());
    const std::string all =
        testing::part(docx, "word/styles.xml") + testing::part(docx, "word/document.xml");
    for (const char* font : {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}) {
        CAPTURE(font);
        CHECK(has(all, font));
    }
}

TEST_CASE("everything the report says is in the document, in order") {
    const std::string docx = write_docx(testing::sample_report());
    const std::string text = text_of(parsed(docx, "word/document.xml"));
    std::size_t at = 0;
    for (const char* part :
         {"河湾区青石街道办事处文件", "河青办发〔2025〕9号", "林秋实",
          "2024年度法治政府建设情况的报告", "区委、区政府：",
          "一、2024年推进法治政府建设的主要举措和成效", "（一）严格重大行政决策程序。",
          "（二）依法有效化解矛盾纠纷", "1.做实人民调解", "（1）健全信息公开平台", "分社区宣传情况",
          "14,390", "二、2024年存在的不足和原因", "附件：2024年度法治政府建设报告数据明细",
          "2025年2月27日", "第60项指标", "抄送：区委依法治区办，区司法局。"}) {
        CAPTURE(part);
        const std::size_t found = text.find(part, at);
        CHECK(found != std::string::npos);
        if (found != std::string::npos) at = found;
    }
}

TEST_CASE("headings show in the outline, tables are tables whose head repeats, charts are charts") {
    const std::string docx = write_docx(testing::sample_report());
    const auto body = parsed(docx, "word/document.xml");
    CHECK(body.select_nodes("//w:pPr/w:pStyle[starts-with(@w:val, 'Heading')]").size() >= 5);
    CHECK(body.select_nodes("//w:tbl").size() == 3);  // and the imprint
    CHECK(body.select_nodes("//w:trPr/w:tblHeader").size() == 2);
    CHECK(body.select_nodes("//w:tbl[2]//w:tr").size() +
              body.select_nodes("//w:tbl[1]//w:tr").size() >=
          61);
    CHECK_FALSE(testing::part(docx, "word/charts/chart1.xml").empty());
    CHECK_FALSE(testing::part(docx, "word/charts/chart2.xml").empty());
    const auto chart = parsed(docx, "word/charts/chart2.xml");
    CHECK(chart.select_nodes("//c:ser").size() == 2);
    // A value that is missing is a gap, not 0.
    CHECK(chart.select_nodes("//c:ser[2]/c:val//c:pt").size() == 2);
}

TEST_CASE("page numbers are fields between dashes, on odd pages right and on even ones left") {
    const std::string docx = write_docx(testing::sample_report());
    CHECK(has(testing::part(docx, "word/settings.xml"), "evenAndOddHeaders"));
    std::size_t footers = 0;
    for (const ArchiveEntry& entry : testing::unzipped(docx)) {
        if (!has(entry.path, "word/footer")) continue;
        ++footers;
        CHECK(has(entry.content, "PAGE"));
        CHECK(has(entry.content, "—"));
    }
    CHECK(footers >= 2);
}

TEST_CASE("what somebody typed becomes text, never markup, and never breaks the file") {
    Document document;
    document.title = "</w:t><w:p/>&amp;";
    document.organisation = "]]>\x01\x0B";
    document.blocks = {
        Paragraph{.runs = {{.text = "a<b>&\"'\xE2\x80\xAE\xEF\xBF\xBE\n第二行"}}},
        Heading{.level = 4, .runs = {{.text = "<w:br/>"}}},
        Table{.title = "<t>", .header = {}, .rows = {}, .alignment = {}, .notes = {}}};
    const std::string docx = write_docx(document);
    const auto body = parsed(docx, "word/document.xml");
    const std::string text = text_of(body);
    CHECK(has(text, "</w:t><w:p/>&amp;"));
    CHECK(has(text, "a<b>&\"'"));
    CHECK_FALSE(has(text, "\xE2\x80\xAE"));
    CHECK(parsed(write_docx({}), "word/document.xml"));
}

TEST_CASE("a remark stands in the margin, on the words it is about") {
    Document document;
    document.title = "报告";
    Run before{"全年"};
    Run first{"排查"};
    first.comments = {0};
    Run second{"300起", {}, RunStyle::Strong};
    second.comments = {0, 1};
    document.blocks = {Paragraph{{before, first, second, {"。"}}}};
    document.comments = {{"法制审查", "与台账不符。\n台账上是286起。"}, {"法制审查", "单位<不对>"}};
    const std::string docx = write_docx(document);
    const auto remarks = parsed(docx, "word/comments.xml");
    CHECK(text_of(remarks) == "与台账不符。\n台账上是286起。\n单位<不对>\n");
    const auto body = parsed(docx, "word/document.xml");
    CHECK(body.select_nodes("//w:commentRangeStart").size() == 2);
    CHECK(body.select_nodes("//w:commentReference").size() == 2);
    // The first covers both runs: it begins before 排查 and ends behind 300起.
    const auto start = body.select_node("//w:commentRangeStart[@w:id='0']").node();
    CHECK(start.next_sibling("w:r").child("w:t").text().get() == std::string("排查"));
    const auto end = body.select_node("//w:commentRangeEnd[@w:id='0']").node();
    CHECK(end.previous_sibling("w:r").child("w:t").text().get() == std::string("300起"));
    CHECK(has(testing::part(docx, "[Content_Types].xml"), "/word/comments.xml"));
    CHECK(has(testing::part(docx, "word/_rels/document.xml.rels"), "comments.xml"));
    CHECK(testing::part(write_docx({.title = "报告"}), "word/comments.xml").empty());
}

}  // namespace fazhi::document
