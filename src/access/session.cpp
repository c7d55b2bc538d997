#include "access/session.h"

#include <array>
#include <optional>

#include <sodium.h>

#include "access/account_store.h"
#include "access/errors.h"
#include "access/organisation_store.h"
#include "base/hmac.h"
#include "journal/sodium_box.h"

namespace fazhi::access {

namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kTokenCharacters = 43;
// Of an office's code (errors.h: kBadCode). What comes from the other end is looked at before the
// database is asked.
constexpr std::size_t kCodeLengthMax = 41;
constexpr std::string_view kCodeCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_";

std::string base64url(std::string_view bytes) {
    std::string out = base64(bytes);
    while (!out.empty() && out.back() == '=') out.pop_back();
    for (char& c : out) {
        if (c == '+') c = '-';
        if (c == '/') c = '_';
    }
    return out;
}

Refusal not_signed_in() {
    return refuse(ErrorKind::Unauthenticated, errors::kNotSignedIn,
                  "还没有登录，或登录已经失效，请重新登录。");
}

// The office whose token it says to be, where there is one.
std::optional<JurisdictionId> office_of(storage::Connection& connection, const std::string& token) {
    const std::string code = office_of_token(token);
    if (code.empty()) return std::nullopt;
    return OrganisationStore(connection).id_of(code);
}

}  // namespace

Result<SignedIn> session_of(storage::Connection& connection, const std::string& token,
                            calendar::Instant now) {
    const auto office = office_of(connection, token);
    if (!office) return not_signed_in();
    OrganisationStore(connection).see_too(*office);
    const Digest digest = digest_of_token(token);
    const auto found = AccountStore(connection).session(*office, digest);
    if (!found || !found->may_enter || found->row.expires_at <= calendar::to_text(now)) {
        return not_signed_in();
    }
    return SignedIn{.jurisdiction = *office,
                    .person = found->row.holder.person,
                    .must_change = found->must_change,
                    .must_add_totp = found->row.needs_totp && !found->has_totp,
                    .by_token = false,
                    .expires_at = found->row.expires_at,
                    .last_seen_at = found->row.last_seen_at,
                    .abilities = {},
                    .ledgers = {},
                    .token_hash = digest.hex()};
}

Result<SignedIn> api_token_of(storage::Connection& connection, const std::string& token,
                              calendar::Instant now) {
    const auto office = office_of(connection, token);
    if (!office) return not_signed_in();
    OrganisationStore(connection).see_too(*office);
    const Digest digest = digest_of_token(token);
    const auto found = AccountStore(connection).token(*office, digest);
    if (!found || !found->may_enter || !found->row.is_in_force(now)) return not_signed_in();
    return SignedIn{.jurisdiction = *office,
                    .person = found->row.holder.person,
                    .must_change = false,
                    .must_add_totp = false,
                    .by_token = true,
                    .expires_at = found->row.expires_at,
                    .last_seen_at = found->row.last_used_at,
                    .abilities = found->row.abilities,
                    .ledgers = found->row.ledgers,
                    .token_hash = digest.hex()};
}

std::string csrf_of(const std::string& session_token) {
    return base64url(hmac_sha256(session_token, "fazhi csrf").as_bytes());
}

bool same_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string new_token(std::string_view office_code) {
    journal::sodium_box::ready();
    std::array<char, kTokenBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return std::string(office_code) + "." + base64url({bytes.data(), bytes.size()});
}

Digest digest_of_token(std::string_view token) {
    return digest_of(HashAlgorithm::Sha256, token);
}

std::string office_of_token(std::string_view token) {
    const auto point = token.find('.');
    if (point == std::string_view::npos || token.size() - point - 1 != kTokenCharacters) return {};
    const std::string_view code = token.substr(0, point);
    const bool is_code = !code.empty() && code.size() <= kCodeLengthMax &&
                         code.find_first_not_of(kCodeCharacters) == std::string_view::npos;
    return is_code ? std::string(code) : std::string();
}

}  // namespace fazhi::access
