// Signing in and out, and what somebody does with the account of one's own: password, codes of the
// phone, sessions.
//
// Passwords are verified on the caller's thread (access/password.h says what that costs), never in
// the Writer. Any thread. Everything here leaves a line in the access log of the person's office.
#pragma once

#include <string>
#include <vector>

#include "access/session.h"
#include "action/workplace.h"

namespace fazhi::action {

struct Credentials {
    std::string login;  // name@office
    std::string password;
    std::string code;     // of the phone (TOTP); "": none given
    std::string address;  // where the request comes from
    std::string agent;    // what the browser calls itself
};

struct OpenedSession {
    std::string token;  // for the cookie; nobody can tell it again
    std::string csrf;
    access::SignedIn who;
};

// The name is the person's code, else the name of the only person called so, in the office whose
// code follows the last @. A name that nobody bears costs the same time. Failures count and lock
// (settings sign_in_failures, sign_in_lock). Refuses access::errors::kBadCredentials, kLockedOut
// (says until when), kCodeNeeded (codes are on, none was given; counts as no failure).
Result<OpenedSession> sign_in(Workplace&, const Credentials&);
// Ends the session. One that has ended already stays so.
Result<void> sign_out(Workplace&, const access::SignedIn&);
// That the session, or the token, is used: at most once a minute (kTouchSeconds). Moves expires_at
// by session_idle_minutes, never past session_hours from the signing in.
Result<void> touch_session(Workplace&, const access::SignedIn&);
// Whether there is anything to say again.
bool is_touch_due(const Workplace&, const access::SignedIn&);
inline constexpr int kTouchSeconds = 60;

// Ends all other sessions. A wrong old password counts as a failure to sign in. Refuses
// kNotByToken, kBadCredentials, kLockedOut, kWeakPassword (also the old one again).
Result<void> change_password(Workplace&, const access::SignedIn&, const std::string& old_password,
                             const std::string& new_password);

// ---- codes of the phone (动态码)
struct BegunTotp {
    std::string secret;  // base32, to be typed
    std::string url;     // otpauth://…, for the QR code
};
// Not asked for until confirmed; begun again, the secret before is forgotten. Refuses kNotByToken,
// kCodesOn.
Result<BegunTotp> begin_totp(Workplace&, const access::SignedIn&);
// Refuses kNotByToken, kCodesNotBegun, kCodesOn, kWrongCode.
Result<void> confirm_totp(Workplace&, const access::SignedIn&, const std::string& code);
// Refuses kNotByToken, kBadCredentials, kLockedOut; kForbidden where a post demands codes.
Result<void> remove_totp(Workplace&, const access::SignedIn&, const std::string& password);

// ---- sessions of one's own
struct OwnSession {
    std::string id;  // hex; end_session takes it
    bool is_this = false;
    std::string created_at;
    std::string last_seen_at;
    std::string expires_at;
    std::string agent;
    std::string address;
};
// Those that have not expired, the one seen last first.
Result<std::vector<OwnSession>> list_sessions(Workplace&, storage::Connection&,
                                              const access::SignedIn&);
// Refuses kNotByToken, kNoSuchSession.
Result<void> end_session(Workplace&, const access::SignedIn&, const std::string& id);
// All but this one; answers how many. Refuses kNotByToken.
Result<std::size_t> end_other_sessions(Workplace&, const access::SignedIn&);

}  // namespace fazhi::action
