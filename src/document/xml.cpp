#include "document/xml.h"

#include <pugixml.hpp>

namespace fazhi::document {

namespace {

class TextSink : public pugi::xml_writer {
public:
    void write(const void* bytes, std::size_t size) override {
        text_.append(static_cast<const char*>(bytes), size);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

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
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    declaration.append_attribute("standalone").set_value("yes");
    put(document.append_child(element.name.c_str()), element);
    TextSink sink;
    document.save(sink, "", pugi::format_raw, pugi::encoding_utf8);
    return sink.take();
}

}  // namespace fazhi::document
