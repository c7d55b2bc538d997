// Accounts of an office (账号): made, reset, closed; tokens for programs; who somebody signed in is
// as one who acts; the access log.
//
// Accounts are kept by the holders of one post, which the setting account_post names. A first
// password is told once, to whoever made it, and must be changed at the first signing in. Any
// thread.
#pragma once

#include <string>
#include <vector>

#include "access/access_log.h"
#include "access/accounts.h"
#include "access/session.h"
#include "action/workplace.h"

namespace fazhi::action {

// Who somebody signed in is, with the posts of the day, stand-ins' too, narrowed to what the token
// leaves. Commands that take the actor's name (`as`, ReportOrder::signing) know nothing of a token:
// a door lets none reach them. Refuses access::errors::kNotSignedIn.
Result<access::Actor> actor_of(Workplace&, storage::Connection&, const access::SignedIn&);
// By the directory of their jurisdiction.
Result<access::Actor> actor_of(const Workplace&, const access::Directory&, const access::SignedIn&);

// ---- kept by account_post
struct AccountOrder {
    access::Actor by;
    JurisdictionId office;
    std::string person;   // code or name, in the office
    std::string address;  // where the request comes from; "": the command line
};
struct FirstPassword {
    std::string login;  // code@office
    std::string name;
    std::string password;
};
// All refuse kNotAccountPost, access::errors::kNotByToken, access::errors::kNoSuchPerson.
// Refuses access::errors::kAccountExists.
Result<FirstPassword> create_account(Workplace&, const AccountOrder&);
// The password was forgotten, or somebody else may know it: a first password again; the lock,
// sessions and tokens go, a closed account is opened. Who has no account gets one.
enum class Codes { Keep, Remove };  // of the phone: Remove where it was lost
Result<FirstPassword> reset_account(Workplace&, const AccountOrder&, Codes);
// Nobody enters with it, sessions and tokens end at once. Refuse access::errors::kNoSuchAccount;
// one's own is not closed (kOwnAccount).
Result<void> disable_account(Workplace&, const AccountOrder&);
Result<void> enable_account(Workplace&, const AccountOrder&);
// For everybody of the office who has none, in order of their numbers: `person` is not read. All of
// them or, after an accident, none. Cost: one hash a person (access/password.h).
Result<std::vector<FirstPassword>> create_missing_accounts(Workplace&, const AccountOrder&);

struct AccountLine {
    PersonId person;
    std::string login;
    std::string name;
    UnitId unit;
    bool has_account = false;  // the rest is empty without
    bool disabled = false;
    bool must_change = false;
    bool totp = false;
    std::string locked_until;  // instant; "": not locked now
    std::string created_at;
    std::string signed_in_at;  // last; "": never
};
// Everybody of the office, in order of their numbers. `order.person` is not read.
Result<std::vector<AccountLine>> list_accounts(Workplace&, storage::Connection&,
                                               const AccountOrder&);

// ---- tokens of one's own (访问令牌)
inline constexpr int kTokenDaysMax = 366;
inline constexpr std::size_t kTokenTitleMax = 100;  // characters
struct NewToken {
    std::string title;
    std::vector<std::string> abilities;  // access::Ability, at least one
    std::vector<std::string> ledgers;    // ids or titles; empty: every one
    std::string expires_on;              // YYYY-MM-DD, the last day, at most kTokenDaysMax ahead
};
struct MadeToken {
    std::int64_t id = 0;
    std::string token;  // shown once
    std::string expires_at;
};
struct OwnToken {
    std::int64_t id = 0;
    std::string title;
    std::vector<std::string> abilities;
    std::vector<std::string> ledgers;
    std::string created_at;
    std::string expires_at;
    std::string last_used_at;  // "": never
    std::string revoked_at;    // "": not revoked
    bool in_force = false;
};
// What it may do is what its holder may, on the day it is used, and nothing beyond `abilities` and
// `ledgers`. Refuses access::errors::kNotByToken, kBadToken, kTooMany, kNoSuchAccount,
// ledger::errors::kNoSuchLedger.
Result<MadeToken> create_token(Workplace&, const access::SignedIn&, const NewToken&);
// In order of their numbers. Refuses access::errors::kNotByToken.
Result<std::vector<OwnToken>> list_tokens(Workplace&, storage::Connection&,
                                          const access::SignedIn&);
// Refuses access::errors::kNotByToken, kNoSuchToken.
Result<void> revoke_token(Workplace&, const access::SignedIn&, std::int64_t id);

// ---- the access log (访问日志)
// Within a command, or as one of its own.
void log_access(Workplace&, storage::Transaction&, const access::AccessLine&);
Result<void> record_access(Workplace&, const access::AccessLine&);
struct AccessPage {
    std::vector<access::AccessLine> lines;  // newest first
    bool more = false;
};
// For whoever holds the post that the setting access_log_post names. That it was read is logged.
// Refuses kNotAccessLogPost, access::errors::kNotByToken, kBadAccessQuery.
Result<AccessPage> list_access(Workplace&, const access::Actor& by, JurisdictionId office,
                               const access::AccessQuery&);
// Takes away what is older than the setting access_log_kept, never less than six months; answers
// how many lines. By the nightly tick.
Result<std::size_t> shorten_access_log(Workplace&, JurisdictionId office);

}  // namespace fazhi::action
