// Every refusal of this room, the most important first. Mistakes inside packs are Problems
// (definition_set.h).
#pragma once

#include <string_view>

namespace fazhi::definition::errors {

// The folder has no pack.yaml, or the pack is not installed.
inline constexpr std::string_view kNoPack = "definition.no_pack";
// A file of the pack cannot be read from the disk.
inline constexpr std::string_view kUnreadable = "definition.unreadable";
// More files, a larger file or more ledgers than the limits of loader.h.
inline constexpr std::string_view kTooLarge = "definition.too_large";
// Not YAML as packs write it; `also` lists every fault.
inline constexpr std::string_view kNotYaml = "definition.not_yaml";
// The packs have mistakes; `also` lists every one.
inline constexpr std::string_view kFaultyPack = "definition.faulty_pack";
// A later version of the pack is installed.
inline constexpr std::string_view kOlderVersion = "definition.older_version";
// The version is the installed one but the content is not.
inline constexpr std::string_view kVersionNotRaised = "definition.version_not_raised";
// A year's arrangement of rest days is wrong in itself, or against its neighbours'.
inline constexpr std::string_view kFaultyCalendar = "definition.faulty_calendar";
// A condition somebody typed does not fit the ledger.
inline constexpr std::string_view kBadCondition = "definition.bad_condition";
// The digest names no stored set.
inline constexpr std::string_view kNoSuchSet = "definition.no_such_set";
// A stored set cannot be read back.
inline constexpr std::string_view kBadContent = "definition.bad_content";

}  // namespace fazhi::definition::errors
