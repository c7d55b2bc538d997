#include "text/word_lists.h"

#include <map>

namespace fazhi::text {

WordLists::WordLists(const std::vector<std::vector<std::string>>& lists) : lists_(lists.size()) {
    std::map<std::string_view, std::size_t> known;
    std::vector<std::string> words;
    for (std::size_t list = 0; list < lists.size(); ++list) {
        for (std::size_t word = 0; word < lists[list].size(); ++word) {
            const auto [at, is_new] = known.emplace(lists[list][word], words.size());
            if (is_new) {
                words.push_back(lists[list][word]);
                places_.emplace_back();
            }
            auto& places = places_[at->second];
            if (!places.empty() && places.back().first == list) continue;
            places.emplace_back(static_cast<std::uint32_t>(list), static_cast<std::uint32_t>(word));
        }
    }
    index_ = WordIndex(words);
}

std::vector<std::vector<WordHit>> WordLists::all_in(std::u32string_view text) const {
    std::vector<std::vector<WordHit>> out(lists_);
    for (const WordHit& hit : index_.all_in(text)) {
        for (const auto& [list, word] : places_[hit.word])
            out[list].push_back({hit.begin, hit.end, word});
    }
    return out;
}

}  // namespace fazhi::text
