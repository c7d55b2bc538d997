// Every refusal of this room, the most important first.
#pragma once

#include <string_view>

namespace fazhi::calendar::errors {

// A day of a year whose rest days the State Council has not announced, or whose notice is not
// loaded.
inline constexpr std::string_view kYearNotPublished = "calendar.year_not_published";
// A period in hours runs from a moment, and only a date was given.
inline constexpr std::string_view kHoursNeedAMoment = "calendar.hours_need_a_moment";
// The last day lies after 9999-12-31.
inline constexpr std::string_view kTooFar = "calendar.too_far";
// A month without a year ("5月6日"): the year is not guessed.
inline constexpr std::string_view kYearMissing = "calendar.year_missing";
// Well written, but no such day: 30 February.
inline constexpr std::string_view kNoSuchDay = "calendar.no_such_day";
// Not written as a date, an instant, a period.
inline constexpr std::string_view kNotADate = "calendar.not_a_date";
inline constexpr std::string_view kNotAnInstant = "calendar.not_an_instant";
inline constexpr std::string_view kNotAPeriod = "calendar.not_a_period";
// A year's arrangement contradicts itself or another year's; `also` lists every contradiction.
inline constexpr std::string_view kFaultyArrangement = "calendar.faulty_arrangement";

}  // namespace fazhi::calendar::errors
