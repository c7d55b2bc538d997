// What a document says, as WordprocessingML: word/document.xml and the charts it refers to.
//
// Inner to this room. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "document/block.h"

namespace fazhi::document {

struct DocxBody {
    std::string document_xml;
    std::vector<Chart> charts;  // relation "chart1" is the first
};

DocxBody docx_body(const Document&);

}  // namespace fazhi::document
