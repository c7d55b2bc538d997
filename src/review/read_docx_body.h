// From the parts of a DOCX to its text: paragraphs, tables, notes, tracked changes.
//
// Inner to the reader of DOCX (read_docx.h says what is read how). Pure; any thread.
#pragma once

#include "review/source_text.h"

namespace pugi {
class xml_document;
}

namespace fazhi::review {

// Each nested no deeper than document::kXmlDepthMax; all but `document` may be empty.
struct DocxParts {
    const pugi::xml_document& document;
    const pugi::xml_document& styles;
    const pugi::xml_document& numbering;
    const pugi::xml_document& footnotes;
    const pugi::xml_document& endnotes;
};

SourceText text_of_docx(const DocxParts& parts);

}  // namespace fazhi::review
