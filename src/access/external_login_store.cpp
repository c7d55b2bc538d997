#include "access/external_login_store.h"

#include "storage/connection.h"
#include "storage/failure.h"

namespace fazhi::access {

using storage::Blob;
using storage::Row;

namespace {

Blob blob(const Digest& digest) {
    return Blob{std::string(digest.as_bytes())};
}

Digest digest_from(const Row& row, int column) {
    if (const auto digest = Digest::from_bytes(row.bytes(column))) return *digest;
    throw storage::Failure(storage::FailureKind::Corrupt, "a digest is not 32 bytes long");
}

}  // namespace

std::optional<PersonId> ExternalLoginStore::person_of(JurisdictionId office,
                                                      const std::string& issuer,
                                                      const std::string& subject) {
    std::optional<PersonId> out;
    connection_.query(
        "SELECT person_id FROM external_login WHERE jurisdiction_id = $1 AND issuer = $2 AND "
        "subject = $3",
        {office.value, issuer, subject}, [&](const Row& row) { out = PersonId{row.integer(0)}; });
    return out;
}

std::map<PersonId, std::string> ExternalLoginStore::subjects(JurisdictionId office,
                                                             const std::string& issuer) {
    std::map<PersonId, std::string> out;
    connection_.query(
        "SELECT person_id, subject FROM external_login WHERE jurisdiction_id = $1 AND issuer = $2",
        {office.value, issuer},
        [&](const Row& row) { out.emplace(PersonId{row.integer(0)}, std::string(row.text(1))); });
    return out;
}

void ExternalLoginStore::bind(const Holder& holder, const std::string& issuer,
                              const std::string& subject, const std::string& at) {
    connection_.execute(
        "INSERT INTO external_login (jurisdiction_id, person_id, issuer, subject, bound_at) "
        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (jurisdiction_id, person_id, issuer) DO UPDATE "
        "SET subject = excluded.subject, bound_at = excluded.bound_at",
        {holder.jurisdiction.value, holder.person.value, issuer, subject, at});
}

bool ExternalLoginStore::unbind(const Holder& holder, const std::string& issuer) {
    return connection_.change(
               "DELETE FROM external_login WHERE jurisdiction_id = $1 AND person_id = $2 AND "
               "issuer = $3",
               {holder.jurisdiction.value, holder.person.value, issuer}) > 0;
}

void ExternalLoginStore::put(const ExternalSignInRow& row) {
    connection_.execute(
        "INSERT INTO external_sign_in (jurisdiction_id, state_hash, browser_hash, verifier, "
        "nonce, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        {row.office.value, blob(row.state), blob(row.browser), row.verifier, row.nonce,
         row.expires_at});
}

std::optional<ExternalSignInRow> ExternalLoginStore::take(JurisdictionId office,
                                                          const Digest& state) {
    std::optional<ExternalSignInRow> out;
    connection_.query(
        "SELECT state_hash, browser_hash, verifier, nonce, expires_at FROM external_sign_in "
        "WHERE jurisdiction_id = $1 AND state_hash = $2",
        {office.value, blob(state)}, [&](const Row& row) {
            out = ExternalSignInRow{.office = office,
                                    .state = digest_from(row, 0),
                                    .browser = digest_from(row, 1),
                                    .verifier = std::string(row.text(2)),
                                    .nonce = std::string(row.text(3)),
                                    .expires_at = std::string(row.text(4))};
        });
    // Whoever takes the row away has it: of two at once, one.
    if (connection_.change(
            "DELETE FROM external_sign_in WHERE jurisdiction_id = $1 AND state_hash = $2",
            {office.value, blob(state)}) == 0)
        return std::nullopt;
    return out;
}

void ExternalLoginStore::remove_expired(JurisdictionId office, const std::string& now) {
    connection_.execute(
        "DELETE FROM external_sign_in WHERE jurisdiction_id = $1 AND expires_at <= $2",
        {office.value, now});
}

std::int64_t ExternalLoginStore::count(JurisdictionId office) {
    std::int64_t out = 0;
    connection_.query("SELECT count(*) FROM external_sign_in WHERE jurisdiction_id = $1",
                      {office.value}, [&](const Row& row) { out = row.integer(0); });
    return out;
}

}  // namespace fazhi::access
