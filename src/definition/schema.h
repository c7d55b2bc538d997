// The JSON Schemas of packs/schema/: what keys a file may have and what stands behind each. valijson validates; what it
// finds is said in Chinese, on the line where it stands, with the key that was perhaps meant.
//
// Schemas are read once. Any thread.
#pragma once

#include "definition/cursor.h"

namespace fazhi::definition {

// Everything the schema of the document's kind says against it.
void check_schema(const Document&, Findings&);

// Keeps the first of several errors that stand at one key: the schema's, then what follows from it is left out.
void drop_repeated(std::vector<Problem>& errors);

}  // namespace fazhi::definition
