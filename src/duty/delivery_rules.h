// When a notice may leave: in office hours on a working day, but never after the last day of what
// it is about. Pure; any thread.
#pragma once

#include <chrono>
#include <string>

#include "calendar/workday_table.h"

namespace fazhi::duty {

// Civil time of the day, Asia/Shanghai; closes is not in it.
struct OfficeHours {
    std::chrono::minutes opens{0};
    std::chrono::minutes closes{std::chrono::hours(24)};

    friend bool operator==(const OfficeHours&, const OfficeHours&) = default;
};

// From settings such as "09:00" and "17:30"; what is no time, or closes before it opens, leaves the
// day open.
OfficeHours office_hours(const std::string& opens, const std::string& closes);

// The first instant from `now` on that lies in office hours of a working day. Where that would be
// after `last_day` ("2024-05-06"; "": none, or over already): the first opening of any day up to
// it, else now. Years without a published calendar count as plain Mondays to Fridays.
calendar::Instant send_at(calendar::Instant now, const std::string& last_day, const OfficeHours&,
                          const calendar::WorkdayTable&);

// How long to wait after this many tries that failed.
std::chrono::minutes pause_after(int tries);
inline constexpr int kTriesMax = 6;  // then it is given up, and shown

}  // namespace fazhi::duty
