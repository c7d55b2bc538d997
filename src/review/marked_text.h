// A paragraph in pieces, each with the findings and the figure it belongs to: what the outputs that
// show findings in their place are made of.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "review/reviewer.h"

namespace fazhi::review {

struct MarkedPiece {
    Extent extent;                      // not empty
    std::vector<std::size_t> findings;  // indexes in Review::findings, the gravest first
    std::int32_t figure = -1;           // index in ReportReading::figures
};

// The whole extent, in order.
std::vector<MarkedPiece> marked_pieces(const Review&, Extent);

}  // namespace fazhi::review
