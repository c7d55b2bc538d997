#include "review/read_docx_styles.h"

#include <string_view>

#include <pugixml.hpp>

#include "review/read_container.h"

namespace fazhi::review {

namespace {

constexpr int kBasedOnMax = 30;  // styles upon styles; more is a circle
constexpr int kOutlineMax = 9;

// Built-in headings are known by their names in every language of Word: "heading 1".
std::optional<int> outline_of_name(const std::string& name) {
    constexpr std::string_view kHeading = "heading ";
    const std::string small = in_small_letters(name);
    if (small.size() != kHeading.size() + 1 || !small.starts_with(kHeading)) return std::nullopt;
    const char digit = small.back();
    if (digit < '1' || digit > '9') return std::nullopt;
    return digit - '1';
}

void take_missing(DocxStyle& style, const DocxStyle& base) {
    if (!style.outline) style.outline = base.outline;
    if (style.list.empty()) style.list = base.list;
    if (!style.list_level) style.list_level = base.list_level;
    if (!style.is_hidden) style.is_hidden = base.is_hidden;
}

}  // namespace

DocxStyle format_of(const pugi::xml_node& paragraph, const pugi::xml_node& run) {
    DocxStyle out;
    const pugi::xml_attribute outline = paragraph.child("w:outlineLvl").attribute("w:val");
    if (outline && outline.as_int(-1) >= 0 && outline.as_int() <= kOutlineMax)
        out.outline = outline.as_int();
    const pugi::xml_node list = paragraph.child("w:numPr");
    out.list = list.child("w:numId").attribute("w:val").value();
    const pugi::xml_attribute level = list.child("w:ilvl").attribute("w:val");
    if (level) out.list_level = level.as_int();
    const pugi::xml_node vanish = run.child("w:vanish");
    if (vanish) {
        const std::string_view said = vanish.attribute("w:val").as_string("true");
        out.is_hidden = said != "0" && said != "false" && said != "off";
    }
    return out;
}

DocxStyles::DocxStyles(const pugi::xml_document& part) {
    std::map<std::string, std::string> bases;
    for (const pugi::xml_node node : part.child("w:styles").children("w:style")) {
        const std::string id = node.attribute("w:styleId").value();
        DocxStyle style = format_of(node.child("w:pPr"), node.child("w:rPr"));
        const std::string name = node.child("w:name").attribute("w:val").value();
        if (!style.outline) style.outline = outline_of_name(name);
        styles_[id] = style;
        bases[id] = node.child("w:basedOn").attribute("w:val").value();
        const bool is_paragraph = std::string_view(node.attribute("w:type").value()) == "paragraph";
        if (is_paragraph && node.attribute("w:default").as_bool()) paragraph_default_ = id;
    }
    const std::map<std::string, DocxStyle> own = styles_;
    for (auto& [id, style] : styles_) {
        auto base = bases.find(id);
        for (int step = 0; step < kBasedOnMax && base != bases.end(); ++step) {
            const auto found = own.find(base->second);
            if (found == own.end()) break;
            take_missing(style, found->second);
            base = bases.find(found->first);
        }
    }
}

const DocxStyle& DocxStyles::style(const std::string& id) const {
    static const DocxStyle kNothing;
    const auto found = styles_.find(id);
    return found == styles_.end() ? kNothing : found->second;
}

}  // namespace fazhi::review
