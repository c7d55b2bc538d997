// Who is signed in (会话): what the token in a browser's cookie, or in a program's header, stands
// for.
//
// A token is "<office code>.<43 characters>", base64url of 32 random bytes, the same shape for both
// kinds; only its SHA-256 is stored, so that who reads the database cannot enter with it. Questions
// cost one look-up of the office and one of the row. Any thread, one connection each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "calendar/date.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::access {

struct SignedIn {
    JurisdictionId jurisdiction;
    PersonId person;
    bool must_change = false;            // the password, before anything else
    bool must_add_totp = false;          // codes of the phone, before anything else
    bool by_token = false;               // a program
    std::string expires_at;              // instant
    std::string last_seen_at;            // instant; "": never (a token)
    std::vector<std::string> abilities;  // of a token
    std::vector<std::string> ledgers;    // of a token; empty: not narrowed
    std::string token_hash;              // hex; "": neither session nor token (command line)
};

// The token says of which jurisdiction it is: from then on the connection sees that, besides what
// it saw. Both refuse kNotSignedIn (Unauthenticated), with one message whether the token is
// unknown, expired or revoked, the account disabled, or the person's information deleted.
Result<SignedIn> session_of(storage::Connection&, const std::string& token,
                            calendar::Instant now);  // cookie
Result<SignedIn> api_token_of(storage::Connection&, const std::string& token,
                              calendar::Instant now);  // bearer

// What a page of the session sends back with every change, so that other sites cannot: an HMAC
// under the token, base64url, 43 characters. Nothing is stored. Compare with same_text().
std::string csrf_of(const std::string& session_token);
// Equal, in a time that does not tell how far.
bool same_text(std::string_view a, std::string_view b);

// A new token of the office with this code.
std::string new_token(std::string_view office_code);
Digest digest_of_token(std::string_view token);
// The office code a token begins with; "": it is none.
std::string office_of_token(std::string_view token);

}  // namespace fazhi::access
