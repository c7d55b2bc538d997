// The access log (访问日志): who signed in, looked at what is private, took data away, or changed
// who may enter. Basis: 网络安全法 (network logs are kept not less than six months).
//
// Outside the journal and its replay. What was typed as a name or password never stands in it.
// Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace fazhi::access {

inline constexpr std::size_t kReasonCharactersMax = 500;
inline constexpr std::size_t kAddressCharactersMax = 100;

// What a line is about.
namespace accesses {
inline constexpr std::string_view kReveal = "reveal";  // private fields of an entry were shown
inline constexpr std::string_view kExport = "export";
inline constexpr std::string_view kSignIn = "sign_in";
inline constexpr std::string_view kSignInFailed = "sign_in_failed";
inline constexpr std::string_view kSignOut = "sign_out";  // also a session ended otherwise
inline constexpr std::string_view kPassword = "password";
inline constexpr std::string_view kAccount = "account";  // made, disabled, enabled
inline constexpr std::string_view kReset = "reset";
inline constexpr std::string_view kToken = "token";
inline constexpr std::string_view kTotp = "totp";
inline constexpr std::string_view kHandOver = "hand_over";
inline constexpr std::string_view kAdoption = "adoption";  // packs, rest days put in force
inline constexpr std::string_view kLog = "log";            // the log itself was read or shortened
}  // namespace accesses
// In Chinese, as a list shows it; the word itself where it is none of these.
std::string chinese_access(std::string_view what);

struct AccessLine {
    JurisdictionId jurisdiction;         // whose log it stands in
    std::string at;                      // instant; written by the log itself
    std::int64_t n = 0;                  // of those of one second, from 1
    PersonId person;                     // none: nobody who is known
    JurisdictionId person_jurisdiction;  // where the person belongs
    std::string what;
    std::string ledger;
    EntryId entry;
    std::string reason;   // why, or what of it
    std::string address;  // of the other end; "": the command line
};

// What is asked of the log. Newest first.
struct AccessQuery {
    std::string from_on;  // YYYY-MM-DD; "": from the first
    std::string until_on;
    std::string what;
    PersonId person;
    std::string before_at;  // cursor: the last line of the page before
    std::int64_t before_n = 0;
    int limit = 100;  // 1 to kAccessLinesMax
};
inline constexpr int kAccessLinesMax = 1'000;

}  // namespace fazhi::access
