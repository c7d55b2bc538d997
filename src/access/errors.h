// Every refusal of this room, the most important first.
#pragma once

#include <string_view>

namespace fazhi::access::errors {

// Nobody is signed in: unknown, ended, revoked or expired alike, and whoever may no longer enter.
inline constexpr std::string_view kNotSignedIn = "access.not_signed_in";
// Name, password or code are wrong; which of them is not said.
inline constexpr std::string_view kBadCredentials = "access.bad_credentials";
// Too many failures: the message says until when.
inline constexpr std::string_view kLockedOut = "access.locked_out";
// The password is right; the account asks for a code of the phone as well.
inline constexpr std::string_view kCodeNeeded = "access.code_needed";
// No post of the actor grants it here; `may` and the message name who could.
inline constexpr std::string_view kForbidden = "access.forbidden";
inline constexpr std::string_view kNoSuchJurisdiction = "access.no_such_jurisdiction";
inline constexpr std::string_view kNoSuchPerson = "access.no_such_person";
// Several persons bear this name: the code says which one is meant.
inline constexpr std::string_view kAmbiguousPerson = "access.ambiguous_person";
inline constexpr std::string_view kNoSuchUnit = "access.no_such_unit";
inline constexpr std::string_view kNoSuchPost = "access.no_such_post";
inline constexpr std::string_view kNoSuchSetting = "access.no_such_setting";
inline constexpr std::string_view kNoSuchStandIn = "access.no_such_stand_in";
inline constexpr std::string_view kNoSuchAccount = "access.no_such_account";
inline constexpr std::string_view kNoSuchSession = "access.no_such_session";
inline constexpr std::string_view kNoSuchToken = "access.no_such_token";
inline constexpr std::string_view kAccountExists = "access.account_exists";
// Too short, too common, the login name, one character over and over, or the one before.
inline constexpr std::string_view kWeakPassword = "access.weak_password";
// The code of the phone is wrong or was used.
inline constexpr std::string_view kWrongCode = "access.wrong_code";
// Codes of the phone are on already, or were not begun.
inline constexpr std::string_view kCodesOn = "access.codes_on";
inline constexpr std::string_view kCodesNotBegun = "access.codes_not_begun";
// A token cannot be like this: title, abilities, ledgers, last day.
inline constexpr std::string_view kBadToken = "access.bad_token";
// Only a person who is signed in may do this, not a program by a token.
inline constexpr std::string_view kNotByToken = "access.not_by_token";
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
// Nobody stands in for oneself, for days that are past, or twice.
inline constexpr std::string_view kBadStandIn = "access.bad_stand_in";
// kUnitsMax, kPersonsMax, kStandInsMax, kTokensMax.
inline constexpr std::string_view kTooMany = "access.too_many";
inline constexpr std::string_view kTooDeep = "access.too_deep";  // kLevelsMax
// A record of the journal that this room could never have written.
inline constexpr std::string_view kImpossibleRecord = "access.impossible_record";
// The identity provider's token is not one for us and this sign-in; the message says why.
inline constexpr std::string_view kBadIdToken = "access.bad_id_token";

}  // namespace fazhi::access::errors
