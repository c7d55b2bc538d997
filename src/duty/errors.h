// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::duty::errors {

// A nil declaration names a duty that the office does not have.
inline constexpr std::string_view kNoSuchDuty = "duty.no_such_duty";
// The duty is done, not declared to be nothing.
inline constexpr std::string_view kNotDeclared = "duty.not_declared";
// The duty has no such period.
inline constexpr std::string_view kBadPeriod = "duty.bad_period";
// Nobody can say yet that nothing happened: the period is not over.
inline constexpr std::string_view kNotOver = "duty.not_over";

}  // namespace fazhi::duty::errors
