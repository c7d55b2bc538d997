// Accounts (账号): who may enter, with what; their sessions and tokens; and the access log.
//
// No part of the journal: outside replay, left as it is by it. Whether somebody may is asked before
// (action/). Commands run in a transaction of the Writer; passwords come hashed, since hashing
// takes long. Any thread; what takes a connection or transaction runs on its thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/access_log.h"
#include "access/account_rules.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "calendar/date.h"

namespace fazhi::journal {
class Journal;
class Vault;
}  // namespace fazhi::journal
namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::access {

inline constexpr std::size_t kSessionsMax = 20;  // a person: the one unseen longest ends
inline constexpr std::size_t kTokensMax = 20;    // a person, those that are in force
inline constexpr std::size_t kAgentCharactersMax = 200;

// Whose account it is.
struct Holder {
    JurisdictionId jurisdiction;
    PersonId person;

    friend bool operator==(const Holder&, const Holder&) = default;
};

struct Account {
    Holder holder;
    std::string password_hash;
    bool must_change = false;
    std::string password_at;   // instant
    int failures = 0;          // in a row
    std::string locked_until;  // instant; "": not locked
    bool disabled = false;
    std::string totp_sealed;  // bytes; "": none
    bool totp_confirmed = false;
    std::int64_t totp_last_step = 0;
    std::string created_at;
    std::string signed_in_at;  // last; "": never

    [[nodiscard]] bool is_locked(calendar::Instant now) const;
};

struct SessionRow {
    Holder holder;
    Digest token_hash;
    std::string created_at;
    std::string last_seen_at;
    std::string expires_at;
    std::string agent;  // what the browser calls itself
    std::string address;
    bool needs_totp = false;  // a post of the person demands codes of the phone
};

struct TokenRow {
    Holder holder;
    std::int64_t id = 0;  // from 1 in each jurisdiction
    std::string title;
    Digest token_hash;
    std::vector<std::string> abilities;
    std::vector<std::string> ledgers;  // empty: every one
    std::string expires_at;            // instant
    std::string created_at;
    std::string last_used_at;  // "": never
    std::string revoked_at;    // "": in force

    [[nodiscard]] bool is_in_force(calendar::Instant now) const;
};

class Accounts {
public:
    Accounts(const journal::Journal& journal, const journal::Vault& vault)
        : journal_(journal), vault_(vault) {}

    // ---- questions
    static std::optional<Account> find(storage::Connection&, const Holder&);
    static std::vector<Account> all(storage::Connection&, JurisdictionId);  // in order of person
    // Those that have not expired, the one seen last first.
    static std::vector<SessionRow> sessions(storage::Connection&, const Holder&,
                                            calendar::Instant now);
    static std::vector<TokenRow> tokens(storage::Connection&, const Holder&);  // in order of id
    static std::vector<AccessLine> lines(storage::Connection&, JurisdictionId, const AccessQuery&);

    // ---- commands: accounts
    // With a first password that must be changed. Refuses kAccountExists.
    Result<void> create(storage::Transaction&, const Holder&, const std::string& password_hash,
                        calendar::Instant at) const;
    // A first password again: no failures, no lock, not disabled, no sessions, no tokens. Refuses
    // kNoSuchAccount.
    Result<void> reset(storage::Transaction&, const Holder&, const std::string& password_hash,
                       calendar::Instant at) const;
    // Of the person's own choice. Refuses kNoSuchAccount.
    Result<void> set_password(storage::Transaction&, const Holder&,
                              const std::string& password_hash, calendar::Instant at) const;
    // The password has grown old.
    void demand_change(storage::Transaction&, const Holder&) const;
    // Disabled: sessions and tokens end with it. Refuses kNoSuchAccount.
    Result<void> set_disabled(storage::Transaction&, const Holder&, bool disabled,
                              calendar::Instant at) const;
    // 删除个人信息: the account with its sessions and tokens is gone; the log keeps its lines until
    // their time is over.
    void remove(storage::Transaction&, const Holder&) const;
    // One more failure; at the last one the rules allow the account is locked. Answers it as it
    // stands now.
    Account add_failure(storage::Transaction&, const Account&, const AccountRules&,
                        calendar::Instant at) const;
    // The name and all else was right: failures are forgotten.
    void add_success(storage::Transaction&, const Holder&, calendar::Instant at) const;

    // ---- commands: codes of the phone. The secret is sealed under the person's own key, so it
    // goes with it.
    // Refuses kNoSuchAccount, kCodesOn, kNoSuchPerson (whose information was deleted).
    Result<void> begin_totp(storage::Transaction&, const Holder&, const std::string& secret) const;
    // `step`: the one whose code was shown. Refuses kCodesNotBegun.
    Result<void> confirm_totp(storage::Transaction&, const Holder&, std::int64_t step) const;
    void remove_totp(storage::Transaction&, const Holder&) const;
    // That the code of `step` was accepted, and no earlier one may be.
    void set_totp_step(storage::Transaction&, const Holder&, std::int64_t step) const;
    // Nothing: there is none, or the person's key was destroyed.
    std::optional<std::string> totp_secret(storage::Transaction&, const Account&) const;

    // ---- commands: sessions and tokens
    // Takes away what has expired, and the person's sessions over kSessionsMax.
    void open_session(storage::Transaction&, const SessionRow&, calendar::Instant now) const;
    // Seen again: moves its end to `now` plus `idle`, at most to its making plus `session`.
    void touch_session(storage::Transaction&, const Holder&, const Digest& token_hash,
                       const AccountRules&, calendar::Instant now) const;
    // Refuses kNoSuchSession.
    Result<void> end_session(storage::Transaction&, const Holder&, const Digest& token_hash) const;
    // All of the person's but `kept`; answers how many.
    std::size_t end_sessions(storage::Transaction&, const Holder&,
                             const std::optional<Digest>& kept) const;
    // `row.id` is not read; answers it. Refuses kTooMany.
    Result<std::int64_t> add_token(storage::Transaction&, const TokenRow& row,
                                   calendar::Instant now) const;
    void touch_token(storage::Transaction&, const Holder&, const Digest& token_hash,
                     calendar::Instant now) const;
    // Refuses kNoSuchToken (also one that was revoked).
    Result<void> revoke_token(storage::Transaction&, const Holder&, std::int64_t id,
                              calendar::Instant at) const;

    // ---- commands: the access log
    // `at` and `n` of the line are not read; texts over their limit are cut.
    void log(storage::Transaction&, const AccessLine&, calendar::Instant at) const;
    // Takes away the lines from before `cutoff`; answers how many.
    std::size_t shorten_log(storage::Transaction&, JurisdictionId, calendar::Instant cutoff) const;

private:
    const journal::Journal& journal_;
    const journal::Vault& vault_;
};

}  // namespace fazhi::access
