// The passages (流转) up to a day of those of a ledger's entries whose past is asked for, small
// enough to hold a district's in memory.
//
// Values; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "ledger/entry.h"

namespace fazhi::measure {

// yyyymmdd of a civil date; 0: none. In the order of the dates.
using DayNumber = std::int32_t;
DayNumber day_number(std::string_view date);  // 0 where it is none

// One passage; names are numbers of the book.
struct Passed {
    std::int32_t transition = 0;
    std::int32_t from_state = 0;
    std::int32_t state = 0;
    DayNumber on = 0;
};

// The passages of one entry, in order.
struct PassedOnes {
    const Passed* first = nullptr;
    const Passed* last = nullptr;
    [[nodiscard]] const Passed* begin() const { return first; }
    [[nodiscard]] const Passed* end() const { return last; }
    [[nodiscard]] bool empty() const { return first == last; }
};

class PassageBook {
public:
    // Passages after `until` are not kept.
    explicit PassageBook(DayNumber until) : until_(until) {}

    // By entry, then in order (ledger/scan.h). INVARIANT: entries never come back.
    void add(EntryId entry, const ledger::Passage& passage);
    // Whether its passages were added, if only later ones.
    [[nodiscard]] bool knows(EntryId entry) const { return begin_of(entry) != begins_.end(); }
    // Valid until the next add().
    [[nodiscard]] PassedOnes of(EntryId entry) const;

    // The number of a state or transition; -1 where no passage names it.
    [[nodiscard]] std::int32_t number_of(std::string_view name) const;
    [[nodiscard]] const std::string& name(std::int32_t number) const;

private:
    std::int32_t numbered(const std::string& name);

    struct Begin {
        std::int64_t entry;
        std::size_t first;
    };
    [[nodiscard]] std::vector<Begin>::const_iterator begin_of(EntryId entry) const;

    DayNumber until_;
    std::vector<Begin> begins_;  // by entry
    std::vector<Passed> passed_;
    std::map<std::string, std::int32_t, std::less<>> numbers_;
    std::vector<std::string> names_;
};

}  // namespace fazhi::measure
