// Reports (definitions.md §10) from YAML: parts, sentences, tables, charts, collected texts; every
// figure must be a measure.
//
// Pure functions; any thread.
#pragma once

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

Report read_report(const Cursor&, const DefinitionSet&);
// `extend: <report>` with `parts: [{part: results, sections: [...]}]`: sections and sentences are
// appended to that part.
void extend_report(const Cursor&, Report&, const DefinitionSet&);

}  // namespace fazhi::definition
