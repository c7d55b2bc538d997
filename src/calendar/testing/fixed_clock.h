// A clock that stands still until a test moves it.
#pragma once

#include <atomic>
#include <chrono>

#include "calendar/clock.h"

namespace fazhi::calendar::testing {

class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant now) : seconds_(now.time_since_epoch().count()) {}
    // Nine in the morning of that day, civil time.
    explicit FixedClock(Date today) : FixedClock(instant_of({today, 9, 0, 0})) {}

    [[nodiscard]] Instant now() const override {
        return Instant(std::chrono::seconds(seconds_.load()));
    }
    void set(Instant now) { seconds_ = now.time_since_epoch().count(); }
    void set(Date today) { set(instant_of({today, 9, 0, 0})); }
    void advance(std::chrono::seconds by) { seconds_ += by.count(); }

private:
    std::atomic<std::chrono::seconds::rep> seconds_;
};

}  // namespace fazhi::calendar::testing
