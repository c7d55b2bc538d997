// Every refusal of this room, most important first; the rooms below have their own.
#pragma once

#include <string_view>

namespace fazhi::action::errors {

// The database has no keys, no hash algorithm or no tables: `fazhi init` comes first.
inline constexpr std::string_view kNotInitialised = "action.not_initialised";
// The jurisdiction exists but no packs are turned on for it.
inline constexpr std::string_view kNoPacks = "action.no_packs";
// The installed packs do not load: what stands in the database is broken or of another version.
inline constexpr std::string_view kPacksBroken = "action.packs_broken";
// A head of the file names no column of the ledger.
inline constexpr std::string_view kUnknownHead = "action.unknown_head";
// Steps come in by history import only; other entries go their way step by step.
inline constexpr std::string_view kHistoryOnly = "action.history_only";
// History is imported only for the time before the office went live.
inline constexpr std::string_view kAfterLive = "action.after_live";
// History is imported by the holders of one post: the setting history_post names it.
inline constexpr std::string_view kNotHistoryPost = "action.not_history_post";
// Personal information is deleted by the holders of one post: the setting destruction_post names
// it.
inline constexpr std::string_view kNotDestructionPost = "action.not_destruction_post";
// Accounts are kept by the holders of one post: the setting account_post names it.
inline constexpr std::string_view kNotAccountPost = "action.not_account_post";
// The access log is read by the holders of one post: the setting access_log_post names it.
inline constexpr std::string_view kNotAccessLogPost = "action.not_access_log_post";
// Nobody closes the account of one's own: who would open it again?
inline constexpr std::string_view kOwnAccount = "action.own_account";
// Work cannot be handed over like this: to the same person, or to somebody without a post.
inline constexpr std::string_view kBadHandOver = "action.bad_hand_over";
// The access log cannot be asked for like this.
inline constexpr std::string_view kBadAccessQuery = "action.bad_access_query";
// Whose personal information is to be deleted still handles what has not ended, or asks for it
// alone.
inline constexpr std::string_view kStillInOffice = "action.still_in_office";
// The list of what was destroyed, kept beside the database, cannot be read.
inline constexpr std::string_view kBadDestroyedList = "action.bad_destroyed_list";
// What is named as a backup has no manifest: it is none, or it was not finished.
inline constexpr std::string_view kNoBackup = "action.no_backup";
// A file of the backup is missing or not as it was written.
inline constexpr std::string_view kDamagedBackup = "action.damaged_backup";
// The backup was made by a later program.
inline constexpr std::string_view kLaterBackup = "action.later_backup";
// The backup is of the other kind of database.
inline constexpr std::string_view kOtherDatabase = "action.other_database";
// Where a backup is to be written, or restored to, there is something already.
inline constexpr std::string_view kPlaceTaken = "action.place_taken";
// The keys are not in the backup and were not named, or are of another database.
inline constexpr std::string_view kNeedsKeys = "action.needs_keys";
// What was restored is not what the manifest says.
inline constexpr std::string_view kNotAsBackedUp = "action.not_as_backed_up";
// The dates of the steps of one row do not follow their order, or a step does not follow the one
// before.
inline constexpr std::string_view kBadHistory = "action.bad_history";
// This very file was imported into the ledger before.
inline constexpr std::string_view kImportedBefore = "action.imported_before";
// Somebody else began to import this file and has not come to its end.
inline constexpr std::string_view kImportOfAnother = "action.import_of_another";
// Two rows of one file have the same key: which holds cannot be told.
inline constexpr std::string_view kSameKeyTwice = "action.same_key_twice";
// Steps taken since with what was imported would be undone with it.
inline constexpr std::string_view kMovedSince = "action.moved_since";
// A file that the row or the office's folder names is not there or cannot be read.
inline constexpr std::string_view kNoSuchFile = "action.no_such_file";
// office.yaml lacks something or has something that cannot be.
inline constexpr std::string_view kBadOffice = "action.bad_office";
// No journal has a record yet: there is nothing for the server's log to sign.
inline constexpr std::string_view kNothingToSign = "action.nothing_to_sign";
// The server's log was signed but could not be written to the folder it is delivered to.
inline constexpr std::string_view kNotDelivered = "action.not_delivered";
// The deadline calculator cannot read the day, the period or the law.
inline constexpr std::string_view kBadDeadlineQuestion = "action.bad_deadline_question";
// No such state or unit to list tasks by.
inline constexpr std::string_view kBadTaskFilter = "action.bad_task_filter";
// No such state or day to choose entries of a ledger by.
inline constexpr std::string_view kBadFilter = "action.bad_filter";
// The field is not there, or names no entry that could be chosen.
inline constexpr std::string_view kNoSuchChoiceField = "action.no_such_choice_field";
// What was asked to be exported cannot be told, or not as one file of this kind.
inline constexpr std::string_view kBadExport = "action.bad_export";
// A new version of the packs lacks a state, step or option that entries may have.
inline constexpr std::string_view kNeedsMapping = "action.needs_mapping";
// What was installed since the program began can be adopted when it has begun again.
inline constexpr std::string_view kRestartFirst = "action.restart_first";
// It would change the deadlines of other offices of this database.
inline constexpr std::string_view kOtherOfficesToo = "action.other_offices_too";
// A figure that an entry carries has no period, or is said to be other than what was counted.
inline constexpr std::string_view kBadFigure = "action.bad_figure";
// So many cannot be drawn.
inline constexpr std::string_view kBadCount = "action.bad_count";
// The same entries were drawn this month already: nobody draws until the result suits.
inline constexpr std::string_view kAlreadyDrawn = "action.already_drawn";
// No such official form.
inline constexpr std::string_view kNoSuchForm = "action.no_such_form";
// The form is not for an entry in this state.
inline constexpr std::string_view kFormNotNow = "action.form_not_now";
// A field that the form must state is empty.
inline constexpr std::string_view kFormNeeds = "action.form_needs";
// The file of a form is no DOCX that can be filled, or its marks do not fit the ledger.
inline constexpr std::string_view kFaultyTemplate = "action.faulty_template";
// Why private fields are looked at must be said, in at most kReasonCharactersMax characters.
inline constexpr std::string_view kNoReason = "action.no_reason";
// Private fields are shown to whoever works on the entry.
inline constexpr std::string_view kMayNotReveal = "action.may_not_reveal";
// A file that is sent in parts: too large, without a name or digest, a part of another size,
// another digest than was said, or too many begun.
inline constexpr std::string_view kBadUpload = "action.bad_upload";
// It was not begun by this person, was cancelled, or is older than kUploadKept.
inline constexpr std::string_view kNoSuchUpload = "action.no_such_upload";
// Parts are missing.
inline constexpr std::string_view kUploadIncomplete = "action.upload_incomplete";
// The configuration of the identity provider is wrong.
inline constexpr std::string_view kBadExternal = "action.bad_external";
// No identity provider is set.
inline constexpr std::string_view kNoExternal = "action.no_external";
// The sign-in at the identity provider was not begun by this browser, is over, or came back before.
inline constexpr std::string_view kExternalLost = "action.external_lost";
// The identity provider let nobody in.
inline constexpr std::string_view kExternalRefused = "action.external_refused";
// More than kExternalSignInsMax have begun in an office and not come back.
inline constexpr std::string_view kExternalBusy = "action.external_busy";
// The identity provider cannot be reached, or answers nothing that can be used.
inline constexpr std::string_view kExternalUnreachable = "action.external_unreachable";
// Whom the identity provider signed in is bound to no account of the office.
inline constexpr std::string_view kNotBound = "action.not_bound";
// The post demands codes of the phone, which are asked for with the password.
inline constexpr std::string_view kExternalNeedsCode = "action.external_needs_code";
// No name that an identity provider gives: too long, or no text.
inline constexpr std::string_view kBadSubject = "action.bad_subject";
// It is bound to somebody else's account.
inline constexpr std::string_view kSubjectTaken = "action.subject_taken";
// As many files to review are being read as may be at once.
inline constexpr std::string_view kReadersBusy = "action.readers_busy";
// The file of a report handed in for review was destroyed.
inline constexpr std::string_view kFileGone = "action.file_gone";
// What is handed in for review lacks the unit, year or kind, and the file does not say it; or the
// draft it replaces is another report's, or none.
inline constexpr std::string_view kBadReviewOrder = "action.bad_review_order";
// This very file was handed in for review before.
inline constexpr std::string_view kReviewedBefore = "action.reviewed_before";
// There is nothing that it replaces.
inline constexpr std::string_view kNoEarlierDraft = "action.no_earlier_draft";
// The review has no such finding: the text, the rule or what it is compared with has changed.
inline constexpr std::string_view kNoSuchFinding = "action.no_such_finding";
// A verdict lacks its reason, or a waiver its last day.
inline constexpr std::string_view kVerdictIncomplete = "action.verdict_incomplete";
// The waiver was changed after it was asked for, has run out, or is none.
inline constexpr std::string_view kWaiverNotOpen = "action.waiver_not_open";
// Errors that the review of one's own report finds stand in it, and nobody has judged them.
inline constexpr std::string_view kFindingsOpen = "action.findings_open";
// The setting is changed by other posts.
inline constexpr std::string_view kMayNotSet = "action.may_not_set";
// A scenario's expectation did not hold.
inline constexpr std::string_view kScenarioFailed = "action.scenario_failed";

}  // namespace fazhi::action::errors
