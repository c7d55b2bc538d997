// Finding the words of many lists in a text in one pass (词表).
//
// Immutable once built; any thread. Cost: as of one WordIndex, however many lists there are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/word_index.h"

namespace fazhi::text {

class WordLists {
public:
    WordLists() = default;
    // A word may stand in several lists; of equal words in one list the first counts.
    explicit WordLists(const std::vector<std::vector<std::string>>& lists);

    // For each list what WordIndex::all_in of it alone would find.
    [[nodiscard]] std::vector<std::vector<WordHit>> all_in(std::u32string_view text) const;

private:
    WordIndex index_;
    std::size_t lists_ = 0;
    // Of each word of the index: in which lists it stands, and where.
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> places_;
};

}  // namespace fazhi::text
