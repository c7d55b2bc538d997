// What signing in ends with, by whichever way: a session in the transaction of the sign-in, with
// its line in the access log.
#pragma once

#include <string>

#include "action/account_office.h"

namespace fazhi::storage {
class Transaction;
}

namespace fazhi::action {

struct Opening {
    access::Holder holder;
    std::string office_code;
    std::string agent;
    std::string address;
    std::string reason;  // of the line: "" by password
};

// Does a post of the person demand codes of the phone today?
bool demands_codes(const AccountOffice&, const access::Person&, calendar::Instant now);
// Answers the token.
std::string open_session(Workplace&, storage::Transaction&, const AccountOffice&,
                         const access::Person&, const Opening&);

}  // namespace fazhi::action
