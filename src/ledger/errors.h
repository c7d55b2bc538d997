// Every refusal of this room, most important first: when two apply to one field, the earlier is
// given.
#pragma once

#include <string_view>

namespace fazhi::ledger::errors {

// There is no such ledger in the definitions this office uses.
inline constexpr std::string_view kNoSuchLedger = "ledger.no_such_ledger";
// There is no such entry in the ledger, or it is another office's.
inline constexpr std::string_view kNoSuchEntry = "ledger.no_such_entry";
// The entry is void; nothing more is recorded on it.
inline constexpr std::string_view kVoided = "ledger.voided";
// What the entry held was destroyed by law; nothing more is recorded on it.
inline constexpr std::string_view kDestroyed = "ledger.destroyed";
// The case has not ended: what it holds is still needed.
inline constexpr std::string_view kStillOpen = "ledger.still_open";
// The ledger has no such field; the nearest name is suggested.
inline constexpr std::string_view kNoSuchField = "ledger.no_such_field";
// A required field is empty, or would become so.
inline constexpr std::string_view kRequired = "ledger.required";
// The value is not of the field's type, or not in its range, pattern or length.
inline constexpr std::string_view kBadValue = "ledger.bad_value";
// The choice is not among the options, or is retired.
inline constexpr std::string_view kNoSuchOption = "ledger.no_such_option";
// The date lies ahead of today, and the field does not allow that.
inline constexpr std::string_view kInFuture = "ledger.in_future";
// The person, unit or entry that the value names does not exist, or several do.
inline constexpr std::string_view kNoSuchReference = "ledger.no_such_reference";
// The register's entry exists but was not valid on that day.
inline constexpr std::string_view kNotValidThen = "ledger.not_valid_then";
// It exists, but the field takes only some (`from: {where: …}`).
inline constexpr std::string_view kNotToBeChosen = "ledger.not_to_be_chosen";
// Several entries have this key: which one is meant cannot be told.
inline constexpr std::string_view kAmbiguousKey = "ledger.ambiguous_key";
// Two fields that must differ are equal.
inline constexpr std::string_view kMustDiffer = "ledger.must_differ";
// Text that may not be stored: broken UTF-8, invisible or control characters, too long.
inline constexpr std::string_view kBadText = "ledger.bad_text";
// `set` only fills what is empty; a recorded value is changed by amending, with a reason.
inline constexpr std::string_view kNotEmpty = "ledger.not_empty";
// A step locked the field; it is changed only after a step that unlocks it.
inline constexpr std::string_view kLocked = "ledger.locked";
// Amending and voiding need a reason.
inline constexpr std::string_view kReasonMissing = "ledger.reason_missing";
// Another entry of the ledger has this reference already.
inline constexpr std::string_view kReferenceTaken = "ledger.reference_taken";
// The ledger knows no such kind of evidence.
inline constexpr std::string_view kNoSuchEvidenceKind = "ledger.no_such_evidence_kind";
// The file is empty, too large, or of a type that is not taken as evidence.
inline constexpr std::string_view kBadEvidence = "ledger.bad_evidence";
// Nothing is linked with itself, twice, or with an entry that does not exist.
inline constexpr std::string_view kBadLink = "ledger.bad_link";
// A journal record that no command of ours could have written.
inline constexpr std::string_view kImpossibleRecord = "ledger.impossible_record";

}  // namespace fazhi::ledger::errors
