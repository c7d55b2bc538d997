// The JSON Schemas of packs/schema/: what keys a file may have and what stands behind each.
// valijson validates; what it finds is said in Chinese, on the line where it stands, with the key
// that was perhaps meant.
//
// Schemas are read once. Any thread.
#pragma once

#include <string>

#include "definition/cursor.h"

namespace fazhi::definition {

[[nodiscard]] bool has_schema(const std::string& kind);

// Everything the schema of the document's kind says against it. The kind has one (set_builder.cpp,
// scenario.cpp).
void check_schema(const Document&, Findings&);

}  // namespace fazhi::definition
