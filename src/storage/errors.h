// What this room refuses, most important first. Accidents are storage::Failure (failure.h).
#pragma once

#include <string_view>

namespace fazhi::storage::errors {

inline constexpr std::string_view kNotADatabase = "storage.not_a_database";
inline constexpr std::string_view kNotInitialised = "storage.not_initialised";
inline constexpr std::string_view kNewerDatabase = "storage.newer_database";
inline constexpr std::string_view kOldDatabase = "storage.old_database";
inline constexpr std::string_view kBusy = "storage.busy";

}  // namespace fazhi::storage::errors
