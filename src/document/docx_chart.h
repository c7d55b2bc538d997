// A chart as a part of its own (DrawingML), which Word, WPS and LibreOffice draw and restyle.
//
// Inner to this room. Pure; any thread.
#pragma once

#include <string>

#include "document/block.h"

namespace fazhi::document {

std::string docx_chart(const Chart&);

}  // namespace fazhi::document
