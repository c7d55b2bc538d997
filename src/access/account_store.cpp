#include "access/account_store.h"

#include <algorithm>
#include <string>

#include "storage/connection.h"
#include "storage/failure.h"
#include "storage/transaction.h"

namespace fazhi::access {

namespace {

using storage::Blob;
using storage::Cell;
using storage::Row;

constexpr const char* kEndOfTime = "9999-12-31T23:59:59Z";

constexpr std::string_view kAccountColumns =
    "SELECT person_id, password_hash, must_change, password_at, failures, locked_until, disabled, "
    "totp_sealed, totp_confirmed, totp_last_step, created_at, signed_in_at FROM account ";

std::string text(const Row& row, int column) {
    return std::string(row.text(column));
}

std::int64_t flag(bool value) {
    return value ? 1 : 0;
}

Blob blob(const Digest& digest) {
    return Blob{std::string(digest.as_bytes())};
}

Digest digest_from(const Row& row, int column) {
    if (const auto digest = Digest::from_bytes(row.bytes(column))) return *digest;
    throw storage::Failure(storage::FailureKind::Corrupt, "token_hash is not 32 bytes long");
}

Cell sealed_cell(const std::string& bytes) {
    return bytes.empty() ? Cell() : Cell(Blob{bytes});
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ",") + part;
    return out;
}

std::vector<std::string> parted(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        out.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return out;
}

Account account_of(JurisdictionId where, const Row& row) {
    return {.holder = {where, {row.integer(0)}},
            .password_hash = text(row, 1),
            .must_change = row.integer(2) != 0,
            .password_at = text(row, 3),
            .failures = static_cast<int>(row.integer(4)),
            .locked_until = text(row, 5),
            .disabled = row.integer(6) != 0,
            .totp_sealed = std::string(row.bytes(7)),
            .totp_confirmed = row.integer(8) != 0,
            .totp_last_step = row.integer(9),
            .created_at = text(row, 10),
            .signed_in_at = text(row, 11)};
}

// token_hash, person_id, created_at, last_seen_at, expires_at, agent,
// address, needs_totp.
SessionRow session_from(JurisdictionId where, const Row& row) {
    return {.holder = {where, {row.integer(1)}},
            .token_hash = digest_from(row, 0),
            .created_at = text(row, 2),
            .last_seen_at = text(row, 3),
            .expires_at = text(row, 4),
            .agent = text(row, 5),
            .address = text(row, 6),
            .needs_totp = row.integer(7) != 0};
}

TokenRow token_from(JurisdictionId where, const Row& row) {
    return {.holder = {where, {row.integer(1)}},
            .id = row.integer(0),
            .title = text(row, 2),
            .token_hash = digest_from(row, 3),
            .abilities = parted(row.text(4)),
            .ledgers = parted(row.text(5)),
            .expires_at = text(row, 6),
            .created_at = text(row, 7),
            .last_used_at = text(row, 8),
            .revoked_at = text(row, 9)};
}

}  // namespace

AccountStore::AccountStore(storage::Transaction& transaction)
    : connection_(transaction.connection()) {}

std::optional<Account> AccountStore::account(const Holder& holder) {
    std::optional<Account> found;
    connection_.query(
        std::string(kAccountColumns) + "WHERE jurisdiction_id = $1 AND person_id = $2",
        {holder.jurisdiction.value, holder.person.value},
        [&](const Row& row) { found = account_of(holder.jurisdiction, row); });
    return found;
}

std::vector<Account> AccountStore::accounts(JurisdictionId where) {
    std::vector<Account> found;
    connection_.query(
        std::string(kAccountColumns) + "WHERE jurisdiction_id = $1 ORDER BY person_id",
        {where.value}, [&](const Row& row) { found.push_back(account_of(where, row)); });
    return found;
}

void AccountStore::insert(const Account& account) {
    connection_.execute(
        "INSERT INTO account (jurisdiction_id, person_id, password_hash, must_change, password_at, "
        "failures, locked_until, disabled, totp_sealed, totp_confirmed, totp_last_step, "
        "created_at, signed_in_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        {account.holder.jurisdiction.value, account.holder.person.value, account.password_hash,
         flag(account.must_change), account.password_at, std::int64_t{account.failures},
         account.locked_until, flag(account.disabled), sealed_cell(account.totp_sealed),
         flag(account.totp_confirmed), account.totp_last_step, account.created_at,
         account.signed_in_at});
}

void AccountStore::update(const Account& account) {
    connection_.execute(
        "UPDATE account SET password_hash = $3, must_change = $4, password_at = $5, failures = $6, "
        "locked_until = $7, disabled = $8, totp_sealed = $9, totp_confirmed = $10, "
        "totp_last_step = $11, signed_in_at = $12 WHERE jurisdiction_id = $1 AND person_id = $2",
        {account.holder.jurisdiction.value, account.holder.person.value, account.password_hash,
         flag(account.must_change), account.password_at, std::int64_t{account.failures},
         account.locked_until, flag(account.disabled), sealed_cell(account.totp_sealed),
         flag(account.totp_confirmed), account.totp_last_step, account.signed_in_at});
}

