// Every refusal of this room, the most important first.
#pragma once

#include <string_view>

namespace fazhi::measure::errors {

inline constexpr std::string_view kNoSuchMeasure = "measure.no_such_measure";
// A condition that the ledger a measure reads cannot answer.
inline constexpr std::string_view kBadCondition = "measure.bad_condition";
// A measure that cannot be broken down so, or a field that groups nothing.
inline constexpr std::string_view kCannotGroup = "measure.cannot_group";
// A ranking by a measure that does not say which way is better.
inline constexpr std::string_view kNotRanked = "measure.not_ranked";
inline constexpr std::string_view kTooManyGroups = "measure.too_many_groups";
// Beyond ±2^53: no figure of an office, and not to be written in a journal.
inline constexpr std::string_view kNumberTooLarge = "measure.number_too_large";
// must: {max}: a warning on a figure, never a refusal.
inline constexpr std::string_view kExceeds = "measure.exceeds";

}  // namespace fazhi::measure::errors
