// Excerpts (雷同段落): sentences in a row that stand in another report too.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "review/companions.h"

namespace fazhi::review {

struct Excerpt {
    Extent here;   // whole sentences of one paragraph
    Extent there;  // in the companion's prose
    std::uint32_t letters = 0;
};

// Sentences of which nearly all letters stand there, in the order of `here`; what is found by
// shingles in `common` alone does not count.
std::vector<Excerpt> excerpts_of(const Prose& here, const std::vector<Shingle>& shingles,
                                 const Companion& there, const ShingleHashes& common);

}  // namespace fazhi::review
