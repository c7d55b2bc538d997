#include "access/accounts.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/account_store.h"
#include "access/errors.h"
#include "journal/journal.h"
#include "journal/vault.h"
#include "text/utf8.h"

namespace fazhi::access {

namespace {

Refusal no_such_account() {
    return refuse(ErrorKind::NotFound, errors::kNoSuchAccount,
                  "这名人员还没有账号，请先由账号管理员建立。", "person");
}

Result<Account> existing(AccountStore& store, const Holder& holder) {
    auto account = store.account(holder);
    if (!account) return no_such_account();
    return *std::move(account);
}

std::string totp_context(const Holder& holder) {
    return fmt::format("{}/{}/totp", holder.jurisdiction.value, holder.person.value);
}

// What comes from the other end may be anything.
std::string shown(const std::string& written, std::size_t characters_max) {
    if (!text::valid_utf8(written)) return "（不是文字）";
    const auto clean =
        text::checked_text(text::truncated(written, characters_max), {.length_max = 10'000});
    return clean ? *clean : "（不是文字）";
}

}  // namespace

bool Account::is_locked(calendar::Instant now) const {
    return !locked_until.empty() && locked_until > calendar::to_text(now);
}

bool TokenRow::is_in_force(calendar::Instant now) const {
    return revoked_at.empty() && expires_at > calendar::to_text(now);
}

std::optional<Account> Accounts::find(storage::Connection& connection, const Holder& holder) {
    return AccountStore(connection).account(holder);
}

std::vector<Account> Accounts::all(storage::Connection& connection, JurisdictionId where) {
    return AccountStore(connection).accounts(where);
}

std::vector<SessionRow> Accounts::sessions(storage::Connection& connection, const Holder& holder,
                                           calendar::Instant now) {
    return AccountStore(connection).sessions(holder, calendar::to_text(now));
}

std::vector<TokenRow> Accounts::tokens(storage::Connection& connection, const Holder& holder) {
    return AccountStore(connection).tokens(holder);
}

std::vector<AccessLine> Accounts::lines(storage::Connection& connection, JurisdictionId where,
                                        const AccessQuery& query) {
    return AccountStore(connection).lines(where, query);
}

Result<void> Accounts::create(storage::Transaction& transaction, const Holder& holder,
                              const std::string& password_hash, calendar::Instant at) const {
    AccountStore store(transaction);
    if (store.account(holder)) {
        return refuse(ErrorKind::Conflict, errors::kAccountExists,
                      "这名人员已经有账号；忘了口令的请重置。", "person");
    }
    store.insert(Account{.holder = holder,
                         .password_hash = password_hash,
                         .must_change = true,
                         .password_at = calendar::to_text(at),
                         .created_at = calendar::to_text(at)});
    return {};
}

Result<void> Accounts::reset(storage::Transaction& transaction, const Holder& holder,
                             const std::string& password_hash, calendar::Instant at) const {
    AccountStore store(transaction);
    TRY(Account account, existing(store, holder));
    account.password_hash = password_hash;
    account.must_change = true;
    account.password_at = calendar::to_text(at);
    account.failures = 0;
    account.locked_until.clear();
    account.disabled = false;
    store.update(account);
    store.remove_sessions(holder, std::nullopt);
    store.revoke_all(holder, calendar::to_text(at));
    return {};
}

Result<void> Accounts::set_password(storage::Transaction& transaction, const Holder& holder,
                                    const std::string& password_hash, calendar::Instant at) const {
    AccountStore store(transaction);
    TRY(Account account, existing(store, holder));
    account.password_hash = password_hash;
    account.must_change = false;
    account.password_at = calendar::to_text(at);
    account.failures = 0;
    account.locked_until.clear();
    store.update(account);
    return {};
}

void Accounts::demand_change(storage::Transaction& transaction, const Holder& holder) const {
    AccountStore store(transaction);
    auto account = store.account(holder);
    if (!account) return;
    account->must_change = true;
    store.update(*account);
}

Result<void> Accounts::set_disabled(storage::Transaction& transaction, const Holder& holder,
                                    bool disabled, calendar::Instant at) const {
    AccountStore store(transaction);
    TRY(Account account, existing(store, holder));
    account.disabled = disabled;
    store.update(account);
    if (disabled) {
        store.remove_sessions(holder, std::nullopt);
        store.revoke_all(holder, calendar::to_text(at));
    }
    return {};
}

void Accounts::remove(storage::Transaction& transaction, const Holder& holder) const {
    AccountStore store(transaction);
    store.remove_sessions(holder, std::nullopt);
    store.remove_tokens(holder);
    store.remove_account(holder);
}

Account Accounts::add_failure(storage::Transaction& transaction, const Account& before,
                              const AccountRules& rules, calendar::Instant at) const {
    Account account = before;
    // A lock that has run out is over, and so are the failures that led to it.
    const bool lock_is_over = !account.locked_until.empty() && !account.is_locked(at);
    if (lock_is_over) {
        account.failures = 0;
        account.locked_until.clear();
    }
    account.failures += 1;
    if (account.failures >= rules.failures_max) {
        account.locked_until = calendar::to_text(at + rules.lock);
    }
    AccountStore(transaction).update(account);
    return account;
}

void Accounts::add_success(storage::Transaction& transaction, const Holder& holder,
                           calendar::Instant at) const {
    AccountStore store(transaction);
    auto account = store.account(holder);
    if (!account) return;
    account->failures = 0;
    account->locked_until.clear();
    account->signed_in_at = calendar::to_text(at);
    store.update(*account);
}

Result<void> Accounts::begin_totp(storage::Transaction& transaction, const Holder& holder,
                                  const std::string& secret) const {
    AccountStore store(transaction);
    TRY(Account account, existing(store, holder));
    if (account.totp_confirmed) {
        return refuse(ErrorKind::Conflict, errors::kCodesOn,
                      "动态码已经启用；要换手机，请先停用再重新启用。");
    }
    const auto key = journal_.key_of(transaction, holder.jurisdiction, holder.person.value);
    if (!key) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchPerson, "本辖区没有这名人员。", "person");
    }
    account.totp_sealed = journal::seal(*key, totp_context(holder), secret);
    account.totp_last_step = 0;
    store.update(account);
    return {};
}

Result<void> Accounts::confirm_totp(storage::Transaction& transaction, const Holder& holder,
                                    std::int64_t step) const {
    AccountStore store(transaction);
    auto account = store.account(holder);
    if (!account || account->totp_sealed.empty()) {
        return refuse(ErrorKind::RefusedByRule, errors::kCodesNotBegun,
                      "还没有开始启用动态码，请先取得密钥。");
    }
    account->totp_confirmed = true;
    account->totp_last_step = step;
    store.update(*account);
    return {};
}

void Accounts::remove_totp(storage::Transaction& transaction, const Holder& holder) const {
    AccountStore store(transaction);
    auto account = store.account(holder);
    if (!account) return;
    account->totp_sealed.clear();
    account->totp_confirmed = false;
    account->totp_last_step = 0;
    store.update(*account);
}

void Accounts::set_totp_step(storage::Transaction& transaction, const Holder& holder,
                             std::int64_t step) const {
    AccountStore store(transaction);
    auto account = store.account(holder);
    if (!account) return;
    account->totp_last_step = step;
    store.update(*account);
}

std::optional<std::string> Accounts::totp_secret(storage::Transaction& transaction,
                                                 const Account& account) const {
    if (account.totp_sealed.empty()) return std::nullopt;
    const auto key =
        journal_.key_of(transaction, account.holder.jurisdiction, account.holder.person.value);
    if (!key) return std::nullopt;
    return journal::unseal(*key, totp_context(account.holder), account.totp_sealed);
}

void Accounts::open_session(storage::Transaction& transaction, const SessionRow& row,
                            calendar::Instant now) const {
    AccountStore store(transaction);
    store.remove_expired(row.holder.jurisdiction, calendar::to_text(now));
    const auto open = store.sessions(row.holder, calendar::to_text(now));
    for (std::size_t n = kSessionsMax - 1; n < open.size(); ++n) {
        store.remove_session(row.holder, open[n].token_hash);
        log(transaction,
            {.jurisdiction = row.holder.jurisdiction,
             .person = row.holder.person,
             .person_jurisdiction = row.holder.jurisdiction,
             .what = std::string(accesses::kSignOut),
             .reason = fmt::format("同时登录超过{}处，最久没有使用的一处自动退出", kSessionsMax),
             .address = open[n].address},
            now);
    }
    SessionRow clean = row;
    clean.agent = shown(row.agent, kAgentCharactersMax);
    clean.address = shown(row.address, kAddressCharactersMax);
    store.insert(clean);
}

void Accounts::touch_session(storage::Transaction& transaction, const Holder& holder,
                             const Digest& token_hash, const AccountRules& rules,
                             calendar::Instant now) const {
    AccountStore store(transaction);
    for (SessionRow& row : store.sessions(holder, calendar::to_text(now))) {
        if (row.token_hash != token_hash) continue;
        const auto made = calendar::parse_instant(row.created_at);
        if (!made) return;  // Then it ends when it was to end.
        row.last_seen_at = calendar::to_text(now);
        row.expires_at =
            calendar::to_text(std::min<calendar::Instant>(now + rules.idle, *made + rules.session));
        store.set_seen(row);
    }
}

Result<void> Accounts::end_session(storage::Transaction& transaction, const Holder& holder,
                                   const Digest& token_hash) const {
    if (AccountStore(transaction).remove_session(holder, token_hash)) return {};
    return refuse(ErrorKind::NotFound, errors::kNoSuchSession, "这处登录已经退出了。", "session");
}

std::size_t Accounts::end_sessions(storage::Transaction& transaction, const Holder& holder,
                                   const std::optional<Digest>& kept) const {
    return AccountStore(transaction).remove_sessions(holder, kept);
}

Result<std::int64_t> Accounts::add_token(storage::Transaction& transaction, const TokenRow& wanted,
                                         calendar::Instant now) const {
    AccountStore store(transaction);
    const auto tokens = store.tokens(wanted.holder);
    const auto in_force = std::count_if(
        tokens.begin(), tokens.end(), [now](const TokenRow& row) { return row.is_in_force(now); });
    if (static_cast<std::size_t>(in_force) >= kTokensMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooMany,
                      fmt::format("一人最多{}个有效的访问令牌，请先收回不用的。", kTokensMax));
    }
    TokenRow row = wanted;
    row.id = store.last_token(wanted.holder.jurisdiction) + 1;
    store.insert(row);
    return row.id;
}

void Accounts::touch_token(storage::Transaction& transaction, const Holder& holder,
                           const Digest& token_hash, calendar::Instant now) const {
    AccountStore(transaction).set_used(holder, token_hash, calendar::to_text(now));
}

Result<void> Accounts::revoke_token(storage::Transaction& transaction, const Holder& holder,
                                    std::int64_t id, calendar::Instant at) const {
    if (AccountStore(transaction).revoke(holder, id, calendar::to_text(at))) return {};
    return refuse(ErrorKind::NotFound, errors::kNoSuchToken, "没有这个访问令牌，或已经收回。",
                  "token");
}

void Accounts::log(storage::Transaction& transaction, const AccessLine& line,
                   calendar::Instant at) const {
    AccessLine kept = line;
    kept.at = calendar::to_text(at);
    kept.reason = shown(line.reason, kReasonCharactersMax);
    kept.address = shown(line.address, kAddressCharactersMax);
    AccountStore(transaction).insert(kept);
}

std::size_t Accounts::shorten_log(storage::Transaction& transaction, JurisdictionId where,
                                  calendar::Instant cutoff) const {
    return AccountStore(transaction).remove_lines(where, calendar::to_text(cutoff));
}

}  // namespace fazhi::access
