// XML that somebody else wrote, taken in and given out again.
//
// Document types and entities of the file are not read. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace pugi {
class xml_document;
}

namespace fazhi::document {

inline constexpr int kXmlDepthMax = 200;  // A form of Word's has some forty.

enum class XmlFault {
    None,
    NotWellFormed,
    TooDeep,  // nested deeper than kXmlDepthMax: whoever goes through what was read may recurse
    DocumentType,  // the file has one, which ECMA-376 part 2 forbids; the rest was read
};

XmlFault read_xml(pugi::xml_document&, std::string_view bytes);
// With the XML declaration, UTF-8, without white space between elements.
std::string written_xml(const pugi::xml_document&);

}  // namespace fazhi::document