void AccountStore::remove_account(const Holder& holder) {
    for (const char* rows :
         {"DELETE FROM external_login WHERE jurisdiction_id = $1 AND person_id = $2",
          "DELETE FROM account WHERE jurisdiction_id = $1 AND person_id = $2"})
        connection_.execute(rows, {holder.jurisdiction.value, holder.person.value});
}

std::optional<AccountStore::FoundSession> AccountStore::session(JurisdictionId where,
                                                                const Digest& token) {
    std::optional<FoundSession> found;
    connection_.query(
        "SELECT s.token_hash, s.person_id, s.created_at, s.last_seen_at, s.expires_at, s.agent, "
        "s.address, s.needs_totp, a.disabled, a.must_change, a.totp_confirmed, p.code "
        "FROM session s "
        "JOIN account a ON a.jurisdiction_id = s.jurisdiction_id AND a.person_id = s.person_id "
        "JOIN person p ON p.jurisdiction_id = s.jurisdiction_id AND p.id = s.person_id "
        "WHERE s.jurisdiction_id = $1 AND s.token_hash = $2",
        {where.value, blob(token)}, [&](const Row& row) {
            found = FoundSession{.row = session_from(where, row),
                                 .may_enter = row.integer(8) == 0 && !row.text(11).empty(),
                                 .must_change = row.integer(9) != 0,
                                 .has_totp = row.integer(10) != 0};
        });
    return found;
}

std::optional<AccountStore::FoundToken> AccountStore::token(JurisdictionId where,
                                                            const Digest& token) {
    std::optional<FoundToken> found;
    connection_.query(
        "SELECT t.id, t.person_id, t.title, t.token_hash, t.abilities, t.ledgers, t.expires_at, "
        "t.created_at, t.last_used_at, t.revoked_at, a.disabled, p.code FROM api_token t "
        "JOIN account a ON a.jurisdiction_id = t.jurisdiction_id AND a.person_id = t.person_id "
        "JOIN person p ON p.jurisdiction_id = t.jurisdiction_id AND p.id = t.person_id "
        "WHERE t.jurisdiction_id = $1 AND t.token_hash = $2",
        {where.value, blob(token)}, [&](const Row& row) {
            found = FoundToken{.row = token_from(where, row),
                               .may_enter = row.integer(10) == 0 && !row.text(11).empty()};
        });
    return found;
}

std::vector<SessionRow> AccountStore::sessions(const Holder& holder, const std::string& now) {
    std::vector<SessionRow> found;
    connection_.query(
        "SELECT token_hash, person_id, created_at, last_seen_at, expires_at, agent, address, "
        "needs_totp FROM session WHERE jurisdiction_id = $1 AND person_id = $2 "
        "AND expires_at > $3 ORDER BY last_seen_at DESC, created_at DESC, token_hash",
        {holder.jurisdiction.value, holder.person.value, now},
        [&](const Row& row) { found.push_back(session_from(holder.jurisdiction, row)); });
    return found;
}

void AccountStore::insert(const SessionRow& session) {
    connection_.execute(
        "INSERT INTO session (jurisdiction_id, token_hash, person_id, created_at, last_seen_at, "
        "expires_at, agent, address, needs_totp) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {session.holder.jurisdiction.value, blob(session.token_hash), session.holder.person.value,
         session.created_at, session.last_seen_at, session.expires_at, session.agent,
         session.address, flag(session.needs_totp)});
}

void AccountStore::set_seen(const SessionRow& session) {
    connection_.execute(
        "UPDATE session SET last_seen_at = $3, expires_at = $4 "
        "WHERE jurisdiction_id = $1 AND token_hash = $2",
        {session.holder.jurisdiction.value, blob(session.token_hash), session.last_seen_at,
         session.expires_at});
}

bool AccountStore::remove_session(const Holder& holder, const Digest& token) {
    return connection_.change(
               "DELETE FROM session "
               "WHERE jurisdiction_id = $1 AND person_id = $2 AND token_hash = $3",
               {holder.jurisdiction.value, holder.person.value, blob(token)}) > 0;
}

std::size_t AccountStore::remove_sessions(const Holder& holder, const std::optional<Digest>& kept) {
    const std::int64_t removed = connection_.change(
        "DELETE FROM session WHERE jurisdiction_id = $1 AND person_id = $2 AND token_hash <> $3",
        {holder.jurisdiction.value, holder.person.value, kept ? blob(*kept) : Blob{}});
    return static_cast<std::size_t>(removed);
}

void AccountStore::remove_expired(JurisdictionId where, const std::string& now) {
    connection_.execute("DELETE FROM session WHERE jurisdiction_id = $1 AND expires_at <= $2",
                        {where.value, now});
}

