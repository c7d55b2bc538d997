// What a DOCX's styles say that its text depends on (ECMA-376 part 1, §17.7): headings, lists,
// hidden text.
//
// Any thread once made.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace fazhi::review {

struct DocxStyle {
    std::optional<int> outline;  // 0-8: a heading of level 1-9; 9: none
    std::string list;            // w:numId; empty: none of its own
    std::optional<int> list_level;
    std::optional<bool> is_hidden;
};

class DocxStyles {
public:
    // From word/styles.xml. What a style does not say is what it is based on says.
    explicit DocxStyles(const pugi::xml_document&);

    // By w:styleId; a style of nothing where there is none.
    [[nodiscard]] const DocxStyle& style(const std::string& id) const;
    [[nodiscard]] const std::string& paragraph_default() const { return paragraph_default_; }

private:
    std::map<std::string, DocxStyle> styles_;
    std::string paragraph_default_;
};

// Of a w:pPr and a w:rPr, wherever they stand.
DocxStyle format_of(const pugi::xml_node& paragraph, const pugi::xml_node& run);

}  // namespace fazhi::review
