// PostgreSQL's own programs (pg_dump, pg_restore), as they are found on PATH.
//
// Which server and database is said in a connection string; a password only in the child's
// environment, where other users do not see it. Any thread; each call waits for the program's end.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace fazhi::storage {

struct Outcome {
    int code = 0;      // what the program ended with; 128 and more: a signal
    std::string said;  // both its streams, the first kSaidMax bytes
};

inline constexpr std::size_t kSaidMax = 65'536;

// Refuses kNoClientProgram: not there, or of an older major version than `server_major`.
Result<void> require_client_program(const std::string& name, int server_major);
// Runs it with --dbname for `url` and then `words`. Throws Failure where it cannot be started.
Outcome run_client_program(const std::string& name, const std::string& url,
                           const std::vector<std::string>& words);

// "pg_dump (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)" is 15; 0: no version in it.
int major_version_in(const std::string& said);
// A connection string without the password, and the password.
struct Address {
    std::string text;
    std::string password;  // empty: none was given
};
Address address_of(const std::string& url);

}  // namespace fazhi::storage
