// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::report::errors {

// The definitions in force have no such report.
inline constexpr std::string_view kNoSuchReport = "report.no_such_report";
// A year that has not begun.
inline constexpr std::string_view kBadYear = "report.bad_year";
// Whoever clears (保密审查) holds none of the posts that the report names for it.
inline constexpr std::string_view kMayNotClear = "report.may_not_clear";
// Whoever signs does not hold the signer's post.
inline constexpr std::string_view kMayNotSign = "report.may_not_sign";
// The one who clears and the one who signs are the same person.
inline constexpr std::string_view kSamePerson = "report.same_person";
// Nobody has cleared it (保密审查) yet.
inline constexpr std::string_view kNotCleared = "report.not_cleared";
// It says something else than what was cleared.
inline constexpr std::string_view kChangedSinceCleared = "report.changed_since_cleared";
// It was cleared and has not changed since.
inline constexpr std::string_view kAlreadyCleared = "report.already_cleared";
// A required part of the report has neither a sentence nor a text.
inline constexpr std::string_view kPartEmpty = "report.part_empty";
// The version signed last says the same.
inline constexpr std::string_view kNothingChanged = "report.nothing_changed";
// A journal record that no signing of ours could have written.
inline constexpr std::string_view kImpossibleRecord = "report.impossible_record";

}  // namespace fazhi::report::errors
