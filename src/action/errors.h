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
// The dates of the steps of one row do not follow their order, or a step does not follow the one
// before.
inline constexpr std::string_view kBadHistory = "action.bad_history";
// A file that the row or the office's folder names is not there or cannot be read.
inline constexpr std::string_view kNoSuchFile = "action.no_such_file";
// office.yaml lacks something or has something that cannot be.
inline constexpr std::string_view kBadOffice = "action.bad_office";
// A scenario's expectation did not hold.
inline constexpr std::string_view kScenarioFailed = "action.scenario_failed";

}  // namespace fazhi::action::errors
