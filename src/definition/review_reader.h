// What packs say about reviewing reports (`measure_words`, `reading`, `check`), from YAML.
//
// Pure functions; any thread.
#pragma once

#include <vector>

#include "definition/cursor.h"
#include "definition/review_model.h"

namespace fazhi::definition {

// Words of a measure that an earlier document gave are added to.
void read_measure_words(const Cursor&, const DefinitionSet&, std::vector<MeasureWords>&);
// Adds to what earlier documents said.
void read_reading(const Cursor&, Reading&);
// What it compares must fit what it finds; samples are tried by whoever reviews (review/).
Check read_check(const Cursor&, const DefinitionSet&);

}  // namespace fazhi::definition
