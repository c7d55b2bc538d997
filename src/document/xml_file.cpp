#include "document/xml_file.h"

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

// Stops where the tree is too deep; pugixml walks without recursion.
struct DepthWatch : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node&) override { return depth() < kXmlDepthMax; }
};

}  // namespace

XmlFault read_xml(pugi::xml_document& document, std::string_view bytes) {
    // A text of nothing but blanks is a text; blanks between elements are none.
    constexpr unsigned kHow =
        pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_doctype;
    if (!document.load_buffer(bytes.data(), bytes.size(), kHow)) return XmlFault::NotWellFormed;
    bool has_type = false;
    for (pugi::xml_node each = document.first_child(); each;) {
        const pugi::xml_node node = each;
        each = each.next_sibling();
        if (node.type() != pugi::node_doctype) continue;
        document.remove_child(node);
        has_type = true;
    }
    DepthWatch watch;
    if (!document.traverse(watch)) return XmlFault::TooDeep;
    return has_type ? XmlFault::DocumentType : XmlFault::None;
}

std::string written_xml(const pugi::xml_document& document) {
    TextSink sink;
    static constexpr std::string_view kDeclaration =
        R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
    sink.write(kDeclaration.data(), kDeclaration.size());
    document.save(sink, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return sink.take();
}

}  // namespace fazhi::document
