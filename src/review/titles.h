// Titles (书名号) cited in a report, and whether those that name a rule of law are known.
//
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "review/lexicon.h"
#include "review/prose.h"

namespace fazhi::review {

struct CitedTitle {
    std::string text;                 // between 《 and 》
    Extent extent;                    // the same
    bool is_law = false;              // ends as a rule of law does
    bool is_local = false;            // of a place, and not in the table: nothing can be said of it
    const KnownLaw* known = nullptr;  // of the lexicon, which outlives this
};

std::vector<CitedTitle> titles_of(const Prose&, const Lexicon&);

}  // namespace fazhi::review
