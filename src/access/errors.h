// Every refusal of this room, the most important first.
#pragma once

#include <string_view>

namespace fazhi::access::errors {

// No post of the actor grants it here; `may` and the message name who could.
inline constexpr std::string_view kForbidden = "access.forbidden";
inline constexpr std::string_view kNoSuchJurisdiction = "access.no_such_jurisdiction";
inline constexpr std::string_view kNoSuchPerson = "access.no_such_person";
// Several persons bear this name: the code says which one is meant.
inline constexpr std::string_view kAmbiguousPerson = "access.ambiguous_person";
inline constexpr std::string_view kNoSuchUnit = "access.no_such_unit";
inline constexpr std::string_view kNoSuchPost = "access.no_such_post";
inline constexpr std::string_view kNoSuchSetting = "access.no_such_setting";
// A code is lower-case letters, digits and _, begins with a letter, at most 41 characters.
inline constexpr std::string_view kBadCode = "access.bad_code";
inline constexpr std::string_view kBadKind = "access.bad_kind";
inline constexpr std::string_view kBadText = "access.bad_text";  // empty, too long, not clean
inline constexpr std::string_view kBadDate = "access.bad_date";
inline constexpr std::string_view kBadEmail = "access.bad_email";
// Not of the setting's type, not one of its options, or beyond its min and max.
inline constexpr std::string_view kBadSetting = "access.bad_setting";
inline constexpr std::string_view kCodeTaken = "access.code_taken";
// Two posts that one person may not hold together (conflicts of roles.yaml).
inline constexpr std::string_view kConflictingPosts = "access.conflicting_posts";
inline constexpr std::string_view kTooMany = "access.too_many";  // kUnitsMax, kPersonsMax
inline constexpr std::string_view kTooDeep = "access.too_deep";  // kLevelsMax
// A record of the journal that this room could never have written.
inline constexpr std::string_view kImpossibleRecord = "access.impossible_record";

}  // namespace fazhi::access::errors
