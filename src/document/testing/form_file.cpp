#include "document/testing/form_file.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include "document/testing/unzipped.h"

namespace fazhi::document::testing {

namespace {

constexpr std::string_view kTypes =
    R"(<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>)";
constexpr std::string_view kRelations =
    R"(<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)";
constexpr std::string_view kNamespace =
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

void collect(pugi::xml_node of, std::string& out) {
    for (const pugi::xml_node node : of.children()) {
        const std::string name = node.name();
        if (name == "w:p") out += out.empty() ? "" : "|";
        if (name == "w:br") out += '\n';
        if (name == "w:tab") out += '\t';
        if (name == "w:t") out += node.text().get();
        collect(node, out);
    }
}

}  // namespace

std::string word_part(std::string_view root, std::string_view inside) {
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?><w:{0} xmlns:w="{1}">{2}</w:{0}>)",
                       root, kNamespace, inside);
}

std::vector<ArchiveEntry> form_parts(std::string_view body) {
    return {{"[Content_Types].xml", std::string(kTypes)},
            {"_rels/.rels", std::string(kRelations)},
            {"word/document.xml", word_part("document", fmt::format("<w:body>{}</w:body>", body))}};
}

std::string form_file(std::string_view body) {
    return zip_archive(form_parts(body));
}

std::string paragraph(std::string_view text) {
    return fmt::format(R"(<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>)", text);
}

std::string words_of(const std::string& docx, const std::string& path) {
    pugi::xml_document document;
    document.load_string(part(docx, path).c_str(),
                         pugi::parse_default | pugi::parse_ws_pcdata_single);
    std::string out;
    collect(document, out);
    return out;
}

}  // namespace fazhi::document::testing
