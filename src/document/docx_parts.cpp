#include "document/docx_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "document/page_setup.h"

namespace fazhi::document {

namespace {

constexpr const char* kOffice = "application/vnd.openxmlformats-officedocument.";
constexpr const char* kRelation =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr double kFooterPitch = 20;

// A style of paragraphs. Sizes in points; indents in characters of the body.
struct ParagraphStyle {
    const char* id;
    const char* title;
    Face face;
    double size;
    double pitch;
    const char* placing;  // w:jc
    bool is_indented = false;
    int outline = 0;  // 1..4: a heading
};

const std::array<ParagraphStyle, 11> kStyles{{
    {"Title", "Title", Face::Title, kTitleSize, kLinePitch, "center"},
    {"BodyText", "Body Text", Face::FangSong, kBodySize, kLinePitch, "both", true},
    {"Heading1", "heading 1", Face::Hei, kBodySize, kLinePitch, "both", true, 1},
    {"Heading2", "heading 2", Face::Kai, kBodySize, kLinePitch, "both", true, 2},
    {"Heading3", "heading 3", Face::FangSong, kBodySize, kLinePitch, "both", true, 3},
    {"Heading4", "heading 4", Face::FangSong, kBodySize, kLinePitch, "both", true, 4},
    {"Caption", "caption", Face::Hei, kSmallSize, kLinePitch, "center"},
    {"TableText", "表格文字", Face::FangSong, kTableSize, 18, "left"},
    {"TableNote", "表注", Face::FangSong, kNoteSize, 18, "both"},
    {"Imprint", "版记", Face::FangSong, kSmallSize, 24, "left"},
    {"Footer", "footer", Face::Song, kSmallSize, kFooterPitch, "left"},
}};

std::string number(double value) {
    return std::to_string(std::lround(value));
}

Element spacing(double pitch) {
    return {"w:spacing",
            {{"w:before", "0"},
             {"w:after", "0"},
             {"w:line", std::to_string(twips(pitch))},
             {"w:lineRule", "exact"}}};
}

Element size_of(double points) {
    return {"w:sz", {{"w:val", number(points * 2)}}};
}

Element size_of_complex(double points) {
    return {"w:szCs", {{"w:val", number(points * 2)}}};
}

// 28 characters in 156 mm are set a little closer than 三号 would be. Not by the document grid:
// programs disagree on what it does to a character that is wider than its square.
Element character_spacing(double size) {
    return {"w:spacing", {{"w:val", size == kBodySize ? "-5" : "0"}}};
}

Element normal_style() {
    return {"w:style",
            {{"w:type", "paragraph"}, {"w:default", "1"}, {"w:styleId", "Normal"}},
            {{"w:name", {{"w:val", "Normal"}}},
             {"w:qFormat"},
             {"w:pPr",
              {},
              {{"w:widowControl", {{"w:val", "0"}}},
               {"w:kinsoku"},
               {"w:autoSpaceDE", {{"w:val", "0"}}},
               {"w:autoSpaceDN", {{"w:val", "0"}}},
               spacing(kLinePitch),
               {"w:jc", {{"w:val", "both"}}}}},
             {"w:rPr", {}, {character_spacing(kBodySize)}}}};
}

Element paragraph_style(const ParagraphStyle& style) {
    Element properties{"w:pPr"};
    if (style.outline > 0 || style.id == std::string("Caption")) {
        properties.children.push_back({"w:keepNext"});
    }
    if (style.pitch != kLinePitch) {
        properties.children.push_back({"w:snapToGrid", {{"w:val", "0"}}});
    }
    properties.children.push_back(spacing(style.pitch));
    if (style.is_indented) {
        properties.children.push_back(
            {"w:ind", {{"w:firstLineChars", "200"}, {"w:firstLine", "640"}}});
    }
    properties.children.push_back({"w:jc", {{"w:val", style.placing}}});
    if (style.outline > 0) {
        properties.children.push_back(
            {"w:outlineLvl", {{"w:val", std::to_string(style.outline - 1)}}});
    }
    return {"w:style",
            {{"w:type", "paragraph"}, {"w:styleId", style.id}},
            {{"w:name", {{"w:val", style.title}}},
             {"w:basedOn", {{"w:val", "Normal"}}},
             {"w:qFormat"},
             properties,
             {"w:rPr",
              {},
              {docx_fonts(style.face), character_spacing(style.size), size_of(style.size),
               size_of_complex(style.size)}}}};
}

Element default_style() {
    return {"w:docDefaults",
            {},
            {{"w:rPrDefault",
              {},
              {{"w:rPr",
                {},
                {docx_fonts(Face::FangSong),
                 size_of(kBodySize),
                 size_of_complex(kBodySize),
                 {"w:lang", {{"w:val", "en-US"}, {"w:eastAsia", "zh-CN"}}}}}}},
             {"w:pPrDefault"}}};
}

Element text_run(const std::string& text) {
    return {"w:r", {}, {{"w:t", {{"xml:space", "preserve"}}, {}, text}}};
}

Element relation(const std::string& id, const std::string& type, const std::string& target) {
    return {"Relationship", {{"Id", id}, {"Type", kRelation + type}, {"Target", target}}};
}

Element relations(Elements children) {
    return {"Relationships",
            {{"xmlns", "http://schemas.openxmlformats.org/package/2006/relationships"}},
            std::move(children)};
}

Element override_type(const std::string& path, const std::string& type) {
    return {"Override", {{"PartName", path}, {"ContentType", kOffice + type + "+xml"}}};
}

}  // namespace

long twips(double points) {
    return std::lround(points * 20);
}

const char* docx_font(Face face) {
    switch (face) {
        case Face::Title:
            return "方正小标宋简体";
        case Face::FangSong:
            return "仿宋_GB2312";
        case Face::Hei:
            return "黑体";
        case Face::Kai:
            return "楷体_GB2312";
        case Face::Song:
            return "宋体";
    }
    return "";
}

Element docx_fonts(Face face) {
    const std::string font = docx_font(face);
    return {"w:rFonts",
            {{"w:ascii", font}, {"w:hAnsi", font}, {"w:eastAsia", font}, {"w:cs", font}}};
}

std::vector<std::pair<std::string, std::string>> docx_namespaces() {
    const std::string drawing = "http://schemas.openxmlformats.org/drawingml/2006/";
    return {{"xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"},
            {"xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
            {"xmlns:wp", drawing + "wordprocessingDrawing"},
            {"xmlns:a", drawing + "main"},
            {"xmlns:c", drawing + "chart"}};
}

std::string docx_styles() {
    Element root{"w:styles", docx_namespaces(), {default_style(), normal_style()}};
    for (const ParagraphStyle& style : kStyles) root.children.push_back(paragraph_style(style));
    return to_xml(root);
}

std::string docx_settings() {
    const auto compatibility = [](const char* name, const char* value) {
        return Element{"w:compatSetting",
                       {{"w:name", name},
                        {"w:uri", "http://schemas.microsoft.com/office/word"},
                        {"w:val", value}}};
    };
    return to_xml({"w:settings",
                   docx_namespaces(),
                   {{"w:evenAndOddHeaders"},
                    {"w:characterSpacingControl", {{"w:val", "doNotCompress"}}},
                    {"w:compat",
                     {},
                     {{"w:balanceSingleByteDoubleByteWidth"},
                      {"w:useFELayout"},
                      compatibility("compatibilityMode", "15")}},
                    {"w:themeFontLang", {{"w:val", "en-US"}, {"w:eastAsia", "zh-CN"}}}}});
}

std::string docx_font_table() {
    // What a machine without the licensed fonts may take instead.
    const auto font = [](Face face, const char* instead) {
        return Element{"w:font",
                       {{"w:name", docx_font(face)}},
                       {{"w:altName", {{"w:val", instead}}}, {"w:charset", {{"w:val", "86"}}}}};
    };
    return to_xml(
        {"w:fonts",
         docx_namespaces(),
         {font(Face::Title, "FZXiaoBiaoSong-B05S"), font(Face::FangSong, "仿宋"),
          font(Face::Hei, "SimHei"), font(Face::Kai, "楷体"), font(Face::Song, "SimSun")}});
}

std::string docx_footer(bool is_odd) {
    const char* side = is_odd ? "w:right" : "w:left";
    Element paragraph{"w:p",
                      {},
                      {{"w:pPr",
                        {},
                        {{"w:pStyle", {{"w:val", "Footer"}}},
                         {"w:ind", {{side, std::to_string(twips(kSmallSize))}}},
                         {"w:jc", {{"w:val", is_odd ? "right" : "left"}}}}},
                       text_run("— "),
                       {"w:fldSimple", {{"w:instr", " PAGE "}}, {text_run("1")}},
                       text_run(" —")}};
    return to_xml({"w:ftr", docx_namespaces(), {paragraph}});
}

std::string docx_header(const std::string& draft_mark) {
    Element run = text_run(draft_mark);
    run.children.insert(run.children.begin(),
                        {"w:rPr", {}, {docx_fonts(Face::Hei), {"w:color", {{"w:val", "737373"}}}}});
    Element paragraph{
        "w:p",
        {},
        {{"w:pPr", {}, {{"w:pStyle", {{"w:val", "Footer"}}}, {"w:jc", {{"w:val", "right"}}}}},
         run}};
    return to_xml({"w:hdr", docx_namespaces(), {paragraph}});
}

std::string docx_core_properties(const Document& document) {
    return to_xml(
        {"cp:coreProperties",
         {{"xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"},
          {"xmlns:dc", "http://purl.org/dc/elements/1.1/"}},
         {{"dc:title", {}, {}, document.title},
          {"dc:subject", {}, {}, document.number},
          {"dc:creator", {}, {}, document.organisation},
          {"dc:language", {}, {}, "zh-CN"}}});
}

std::string docx_comments(const std::vector<Comment>& comments) {
    constexpr double kSize = 10;
    Element root{"w:comments", docx_namespaces()};
    for (std::size_t n = 0; n < comments.size(); ++n) {
        Element comment{"w:comment",
                        {{"w:id", std::to_string(n)}, {"w:author", comments[n].author}}};
        std::size_t begin = 0;
        while (begin <= comments[n].text.size()) {
            const std::size_t end =
                std::min(comments[n].text.find('\n', begin), comments[n].text.size());
            Element run = text_run(comments[n].text.substr(begin, end - begin));
            run.children.insert(
                run.children.begin(),
                {"w:rPr", {}, {docx_fonts(Face::Song), size_of(kSize), size_of_complex(kSize)}});
            comment.children.push_back(
                {"w:p",
                 {},
                 {{"w:pPr", {}, {spacing(kSize * 1.5), {"w:jc", {{"w:val", "left"}}}}}, run}});
            begin = end + 1;
        }
        root.children.push_back(std::move(comment));
    }
    return to_xml(root);
}

std::string docx_content_types(const DocxExtras& extras) {
    const std::string word = "wordprocessingml.";
    Element root{
        "Types",
        {{"xmlns", "http://schemas.openxmlformats.org/package/2006/content-types"}},
        {{"Default",
          {{"Extension", "rels"},
           {"ContentType", "application/vnd.openxmlformats-package.relationships+xml"}}},
         {"Default", {{"Extension", "xml"}, {"ContentType", "application/xml"}}},
         override_type("/word/document.xml", word + "document.main"),
         override_type("/word/styles.xml", word + "styles"),
         override_type("/word/settings.xml", word + "settings"),
         override_type("/word/fontTable.xml", word + "fontTable"),
         override_type("/word/footer1.xml", word + "footer"),
         override_type("/word/footer2.xml", word + "footer"),
         {"Override",
          {{"PartName", "/docProps/core.xml"},
           {"ContentType", "application/vnd.openxmlformats-package.core-properties+xml"}}}}};
    if (extras.has_header) {
        root.children.push_back(override_type("/word/header1.xml", word + "header"));
    }
    if (extras.has_comments)
        root.children.push_back(override_type("/word/comments.xml", word + "comments"));
    for (std::size_t n = 1; n <= extras.charts; ++n) {
        root.children.push_back(
            override_type(fmt::format("/word/charts/chart{}.xml", n), "drawingml.chart"));
    }
    return to_xml(root);
}

std::string docx_relations(const DocxExtras& extras) {
    Elements all{relation("styles", "styles", "styles.xml"),
                 relation("settings", "settings", "settings.xml"),
                 relation("fonts", "fontTable", "fontTable.xml"),
                 relation("odd", "footer", "footer1.xml"),
                 relation("even", "footer", "footer2.xml")};
    if (extras.has_header) all.push_back(relation("draft", "header", "header1.xml"));
    if (extras.has_comments) all.push_back(relation("comments", "comments", "comments.xml"));
    for (std::size_t n = 1; n <= extras.charts; ++n) {
        all.push_back(
            relation(fmt::format("chart{}", n), "chart", fmt::format("charts/chart{}.xml", n)));
    }
    return to_xml(relations(std::move(all)));
}

std::string docx_package_relations() {
    const std::string package =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    return to_xml(relations(
        {relation("document", "officeDocument", "word/document.xml"),
         {"Relationship", {{"Id", "core"}, {"Type", package}, {"Target", "docProps/core.xml"}}}}));
}

}  // namespace fazhi::document
