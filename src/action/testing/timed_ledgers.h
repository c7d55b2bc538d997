// More of the small office's pack: a clock that deems, one that is overdue, a monthly duty, and
// whom overdue climbs to.
#pragma once

#include <string_view>

namespace fazhi::action::testing {

std::string_view timed_ledgers();

}  // namespace fazhi::action::testing
