#include "measure/passage_book.h"

#include <algorithm>

#include "base/invariant.h"

namespace fazhi::measure {

DayNumber day_number(std::string_view date) {
    constexpr std::size_t kDateLength = 10;  // YYYY-MM-DD, checked when it was stored
    if (date.size() < kDateLength) return 0;
    DayNumber number = 0;
    for (std::size_t i = 0; i < kDateLength; ++i) {
        if (i == 4 || i == 7) continue;
        if (date[i] < '0' || date[i] > '9') return 0;
        number = number * 10 + (date[i] - '0');
    }
    return number;
}

std::int32_t PassageBook::numbered(const std::string& name) {
    const auto next = static_cast<std::int32_t>(names_.size());
    const auto [place, is_new] = numbers_.try_emplace(name, next);
    if (is_new) names_.push_back(name);
    return place->second;
}

void PassageBook::add(EntryId entry, const ledger::Passage& passage) {
    if (begins_.empty() || begins_.back().entry != entry.value) {
        INVARIANT(begins_.empty() || begins_.back().entry < entry.value);
        begins_.push_back({entry.value, passed_.size()});
    }
    const DayNumber on = day_number(passage.happened_on);
    if (on > until_) return;
    passed_.push_back(
        {numbered(passage.transition), numbered(passage.from_state), numbered(passage.state), on});
}

std::vector<PassageBook::Begin>::const_iterator PassageBook::begin_of(EntryId entry) const {
    const auto begin =
        std::lower_bound(begins_.begin(), begins_.end(), entry.value,
                         [](const Begin& one, std::int64_t wanted) { return one.entry < wanted; });
    return begin == begins_.end() || begin->entry == entry.value ? begin : begins_.end();
}

PassedOnes PassageBook::of(EntryId entry) const {
    const auto begin = begin_of(entry);
    if (begin == begins_.end()) return {};
    const auto next = std::next(begin);
    const std::size_t end = next == begins_.end() ? passed_.size() : next->first;
    return {passed_.data() + begin->first, passed_.data() + end};
}

std::int32_t PassageBook::number_of(std::string_view name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? -1 : found->second;
}

const std::string& PassageBook::name(std::int32_t number) const {
    return names_.at(static_cast<std::size_t>(number));
}

}  // namespace fazhi::measure
