// What the account commands of this room share: the office with its rules, and whether the actor
// keeps its accounts.
//
// An office that has not adopted any definitions yet has accounts too: then the rules are those of
// the program. One connection or transaction, one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "access/account_rules.h"
#include "access/accounts.h"
#include "access/session.h"
#include "action/errors.h"
#include "action/workplace.h"

namespace fazhi::action {

struct AccountOffice {
    access::SharedDirectory kept;
    const access::Directory& directory = *kept;
    std::shared_ptr<const definition::DefinitionSet> definitions = {};  // null: none adopted
    access::AccountRules rules = {};
    std::shared_ptr<const definition::DefinitionSet> installed = {};  // by anybody

    // The post that a setting names; "": nobody's.
    [[nodiscard]] std::string post_of(const char* setting) const;
    [[nodiscard]] std::string login_of(const access::Person& person) const;
};
// Refuse kNoSuchJurisdiction, and what the definitions refuse.
Result<AccountOffice> account_office(Workplace&, storage::Connection& reading, JurisdictionId);
Result<AccountOffice> account_office(Workplace&, storage::Transaction&, JurisdictionId);

struct KeeperAsked {
    const char* setting;    // account_post
    std::string_view code;  // of the refusal
    const char* what;       // "办理账号"
};
inline constexpr KeeperAsked kKeepsAccounts{"account_post", errors::kNotAccountPost, "办理账号"};
// The system does. Refuses kNotByToken, and `code`, naming who may.
Result<void> require_keeper(const AccountOffice&, const access::Actor&, const KeeperAsked&);
bool keeps(const AccountOffice&, const access::Actor&, const KeeperAsked&);

// Refuse access::errors::kNotByToken.
Result<void> require_person_here(const access::SignedIn&);
Result<void> require_person_here(const access::Actor&);

// The one whose code it is, else the only one called so. Refuses access::errors::kNoSuchPerson.
Result<const access::Person*> person_of(const access::Directory&, const std::string& called,
                                        const char* where = "person");

// A line about `person` of the office.
access::AccessLine line_about(const access::Holder& person, std::string_view what,
                              const std::string& reason = {}, const std::string& address = {});
// A line about what `by` did.
access::AccessLine line_by(const access::Actor& by, JurisdictionId office, std::string_view what,
                           const std::string& reason = {}, const std::string& address = {});

}  // namespace fazhi::action
