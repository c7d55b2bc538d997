#include "exchange/plain_xml.h"

#include <limits>
#include <memory>
#include <new>

#include <libxml/parser.h>

namespace fazhi::exchange {
namespace {

struct Freed {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

// The handler of <!DOCTYPE …>; nothing else of the text is wanted.
void note_types(void* has_types, const xmlChar*, const xmlChar*, const xmlChar*) {
    *static_cast<bool*>(has_types) = true;
}

}  // namespace

bool is_plain_xml(std::string_view bytes) {
    if (bytes.size() > std::numeric_limits<int>::max()) return false;
    bool has_types = false;
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.internalSubset = note_types;
    const std::unique_ptr<xmlParserCtxt, Freed> parser(
        xmlCreatePushParserCtxt(&handler, &has_types, nullptr, 0, nullptr));
    if (!parser) throw std::bad_alloc();
    xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const int fault = xmlParseChunk(parser.get(), bytes.data(), static_cast<int>(bytes.size()),
                                    /*terminate=*/1);
    return fault == 0 && parser->wellFormed == 1 && parser->nsWellFormed == 1 && !has_types;
}

}  // namespace fazhi::exchange
