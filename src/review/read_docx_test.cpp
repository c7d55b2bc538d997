#include "review/read_docx.h"

#include <array>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "document/docx_writer.h"
#include "document/testing/form_file.h"
#include "document/testing/sample_document.h"
#include "document/zip_archive.h"
#include "review/errors.h"
#include "review/read_docx_numbering.h"
#include "review/testing/shown.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

using document::testing::form_file;
using document::testing::form_parts;
using document::testing::paragraph;
using document::testing::word_part;
using Strings = std::vector<std::string>;

SourceText read(const std::string& docx) {
    auto out = read_docx(docx);
    REQUIRE_MESSAGE(out, out.error().message);
    return *std::move(out);
}

Strings blocks(std::string_view body) {
    return testing::shown(read(form_file(body)));
}

Strings blocks_with(std::string_view body, std::string_view part, std::string_view inside) {
    auto parts = form_parts(body);
    parts.push_back({fmt::format("word/{}.xml", part), word_part(part, inside)});
    return testing::shown(read(document::zip_archive(parts)));
}

std::string run(std::string_view text, std::string_view properties = "") {
    return fmt::format("<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>", properties, text);
}

std::string_view refusal(const Result<SourceText>& result) {
    return result ? "" : result.error().code;
}

std::string numbered(int list, int level, std::string_view text) {
    return fmt::format(R"(<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/>)"
                       R"(<w:numId w:val="{}"/></w:numPr></w:pPr>{}</w:p>)",
                       level, list, run(text));
}

std::string level(int number, std::string_view format, std::string_view text) {
    return fmt::format(R"(<w:lvl w:ilvl="{}"><w:start w:val="1"/>)"
                       R"(<w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>)",
                       number, format, text);
}

}  // namespace

TEST_CASE(
    "headings of a DOCX are known by style, by outline level and by what a style is based on") {
    const std::string styles =
        R"(<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>)"
        R"(<w:style w:type="paragraph" w:styleId="a">)"
        R"(<w:name w:val="标题甲"/><w:basedOn w:val="1"/></w:style>)"
        R"(<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="b"/>)"
        R"(<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>)";
    const auto styled = [](std::string_view style, std::string_view text) {
        return fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>{}</w:p>)", style,
                           run(text));
    };
    const std::string own =
        R"(<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>)" + run("丁") + "</w:p>";
    const std::string body =
        styled("1", "甲") + styled("a", "乙") + styled("b", "丙") + own + styled("missing", "戊");
    CHECK(blocks_with(body, "styles", styles) ==
          Strings{"H1 甲", "H1 乙", "H3 丙", "H2 丁", "P 戊"});
}

TEST_CASE("numbers that Word makes are written out as a reader sees them") {
    const std::string lists =
        R"(<w:abstractNum w:abstractNumId="0">)" + level(0, "chineseCounting", "%1、") +
        level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%1.%3") +
        level(3, "bullet", "&#xF0B7;") + R"(</w:abstractNum><w:abstractNum w:abstractNumId="1">)" +
        level(0, "decimalEnclosedCircle", "%1") +
        R"(</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>)"
        R"(<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">)"
        R"(<w:startOverride w:val="3"/></w:lvlOverride></w:num>)";
    const std::string body = numbered(1, 0, "甲") + numbered(1, 1, "乙") + numbered(1, 1, "丙") +
                             numbered(1, 2, "丁") + numbered(1, 3, "戊") + numbered(1, 0, "己") +
                             numbered(1, 1, "庚") + numbered(2, 0, "辛") + numbered(2, 0, "壬") +
                             numbered(9, 0, "癸") + numbered(0, 0, "子");
    CHECK(blocks_with(body, "numbering", lists) ==
          Strings{"P 一、甲", "P （一）乙", "P （二）丙", "P 一.1丁", "P 戊", "P 二、己",
                  "P （一）庚", "P ③辛", "P ④壬", "P 癸", "P 子"});
}

