// Who is who at an identity provider (统一身份认证), and the sign-ins there that have begun.
// Outside replay. The only SQL of external_login and external_sign_in.
//
// One connection or transaction, one thread.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "access/accounts.h"
#include "base/digest.h"
#include "base/ids.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::access {

inline constexpr std::chrono::minutes kExternalSignInTime{10};  // from begun to come back
inline constexpr std::int64_t kExternalSignInsMax = 500;        // begun at once in an office

// One sign-in that has begun and not come back.
struct ExternalSignInRow {
    JurisdictionId office;
    Digest state;    // of what the provider sends back
    Digest browser;  // of the cookie of the browser that began
    std::string verifier;
    std::string nonce;
    std::string expires_at;  // instant
};

class ExternalLoginStore {
public:
    explicit ExternalLoginStore(storage::Connection& connection) : connection_(connection) {}

    // Whom the provider calls so in this office.
    [[nodiscard]] std::optional<PersonId> person_of(JurisdictionId, const std::string& issuer,
                                                    const std::string& subject);
    [[nodiscard]] std::map<PersonId, std::string> subjects(JurisdictionId,
                                                           const std::string& issuer);
    // In place of what it was.
    void bind(const Holder&, const std::string& issuer, const std::string& subject,
              const std::string& at);
    bool unbind(const Holder&, const std::string& issuer);

    void put(const ExternalSignInRow&);
    // Once: it is gone afterwards.
    std::optional<ExternalSignInRow> take(JurisdictionId, const Digest& state);
    void remove_expired(JurisdictionId, const std::string& now);
    [[nodiscard]] std::int64_t count(JurisdictionId);

private:
    storage::Connection& connection_;
};

}  // namespace fazhi::access
