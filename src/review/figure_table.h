// Figures of tables that leave their unit to the head of the column: 受理（件）. For
// figure_scan.cpp.
//
// Immutable; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "review/lexicon.h"
#include "review/prose.h"

namespace fazhi::review {

class TableUnits {
public:
    TableUnits(const Prose&, const Lexicon&);

    // The unit of a cell that is nothing but the number; "" where it has more, or its column none.
    [[nodiscard]] std::string unit_of(Extent number) const;

private:
    const Prose& prose_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> units_;  // by table and column
};

}  // namespace fazhi::review
