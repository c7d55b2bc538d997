// The words of packs/national, read once, for tests. They are run from the repository's root.
#pragma once

#include "review/lexicon.h"

namespace fazhi::review {

const definition::DefinitionSet& national_definitions();
const Lexicon& national_lexicon();

}  // namespace fazhi::review
