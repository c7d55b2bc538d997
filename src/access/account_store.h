// The SQL of accounts: account, session, api_token, access_log.
//
// One connection or transaction, one thread.
#pragma once

#include <optional>
#include <vector>

#include "access/accounts.h"

namespace fazhi::access {

class AccountStore {
public:
    explicit AccountStore(storage::Connection& connection) : connection_(connection) {}
    explicit AccountStore(storage::Transaction& transaction);

    [[nodiscard]] std::optional<Account> account(const Holder& holder);
    [[nodiscard]] std::vector<Account> accounts(JurisdictionId where);  // in order of person
    void insert(const Account& account);
    void update(const Account& account);  // all but created_at
    void remove_account(const Holder& holder);

    // `may_enter`: the account is not disabled, the person's information not deleted.
    struct FoundSession {
        SessionRow row;
        bool may_enter = false;
        bool must_change = false;
        bool has_totp = false;
    };
    struct FoundToken {
        TokenRow row;
        bool may_enter = false;
    };
    [[nodiscard]] std::optional<FoundSession> session(JurisdictionId where, const Digest& token);
    [[nodiscard]] std::optional<FoundToken> token(JurisdictionId where, const Digest& token);

    // Those that end after `now`, the one seen last first.
    [[nodiscard]] std::vector<SessionRow> sessions(const Holder& holder, const std::string& now);
    void insert(const SessionRow& session);
    void set_seen(const SessionRow& session);  // last_seen_at, expires_at
    bool remove_session(const Holder& holder, const Digest& token);
    std::size_t remove_sessions(const Holder& holder, const std::optional<Digest>& kept);
    void remove_expired(JurisdictionId where, const std::string& now);

    [[nodiscard]] std::vector<TokenRow> tokens(const Holder& holder);  // in order of id
    [[nodiscard]] std::int64_t last_token(JurisdictionId where);
    void insert(const TokenRow& token);
    void set_used(const Holder& holder, const Digest& token, const std::string& at);
    bool revoke(const Holder& holder, std::int64_t id, const std::string& at);
    void remove_tokens(const Holder& holder);
    void revoke_all(const Holder& holder, const std::string& at);

    [[nodiscard]] std::vector<AccessLine> lines(JurisdictionId where, const AccessQuery& query);
    void insert(const AccessLine& line);  // `n` is not read
    std::size_t remove_lines(JurisdictionId where, const std::string& before);

private:
    storage::Connection& connection_;
};

}  // namespace fazhi::access