std::vector<TokenRow> AccountStore::tokens(const Holder& holder) {
    std::vector<TokenRow> found;
    connection_.query(
        "SELECT id, person_id, title, token_hash, abilities, ledgers, expires_at, created_at, "
        "last_used_at, revoked_at FROM api_token "
        "WHERE jurisdiction_id = $1 AND person_id = $2 ORDER BY id",
        {holder.jurisdiction.value, holder.person.value},
        [&](const Row& row) { found.push_back(token_from(holder.jurisdiction, row)); });
    return found;
}

std::int64_t AccountStore::last_token(JurisdictionId where) {
    std::int64_t last = 0;
    connection_.query("SELECT MAX(id) FROM api_token WHERE jurisdiction_id = $1", {where.value},
                      [&last](const Row& row) { last = row.integer(0); });
    return last;
}

void AccountStore::insert(const TokenRow& token) {
    connection_.execute(
        "INSERT INTO api_token (jurisdiction_id, id, person_id, title, token_hash, abilities, "
        "ledgers, expires_at, created_at, last_used_at, revoked_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '')",
        {token.holder.jurisdiction.value, token.id, token.holder.person.value, token.title,
         blob(token.token_hash), joined(token.abilities), joined(token.ledgers), token.expires_at,
         token.created_at});
}

void AccountStore::set_used(const Holder& holder, const Digest& token, const std::string& at) {
    connection_.execute(
        "UPDATE api_token SET last_used_at = $3 WHERE jurisdiction_id = $1 AND token_hash = $2",
        {holder.jurisdiction.value, blob(token), at});
}

bool AccountStore::revoke(const Holder& holder, std::int64_t id, const std::string& at) {
    return connection_.change(
               "UPDATE api_token SET revoked_at = $4 WHERE jurisdiction_id = $1 "
               "AND person_id = $2 AND id = $3 AND revoked_at = ''",
               {holder.jurisdiction.value, holder.person.value, id, at}) > 0;
}

void AccountStore::remove_tokens(const Holder& holder) {
    connection_.execute("DELETE FROM api_token WHERE jurisdiction_id = $1 AND person_id = $2",
                        {holder.jurisdiction.value, holder.person.value});
}

void AccountStore::revoke_all(const Holder& holder, const std::string& at) {
    connection_.execute(
        "UPDATE api_token SET revoked_at = $3 "
        "WHERE jurisdiction_id = $1 AND person_id = $2 AND revoked_at = ''",
        {holder.jurisdiction.value, holder.person.value, at});
}

std::vector<AccessLine> AccountStore::lines(JurisdictionId where, const AccessQuery& query) {
    // Days begin at midnight in Asia/Shanghai; an empty bound bounds nothing.
    const auto start_of = [](calendar::Date day) {
        return calendar::to_text(calendar::instant_of({.date = day}));
    };
    const auto from = calendar::date_from(query.from_on);
    const auto until = calendar::date_from(query.until_on);
    const bool has_cursor = !query.before_at.empty();
    std::vector<AccessLine> found;
    connection_.query(
        "SELECT at, n, person_id, person_jurisdiction_id, what, ledger, entry_id, reason, address "
        "FROM access_log WHERE jurisdiction_id = $1 AND at >= $2 AND at < $3 "
        "AND (CAST($4 AS TEXT) = '' OR what = $4) "
        "AND (CAST($5 AS BIGINT) = 0 OR person_id = $5) "
        "AND (at < $6 OR (at = $6 AND n < $7)) ORDER BY at DESC, n DESC LIMIT $8",
        {where.value, from ? start_of(*from) : std::string(),
         until ? start_of(calendar::add_days(*until, 1)) : std::string(kEndOfTime), query.what,
         query.person.value, has_cursor ? query.before_at : std::string(kEndOfTime),
         has_cursor ? query.before_n : std::int64_t{0}, std::int64_t{query.limit}},
        [&](const Row& row) {
            found.push_back({.jurisdiction = where,
                             .at = text(row, 0),
                             .n = row.integer(1),
                             .person = {row.integer(2)},
                             .person_jurisdiction = {row.integer(3)},
                             .what = text(row, 4),
                             .ledger = text(row, 5),
                             .entry = {row.integer(6)},
                             .reason = text(row, 7),
                             .address = text(row, 8)});
        });
    return found;
}

void AccountStore::insert(const AccessLine& line) {
    std::int64_t last = 0;
    connection_.query("SELECT MAX(n) FROM access_log WHERE jurisdiction_id = $1 AND at = $2",
                      {line.jurisdiction.value, line.at},
                      [&last](const Row& row) { last = row.integer(0); });
    connection_.execute(
        "INSERT INTO access_log (jurisdiction_id, at, n, person_id, person_jurisdiction_id, what, "
        "ledger, entry_id, reason, address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {line.jurisdiction.value, line.at, last + 1, line.person.value,
         line.person_jurisdiction.value, line.what, line.ledger, line.entry.value, line.reason,
         line.address});
}

std::size_t AccountStore::remove_lines(JurisdictionId where, const std::string& before) {
    return static_cast<std::size_t>(connection_.change(
        "DELETE FROM access_log WHERE jurisdiction_id = $1 AND at < $2", {where.value, before}));
}

}  // namespace fazhi::access
