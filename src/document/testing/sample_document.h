// Documents for tests: an annual report of an invented office, and texts of a known number of
// lines.
#pragma once

#include <string>

#include "document/block.h"

namespace fazhi::document::testing {

// Red head, signer, four headings, run-in headings, a table, two charts, an annex with a table of
// 60 rows, copies, imprint, annotation. Figures keyed "disputes_found", "publicity_materials", ….
Document sample_report();

// The same character, so that it fills `lines` lines of the page exactly with its indent of two.
Document filling(int lines);

}  // namespace fazhi::document::testing
