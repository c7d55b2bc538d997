// Where a person's notices go by mail (电子邮箱). Whom the setting contact_post names may say so.
#pragma once

#include <string>

#include "action/workplace.h"

namespace fazhi::action {

struct EmailOf {
    std::string as;       // who says so
    std::string person;   // code or name
    std::string address;  // "": no mail any more
};

// Answers the person's name. Refuses access::errors::kForbidden, kNoSuchPerson, kBadEmail.
Result<std::string> set_email(Workplace&, const std::string& office, const EmailOf&);

}  // namespace fazhi::action
