#include "document/docx_template.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <pugixml.hpp>

#include "document/docx_package.h"
#include "document/errors.h"
#include "document/testing/form_file.h"
#include "document/testing/unzipped.h"

namespace fazhi::document {

using testing::form_file;
using testing::form_parts;
using testing::paragraph;
using testing::word_part;
using testing::words_of;

namespace {

using Names = std::vector<std::string>;

const TemplateFill kFill{
    .values = {{"party", "张三"},
               {"place", "文化广场"},
               {"phone", ""},
               {"facts", "第一行\n第二行"},
               {"hostile", "</w:t><w:p/>&\x01{party}[x]"},
               {"unit.name", "司法所"}},
    .lists = {{"people", {{{"name", "甲"}, {"age", "30"}}, {{"name", "乙"}, {"age", ""}}}},
              {"things", {}}}};

std::string filled(const std::string& body) {
    const auto out = fill_docx(form_file(body), kFill);
    REQUIRE_MESSAGE(out, out.error().message);
    return *out;
}

std::string words(const std::string& body) {
    return words_of(filled(body));
}

std::string_view refusal(const std::string& docx) {
    const auto out = fill_docx(docx, kFill);
    const auto marks = marks_of_docx(docx);
    if (out) return "";
    CHECK_FALSE(out.error().message.empty());
    // What is only seen when filling aside, the marks of such a file cannot be listed either.
    if (marks) {
        CHECK((out.error().code == errors::kUnknownMark || out.error().code == errors::kBadMark ||
               out.error().code == errors::kTooLarge));
    }
    return out.error().code;
}

// A value, not a part of the answer, which doctest would look at when it is gone.
Names names_in(const std::string& docx) {
    const auto names = marks_of_docx(docx);
    REQUIRE_MESSAGE(names, names.error().message);
    return *names;
}

std::string row(const std::string& cells) {
    return "<w:tr><w:tc>" + paragraph(cells) + "</w:tc></w:tr>";
}

std::string with_part(const std::string& path, const std::string& content) {
    auto parts = form_parts(paragraph("{party}"));
    parts.push_back({path, content});
    return zip_archive(parts);
}

std::string relations(const std::string& type, const std::string& mode) {
    return fmt::format(R"(<Relationships><Relationship Id="r" Type="{}/{}" Target="file:///c/x" )"
                       R"(TargetMode="{}"/></Relationships>)",
                       "http://schemas.openxmlformats.org/officeDocument/2006/relationships", type,
                       mode);
}

}  // namespace

TEST_CASE("marks are filled, and the file's own words stay") {
    CHECK(words(paragraph("{party}：在{place}，{unit.name}。")) == "张三：在文化广场，司法所。");
    CHECK(words(paragraph("不填[一]【二】(三)")) == "不填[一]【二】(三)");
    CHECK(words(paragraph("电话{phone}。")) == "电话。");
    CHECK(words(paragraph(" ") + paragraph("{party} ")) == " |张三 ");
    CHECK(names_in(form_file(paragraph("{b}{a}") + paragraph("{b}[{c.d}]"))) ==
          Names{"b", "a", "c.d"});
}

TEST_CASE("a mark that Word split over runs is one mark, in the format of its first run") {
    const std::string body =
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>由{pa</w:t></w:r><w:proofErr w:type=\"x\"/>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t>r</w:t></w:r><w:hyperlink><w:r><w:t>ty}办{pla</w:t></w:r>"
        "</w:hyperlink><w:r><w:rPr><w:u/></w:rPr><w:t>ce}理</w:t></w:r></w:p>";
    const std::string docx = filled(body);
    CHECK(words_of(docx) == "由张三办文化广场理");
    pugi::xml_document document;
    REQUIRE(document.load_string(testing::part(docx, "word/document.xml").c_str()));
    CHECK(document.select_node("//w:r[w:rPr/w:b]/w:t").node().text().get() ==
          std::string("由张三"));
    CHECK(document.select_node("//w:hyperlink//w:t").node().text().get() ==
          std::string("办文化广场"));
    CHECK(document.select_node("//w:r[w:rPr/w:u]/w:t").node().text().get() == std::string("理"));
}

TEST_CASE("a clause is left out where something it names is empty") {
    CHECK(words(paragraph("{party}[，电话{phone}][，在{place}]。")) == "张三，在文化广场。");
    CHECK(words(paragraph("[甲{party}乙{phone}]")) == "");
    CHECK(words(paragraph("[外[内{phone}]外]")) == "[外外]");
    CHECK(words(paragraph("]{party}[")) == "]张三[");
    CHECK(words("<w:p><w:r><w:t>前[电话</w:t><w:tab/><w:t>{pho</w:t></w:r><w:r><w:t>ne}，"
                "</w:t><w:br/><w:t>]后</w:t></w:r></w:p>") == "前后");
    CHECK(words("<w:p><w:r><w:t>前[电话</w:t><w:tab/><w:t>{place}]后</w:t></w:r></w:p>") ==
          "前电话\t文化广场后");
}

TEST_CASE("a line break in a value is a break, and what somebody typed stays text") {
    CHECK(words(paragraph("经查：{facts}。")) == "经查：第一行\n第二行。");
    const std::string docx = filled(paragraph("{hostile}"));
    CHECK(words_of(docx) == "</w:t><w:p/>&\xEF\xBF\xBD{party}[x]");
    CHECK(testing::part(docx, "word/document.xml").find("&lt;/w:t&gt;") != std::string::npos);
}

TEST_CASE("a table row is there once for each row of its list, or not at all") {
    const std::string table = "<w:tbl><w:tblPr/>" + row("姓名") +
                              row("{people.name}[，{people.age}岁]，{party}") + row("止") +
                              "</w:tbl>";
    CHECK(words(table + paragraph("尾")) == "姓名|甲，30岁，张三|乙，张三|止|尾");
    CHECK(words("<w:tbl>" + row("名") + row("{things.name}") + "</w:tbl>" + paragraph("尾")) ==
          "名|尾");
    const std::string none =
        filled("<w:tbl>" + row("{things.name}") + "</w:tbl>" + paragraph("尾"));
    CHECK(words_of(none) == "尾");
    CHECK(testing::part(none, "word/document.xml").find("w:tbl") == std::string::npos);
}

TEST_CASE("outside tables the paragraph is repeated; the last of a header stays, empty") {
    CHECK(words(paragraph("前") + paragraph("当事人：{people.name}") + paragraph("后")) ==
          "前|当事人：甲|当事人：乙|后");
    CHECK(words(paragraph("前") + paragraph("物品：{things.name}")) == "前");
    CHECK(words(paragraph("物品：{things.name}")) == "");
    const std::string section =
        "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{people.name}</w:t></w:r></w:p>";
    const std::string docx = filled(paragraph("前") + section);
    const std::string xml = testing::part(docx, "word/document.xml");
    CHECK(words_of(docx) == "前|甲|乙");
    CHECK(xml.find("w:sectPr") == xml.rfind("w:sectPr"));
}

TEST_CASE("headers, footers, notes and text boxes are filled too") {
    auto parts = form_parts("<w:p><w:r><w:t>{par</w:t></w:r><w:r><w:pict><w:txbxContent>" +
                            paragraph("框{place}") +
                            "</w:txbxContent></w:pict></w:r><w:r><w:t>ty}</w:t></w:r></w:p>");
    parts.push_back({"word/header1.xml", word_part("hdr", paragraph("{unit.name}"))});
    parts.push_back({"word/footer2.xml", word_part("ftr", paragraph("{things.name}"))});
    parts.push_back({"word/styles.xml", word_part("styles", paragraph("{not_a_mark}"))});
    parts.push_back({"word/media/a.png", std::string("\x89PNG\0{party}", 12)});
    const auto docx = fill_docx(zip_archive(parts), kFill);
    REQUIRE(docx);
    CHECK(words_of(*docx) == "张三|框文化广场");
    CHECK(words_of(*docx, "word/header1.xml") == "司法所");
    CHECK(words_of(*docx, "word/footer2.xml") == "");
    CHECK(testing::part(*docx, "word/styles.xml") == parts[5].content);
    CHECK(testing::part(*docx, "word/media/a.png") == parts[6].content);
    CHECK(*docx == fill_docx(zip_archive(parts), kFill).value());
    CHECK(names_in(zip_archive(parts)) == Names{"party", "place", "unit.name", "things.name"});
}

TEST_CASE("marks that cannot be filled are refused, saying where") {
    CHECK(refusal(form_file(paragraph("{nobody}"))) == errors::kUnknownMark);
    CHECK(refusal(form_file(paragraph("{people.nothing}"))) == errors::kUnknownMark);
    CHECK(fill_docx(form_file(paragraph("{nobody}")), kFill).error().where == "nobody");
    for (const char* text : {"{party", "party}", "{}", "{a{b}}", "｛party｝", "{par\t"}) {
        CAPTURE(text);
        CHECK(refusal(form_file(paragraph(text))) == errors::kBadMark);
    }
    CHECK(refusal(form_file(paragraph("{people.name}{things.name}"))) == errors::kBadMark);
    CHECK(refusal(form_file("<w:tbl><w:tr><w:tc>" + paragraph("{people.name}") + "</w:tc><w:tc>" +
                            paragraph("{things.name}") + "</w:tc></w:tr></w:tbl>")) ==
          errors::kBadMark);
    const auto shown = marks_of_docx(form_file(paragraph("当事人{party的姓名")));
    CHECK(shown.error().message == "“当事人{party的姓名”这一段里花括号没有配对。");
}

TEST_CASE("what is no DOCX, or a broken one, is refused") {
    const std::string whole = form_file(paragraph("{party}"));
    CHECK(refusal("") == errors::kNotDocx);
    CHECK(refusal("not a zip") == errors::kNotDocx);
    CHECK(refusal(whole.substr(0, whole.size() / 2)) == errors::kNotDocx);
    CHECK(refusal(zip_archive({{"a.txt", "a"}})) == errors::kNotDocx);
    CHECK(refusal(zip_archive({{"[Content_Types].xml", "<Types/>"}})) == errors::kNotDocx);
    CHECK(refusal(zip_archive({{"[Content_Types].xml", "<Types/>"},
                               {"word/document.xml", "<w:document/>"}})) == errors::kNotDocx);
    CHECK(refusal(form_file("<w:p><w:r>")) == errors::kNotDocx);
    CHECK(refusal(with_part("../evil.xml", "<a/>")) == errors::kNotDocx);
    CHECK(refusal(with_part("Word/Document.xml", "<a/>")) == errors::kNotDocx);
    CHECK(refusal(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + "x") == errors::kLocked);
    std::string damaged = whole;
    damaged[damaged.find("word/document.xml") + 40] ^= 0x55;
    CHECK(refusal(damaged) == errors::kNotDocx);
}

TEST_CASE("every cut of a file is answered, none breaks") {
    const std::string whole =
        form_file(paragraph("{party}") + "<w:tbl>" + row("{people.name}") + "</w:tbl>");
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        CHECK(refusal(whole.substr(0, size)) == errors::kNotDocx);
    }
}

TEST_CASE("a file that would grow beyond bounds is refused") {
    CHECK(refusal(std::string(kTemplateBytesMax + 1, 'x')) == errors::kTooLarge);
    CHECK(refusal(with_part("word/media/bomb.bin", std::string(kUnpackedBytesMax, '\0'))) ==
          errors::kTooLarge);
    CHECK(refusal(form_file(paragraph(std::string(kXmlPartBytesMax, ' ')))) == errors::kTooLarge);
    auto many = form_parts("");
    for (std::size_t n = 0; n < kDocxPartsMax; ++n) many.push_back({fmt::format("p{}", n), ""});
    CHECK(refusal(zip_archive(many)) == errors::kTooLarge);

    TemplateFill much = kFill;
    much.values["party"] = std::string(1'000'000, 'x');
    std::string marks;
    for (int n = 0; n < 30; ++n) marks += "{party}";
    CHECK(fill_docx(form_file(paragraph(marks)), much).error().code == errors::kTooLarge);
    much.lists["people"].resize(kFilledNodesMax / 10, {{"name", "甲"}});
    const std::string wide = "<w:tbl><w:tr><w:tc>" + paragraph("{people.name}") + paragraph("x") +
                             paragraph("y") + "</w:tc></w:tr></w:tbl>";
    CHECK(fill_docx(form_file(wide), much).error().code == errors::kTooLarge);
}

TEST_CASE("elements nested without end are refused, not followed") {
    std::string deep;
    std::string end;
    for (int n = 0; n < 100'000; ++n) {
        deep += "<w:p>";
        end += "</w:p>";
    }
    CHECK(refusal(form_file(deep + end)) == errors::kNotDocx);
    CHECK(refusal(form_file(deep)) == errors::kNotDocx);
    CHECK(refusal(with_part("_rels/a.rels", deep + end)) == errors::kNotDocx);
}

TEST_CASE("paragraphs where no paragraph may be do not break the filling") {
    const std::string odd =
        "<w:tbl>" + row("{things.name}") + paragraph("{things.name}") + paragraph("{party}") +
        "</w:tbl><w:p><w:r><w:t>{party}<w:p><w:r><w:t>{place}</w:t></w:r></w:p></w:t>"
        "<w:tab>" +
        paragraph("{people.name}") + "</w:tab></w:r></w:p>";
    CHECK(fill_docx(form_file(odd), kFill).has_value());
    CHECK(fill_docx(form_file("<w:p>" + paragraph("{people.name}") +
                              "<w:r><w:t>{people.age}</w:t></w:r></w:p>"),
                    kFill)
              .has_value());
    CHECK(refusal(form_file("<w:p>" + paragraph("{things.name}") +
                            "<w:r><w:t>{people.age}</w:t></w:r></w:p>")) == errors::kBadMark);
}

TEST_CASE("macros are refused, and what the file would draw in from elsewhere") {
    CHECK(refusal(with_part("word/vbaProject.bin", "x")) == errors::kHasMacros);
    auto parts = form_parts(paragraph("{party}"));
    const std::string main = "openxmlformats-officedocument.wordprocessingml.document.main";
    parts[0].content.replace(parts[0].content.find(main), main.size(),
                             "ms-word.document.macroEnabled.main");
    CHECK(refusal(zip_archive(parts)) == errors::kHasMacros);
    const std::string path = "word/_rels/document.xml.rels";
    CHECK(refusal(with_part(path, relations("image", "External"))) == errors::kDrawsFromElsewhere);
    CHECK(refusal(with_part(path, relations("image", "Internal"))) == "");
    CHECK(refusal(with_part(path, relations("hyperlink", "External"))) == "");
    const std::string settings = "word/_rels/settings.xml.rels";
    auto attached = form_parts("");
    attached.push_back({settings, relations("attachedTemplate", "External")});
    attached.push_back(
        {"word/settings.xml", word_part("settings", "<w:attachedTemplate/><w:zoom/>")});
    const auto docx = fill_docx(zip_archive(attached), kFill);
    REQUIRE(docx);
    CHECK(testing::part(*docx, settings).find("c/x") == std::string::npos);
    CHECK(testing::part(*docx, "word/settings.xml").find("attached") == std::string::npos);
    CHECK(testing::part(*docx, "word/settings.xml").find("w:zoom") != std::string::npos);
}

TEST_CASE("entities of the file are not read") {
    auto parts = form_parts("");
    parts[2].content =
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>" +
        word_part("document", "<w:body>" + paragraph("&b;{party}") + "</w:body>").substr(38);
    const auto docx = fill_docx(zip_archive(parts), kFill);
    REQUIRE(docx);
    CHECK(words_of(*docx) == "&b;张三");
    CHECK(testing::part(*docx, "word/document.xml").find("ENTITY") == std::string::npos);
}

}  // namespace fazhi::document
