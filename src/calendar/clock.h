// The clock (时钟): the only place where the program asks what time it is. Everything below app/ is
// given a Clock, or better, a date.
#pragma once

#include "calendar/date.h"

namespace fazhi::calendar {

// Any thread.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] Date today() const { return civil_date(now()); }  // in Asia/Shanghai
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

}  // namespace fazhi::calendar
