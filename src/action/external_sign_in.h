// Signing in with the city's identity provider (统一身份认证): OpenID Connect, authorization code
// with PKCE (RFC 7636).
//
// Whom the provider calls so is bound to an account by whoever keeps the office's accounts, never
// found by an address or a name. What a sign-in began with is kept on the server, for one use and
// kExternalSignInTime; it comes back to the browser that began it alone. Where a post demands codes
// of the phone, password and code are asked for as before. A first password that nobody has taken
// up is void once its person comes in this way. Any thread; the provider is asked on the caller's.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "action/accounts.h"
#include "action/sign_in.h"
#include "action/workplace.h"

namespace fazhi::action {

// As written in the configuration file; "": not there.
struct ExternalSettings {
    std::string issuer;  // https://id.example.gov.cn; http only on this machine
    std::string client_id;
    std::string client_secret_file;  // its first line; "": a public client
    std::string redirect;            // https://fazhi.example.gov.cn/api/session/external/callback
    std::string title = "统一身份认证登录";  // of the button
};

class ExternalSignIn {
public:
    // Null where no issuer is set. Refuses kBadExternal with all that is wrong.
    static Result<std::unique_ptr<ExternalSignIn>> of(const ExternalSettings&);

    [[nodiscard]] const std::string& issuer() const { return settings_.issuer; }
    [[nodiscard]] const std::string& title() const { return settings_.title; }

    struct Begun {
        std::string url;      // where the browser goes
        std::string browser;  // for a cookie of the browser: it alone may come back
    };
    // Refuses kExternalLost (no such office), kExternalBusy, kExternalUnreachable.
    Result<Begun> begin(Workplace&, const std::string& office_code);

    // What the browser comes back with.
    struct Returned {
        std::string state;
        std::string code;
        std::string error;    // of the provider
        std::string browser;  // the cookie
        std::string address;
        std::string agent;
    };
    // Refuses kExternalLost (not begun here, too late, twice, or by another browser),
    // kExternalRefused, kExternalUnreachable, kNotBound, kExternalNeedsCode,
    // access::errors::kBadIdToken, kNotSignedIn (the account is closed).
    Result<OpenedSession> finish(Workplace&, const Returned&);

private:
    struct Provider {
        std::string authorization, token, keys;  // addresses
    };
    ExternalSignIn(ExternalSettings settings, std::string secret)
        : settings_(std::move(settings)), secret_(std::move(secret)) {}
    Result<Provider> provider();
    enum class Keys { AsKnown, Anew };
    Result<std::string> keys(const Provider&, Keys);
    Result<std::string> id_token_for(const Provider&, const std::string& code,
                                     const std::string& verifier);
    Result<std::string> subject(const Provider&, const std::string& id_token,
                                const std::string& nonce, calendar::Instant now);

    const ExternalSettings settings_;
    const std::string secret_;
    std::mutex mutex_;
    std::optional<Provider> provider_;  // under mutex_
    std::string keys_;                  // under mutex_; "": not asked yet
};

// Who at the provider is `order.person`; "": nobody any longer. By the keepers of accounts. Refuses
// kNotAccountPost, access::errors::kNotByToken, kNoSuchPerson, kNoSuchAccount, kNoExternal,
// kBadSubject, kSubjectTaken.
Result<void> bind_external(Workplace&, const AccountOrder& order, const std::string& issuer,
                           const std::string& subject);
// By person. For the keepers of accounts, who have asked already.
std::map<PersonId, std::string> external_subjects(storage::Connection&, JurisdictionId,
                                                  const std::string& issuer);

}  // namespace fazhi::action
