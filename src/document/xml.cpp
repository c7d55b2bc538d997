#include "document/xml.h"

#include <pugixml.hpp>

#include "document/xml_file.h"

namespace fazhi::document {

namespace {

// As deep as the tree is built, which our code decides, not the input.
void put(pugi::xml_node node, const Element& element) {
    for (const auto& [name, value] : element.attributes) {
        node.append_attribute(name.c_str()).set_value(value.c_str());
    }
    if (!element.text.empty()) {
        node.append_child(pugi::node_pcdata).set_value(element.text.c_str());
    }
    for (const Element& child : element.children) put(node.append_child(child.name.c_str()), child);
}

}  // namespace

std::string to_xml(const Element& element) {
    pugi::xml_document document;
    put(document.append_child(element.name.c_str()), element);
    return written_xml(document);
}

}  // namespace fazhi::document