TEST_CASE("each number format gives the sign that Word shows") {
    constexpr std::array<std::pair<const char*, const char*>, 12> kTwelfth{{
        {"decimal", "12"},
        {"chineseCountingThousand", "十二"},
        {"japaneseCounting", "十二"},
        {"chineseLegalSimplified", "壹拾贰"},
        {"decimalEnclosedCircleChinese", "⑫"},
        {"lowerLetter", "l"},
        {"upperRoman", "XII"},
        {"lowerRoman", "xii"},
        {"ideographTraditional", "乙"},
        {"ideographZodiac", "亥"},
        {"decimalZero", "12"},
        {"none", ""},
    }};
    for (const auto& [format, expected] : kTwelfth) {
        CAPTURE(format);
        CHECK(number_in_format(12, format) == expected);
    }
    CHECK(number_in_format(28, "upperLetter") == "BB");
    CHECK(number_in_format(21, "decimalEnclosedCircle") == "21");
    CHECK(number_in_format(0, "chineseCounting") == "0");
}

TEST_CASE("a table is its cells with row and column, merged cells counted") {
    const auto cell = [](std::string_view inside, std::string_view properties = "") {
        return fmt::format("<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>", properties, inside);
    };
    const std::string table =
        "<w:tbl><w:tr>" + cell(paragraph("事项"), R"(<w:gridSpan w:val="2"/>)") +
        cell(paragraph("件数")) + "</w:tr><w:sdt><w:sdtContent><w:tr>" +
        cell(paragraph("调"), R"(<w:vMerge w:val="restart"/>)") +
        cell(paragraph("上") + paragraph("下")) + cell(paragraph("12")) +
        "</w:tr></w:sdtContent></w:sdt><w:tr>" + cell(paragraph(""), "<w:vMerge/>") +
        cell("<w:tbl><w:tr>" + cell(paragraph("内")) + "</w:tr></w:tbl>" + paragraph("外")) +
        "</w:tr></w:tbl>";
    CHECK(blocks(paragraph("前") + table + paragraph("后")) ==
          Strings{"P 前", "C1.1.1 事项", "C1.1.3 件数", "C1.2.1 调", "C1.2.2 上", "C1.2.2 下",
                  "C1.2.3 12", "C2.1.1 内", "C1.3.2 外", "P 后"});
}

TEST_CASE("a footnote stands behind the paragraph that refers to it, once") {
    const std::string body = "<w:p>" + run("正文") +
                             R"(<w:r><w:footnoteReference w:id="2"/></w:r>)" + run("继续。") +
                             "</w:p>" + paragraph("下一段");
    const std::string notes = R"(<w:footnote w:type="separator" w:id="0">)" + paragraph("分隔") +
                              R"(</w:footnote><w:footnote w:id="2"><w:p>)" + run("注文") +
                              R"(<w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote>)";
    CHECK(blocks_with(body, "footnotes", notes) == Strings{"P 正文继续。", "F 注文", "P 下一段"});
}

TEST_CASE("tracked changes are read as accepted, and what was deleted is told") {
    const std::string body = "<w:p>" + run("共") + "<w:ins>" + run("12") +
                             "</w:ins><w:del><w:r><w:delText>10</w:delText></w:r></w:del>" +
                             run("件") + "</w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" +
                             run("前半") + "</w:p>" + paragraph("后半") +
                             "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("删行") +
                             "</w:tc></w:tr></w:tbl>";
    const SourceText source = read(form_file(body));
    CHECK(testing::shown(source) == Strings{"P 共12件", "P 前半后半"});
    CHECK(testing::notices_of(source) ==
          Strings{"tracked_deletion", "tracked_deletion", "tracked_insertion"});
    CHECK(source.notices[0].message == "修订中删除的文字，没有读入：“10”。");
    CHECK(source.notices[0].spot == Spot{1, 1, 3});
    CHECK(spot_of(source.blocks[1], 2) == Spot{1, 3, 0});
}

