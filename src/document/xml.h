// XML as values, so that a part of a DOCX is an expression; pugixml writes it out, escaped.
//
// Inner to this room. Pure; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fazhi::document {

struct Element {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes = {};
    std::vector<Element> children = {};
    std::string text = {};  // before the children
};

using Elements = std::vector<Element>;

// With the XML declaration, without white space between elements.
std::string to_xml(const Element&);

}  // namespace fazhi::document
