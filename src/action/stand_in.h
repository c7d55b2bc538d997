// Standing in for somebody who is away (代理): the other's posts, from a day to a day, journalled.
//
// By the holders of the post that the setting account_post names, or by the person who will be away
// for oneself. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "action/workplace.h"

namespace fazhi::action {

struct StandInOrder {
    access::Actor by;
    JurisdictionId office;
    std::string for_person;  // code or name: who is away
    std::string person;      // code or name: who stands in
    std::string from_on;     // YYYY-MM-DD, both days included
    std::string until_on;
};
// Answers its number. Refuses kNotAccountPost, access::errors::kNotByToken, kNoSuchPerson, and what
// access::Organisation::add_stand_in refuses.
Result<std::int64_t> add_stand_in(Workplace&, const StandInOrder&);
// Before its last day. By whoever might add it. Refuses the same, and kNoSuchStandIn.
Result<void> end_stand_in(Workplace&, const access::Actor& by, JurisdictionId office,
                          std::int64_t id);

}  // namespace fazhi::action
