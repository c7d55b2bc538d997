#include "calendar/clock.h"

namespace fazhi::calendar {

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace fazhi::calendar
