// Every refusal of this room, most important first; a step is refused with all that is missing, in
// this order.
#pragma once

#include <string_view>

namespace fazhi::procedure::errors {

// The ledger has no such step, or it does not leave the entry's state, or does not exist for this
// entry.
inline constexpr std::string_view kNoSuchStep = "procedure.no_such_step";
// The step's date lies before the one before it, or ahead of today, or is no date.
inline constexpr std::string_view kBadDate = "procedure.bad_date";
// A period that must be over first has not run out, or nobody can say whether it has.
inline constexpr std::string_view kTooEarly = "procedure.too_early";
// A period within which it had to happen has run out.
inline constexpr std::string_view kTooLate = "procedure.too_late";
// The entry has no such clock, or it has not begun.
inline constexpr std::string_view kNoSuchClock = "procedure.no_such_clock";
// The step may be taken only so many times.
inline constexpr std::string_view kTooOften = "procedure.too_often";
// Whoever did the work may not close it: another person has to.
inline constexpr std::string_view kSamePerson = "procedure.same_person";
// The step is for holders of other posts.
inline constexpr std::string_view kNotYourStep = "procedure.not_your_step";
// The law or the definition says no while this holds.
inline constexpr std::string_view kRefused = "procedure.refused";
// A rule of the step rests on a setting that is empty.
inline constexpr std::string_view kSettingMissing = "procedure.setting_missing";
// A paper or photo that the step demands is not attached.
inline constexpr std::string_view kEvidenceMissing = "procedure.evidence_missing";
// A field that the step demands is empty.
inline constexpr std::string_view kFieldMissing = "procedure.field_missing";
// A linked entry that the step demands is missing, or not as it must be.
inline constexpr std::string_view kLinkMissing = "procedure.link_missing";
// The step demands a note.
inline constexpr std::string_view kNoteMissing = "procedure.note_missing";

}  // namespace fazhi::procedure::errors