TEST_CASE("hidden text is left out and told, faint text is read and told") {
    const std::string body =
        "<w:p>" + run("看得见") + run("看不见", "<w:vanish/>") +
        run("也看得见", R"(<w:vanish w:val="0"/>)") + "</w:p><w:p>" +
        run("白字", R"(<w:color w:val="FFFFFF"/>)") + run("小字", R"(<w:sz w:val="2"/>)") +
        R"(</w:p><w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="1F497D"/></w:tcPr><w:p>)" +
        run("深底白字", R"(<w:color w:val="FFFFFF"/>)") + "</w:p></w:tc></w:tr></w:tbl>";
    const SourceText source = read(form_file(body));
    CHECK(testing::shown(source) == Strings{"P 看得见也看得见", "P 白字小字", "C1.1.1 深底白字"});
    REQUIRE(testing::notices_of(source) == Strings{"hidden_text", "hidden_text"});
    CHECK(source.notices[0].message.find("看不见") != std::string::npos);
    CHECK(source.notices[1].message.find("白字小字") != std::string::npos);
}

TEST_CASE("fields, breaks, text boxes and alternatives are read as they show") {
    const std::string box = "<w:txbxContent>" + paragraph("框内") + "</w:txbxContent>";
    const std::string body =
        "<w:p>" + run("上行") + "<w:r><w:br/></w:r>" + run("下行") +
        R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r>)"
        R"(<w:r><w:instrText>PAGE</w:instrText></w:r>)" +
        "<w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:drawing>" + box +
        "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box +
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        R"(<w:hyperlink><w:r><w:tab/><w:t>链 接</w:t></w:r></w:hyperlink></w:p>)";
    CHECK(blocks(body) == Strings{"P 上行", "P 下行 链接", "P 框内"});
}

TEST_CASE("every character of a DOCX leads to its paragraph and place, labels to its beginning") {
    auto parts = form_parts(paragraph("") + numbered(1, 0, "共 １２ 件"));
    parts.push_back(
        {"word/numbering.xml",
         word_part(
             "numbering",
             R"(<w:abstractNum w:abstractNumId="0">)" + level(0, "decimal", "%1.") +
                 R"(</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>)")});
    const SourceText source = read(document::zip_archive(parts));
    REQUIRE(testing::texts_of(source) == Strings{"1.共12件"});
    const TextBlock& block = source.blocks[0];
    CHECK(spot_of(block, 0) == Spot{1, 2, 0});
    CHECK(spot_of(block, 1) == Spot{1, 2, 0});
    CHECK(spot_of(block, 2) == Spot{1, 2, 0});  // 共
    CHECK(spot_of(block, 3) == Spot{1, 2, 2});  // １
    CHECK(spot_of(block, 5) == Spot{1, 2, 5});  // 件
}

TEST_CASE("a report of our own making is read back whole") {
    const SourceText source = read(document::write_docx(document::testing::sample_report()));
    const Strings found = testing::shown(source);
    CHECK(found.size() > 60);
    CHECK(std::any_of(found.begin(), found.end(),
                      [](const std::string& block) { return block.starts_with("H1 一、"); }));
}

TEST_CASE("a DOCX that is cut, locked, hostile, empty or holds macros is refused by what it is") {
    const std::string whole = form_file(paragraph("正文"));
    CHECK(refusal(read_docx(whole.substr(0, whole.size() / 2))) == errors::kNotWhole);
    CHECK(refusal(read_docx(form_file(paragraph(" ")))) == errors::kNoText);

    auto macros = form_parts(paragraph("正文"));
    macros.push_back({"word/vbaProject.bin", "x"});
    CHECK(refusal(read_docx(document::zip_archive(macros))) == errors::kHasMacros);

    auto broken = form_parts("");
    broken[2].content = "<w:document><w:body>";
    CHECK(refusal(read_docx(document::zip_archive(broken))) == errors::kNotWhole);
    broken[2].content =
        R"(<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>)";
    CHECK(refusal(read_docx(document::zip_archive(broken))) == errors::kHostile);
    std::string deep;
    for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
    for (int i = 0; i < 1'000'000; ++i) deep += "</a>";
    broken[2].content = "<w:document>" + deep + "</w:document>";
    CHECK(refusal(read_docx(document::zip_archive(broken))) == errors::kHostile);
    broken[2].content = std::string(40'000'000, ' ');
    CHECK(refusal(read_docx(document::zip_archive(broken))) == errors::kHostile);
}

}  // namespace fazhi::review
