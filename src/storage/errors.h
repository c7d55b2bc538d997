// What this room refuses, most important first. Accidents are storage::Failure (failure.h).
#pragma once

#include <string_view>

namespace fazhi::storage::errors {

inline constexpr std::string_view kNotADatabase = "storage.not_a_database";
inline constexpr std::string_view kNotInitialised = "storage.not_initialised";
inline constexpr std::string_view kNewerDatabase = "storage.newer_database";
inline constexpr std::string_view kOldDatabase = "storage.old_database";
// The PostgreSQL role is a superuser or has BYPASSRLS: the server would not keep offices apart.
inline constexpr std::string_view kRoleSeesAll = "storage.role_sees_all";
// pg_dump or pg_restore is not on PATH, or older than the server.
inline constexpr std::string_view kNoClientProgram = "storage.no_client_program";
// A database is only restored where there is none.
inline constexpr std::string_view kNotEmpty = "storage.not_empty";
// pg_dump stopped before its end.
inline constexpr std::string_view kNotCopied = "storage.not_copied";
// pg_restore stopped before its end; nothing was restored.
inline constexpr std::string_view kNotRestored = "storage.not_restored";
inline constexpr std::string_view kBusy = "storage.busy";

}  // namespace fazhi::storage::errors
