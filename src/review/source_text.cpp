#include "review/source_text.h"

#include <algorithm>

#include "base/invariant.h"

namespace fazhi::review {

Spot spot_of(const TextBlock& block, std::uint32_t at) {
    INVARIANT(at < block.text.size() && !block.runs.empty());
    const auto next = std::upper_bound(
        block.runs.begin(), block.runs.end(), at,
        [](std::uint32_t character, const SpotRun& run) { return character < run.begin; });
    const SpotRun& run = *std::prev(next);
    Spot spot = run.spot;
    spot.offset += at - run.begin;
    return spot;
}

}  // namespace fazhi::review
