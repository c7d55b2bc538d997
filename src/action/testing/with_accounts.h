// The small office with accounts kept by its law office (p2), for tests of signing in.
#pragma once

#include <string>
#include <string_view>

#include "action/accounts.h"
#include "action/sign_in.h"
#include "action/testing/small_office.h"

namespace fazhi::action::testing {

class WithAccounts {
public:
    // `settings`: further lines of the pack's settings.
    explicit WithAccounts(storage::Database& database, std::string_view settings = {});

    [[nodiscard]] Workplace& workplace() const { return *office.workplace; }
    [[nodiscard]] JurisdictionId id() const { return office.id; }
    calendar::testing::FixedClock& clock() { return office.clock; }

    // `by`: who orders it.
    [[nodiscard]] access::Actor actor(const std::string& code) const;
    [[nodiscard]] AccountOrder order(const std::string& person, const std::string& by = "p2") const;
    // Makes the account and answers its first password.
    std::string first_password(const std::string& person);
    // Makes the account and changes the first password to this one.
    void choose_password(const std::string& person, const std::string& password);
    Result<OpenedSession> sign_in(const std::string& login, const std::string& password,
                                  const std::string& code = {}) const;
    // Signed in as this person, whose account is made where it is missing.
    access::SignedIn entered(const std::string& person);
    // What the access log holds, by kind: "sign_in*2 account*1".
    [[nodiscard]] std::string whats();

    SmallOffice office;
};

}  // namespace fazhi::action::testing
