// The working-day arrangements (放假安排) in force: those of the installed packs, each year
// replaced by a notice adopted since, which was published after the packs were made.
//
// Read once and kept; a notice adopted by another process is seen at the next question. Any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>

#include "base/result.h"
#include "calendar/workday_table.h"
#include "definition/definition_set.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::definition {

using SharedWorkdays = std::shared_ptr<const calendar::WorkdayTable>;

// A file as packs/<pack>/calendar/ holds it. Refuses kFaultyCalendar with everything wrong.
Result<CalendarYear> read_calendar_year(std::string_view yaml);

// The years of these definitions alone. Refuses where one contradicts another's.
Result<SharedWorkdays> workdays_of(const DefinitionSet&);

class Calendars {
public:
    // `installed`: the union of the installed packs, which must outlive it.
    explicit Calendars(const DefinitionSet& installed) : installed_(installed) {}

    SharedWorkdays workdays(storage::Connection&) const;
    // Asked of the database once a transaction: what is adopted elsewhere meanwhile is for the
    // next.
    SharedWorkdays workdays(storage::Transaction&) const;
    // As they would be with this year in force. Refuses as adopt does.
    Result<SharedWorkdays> workdays_with(storage::Connection&, const CalendarYear&) const;
    // Puts the year in force from now on; false: it already says the same. Refuses kFaultyCalendar
    // where it contradicts another year's.
    Result<bool> adopt(storage::Transaction&, const CalendarYear&) const;

private:
    struct Kept {
        std::int64_t version = -1;
        SharedWorkdays table;
    };

    const DefinitionSet& installed_;
    mutable std::mutex mutex_;
    mutable Kept kept_;
};

}  // namespace fazhi::definition
