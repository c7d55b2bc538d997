// Handing over (交接): somebody leaves or changes work, and everything still open that the person
// has in hand goes to another, entry by entry, each journalled.
//
// In slices through the Writer: interrupted, it is run again and goes on with what is left. Cost:
// one pass over every ledger with states. Any thread.
#pragma once

#include <string>

#include "action/workplace.h"

namespace fazhi::action {

inline constexpr std::size_t kHandOverSlice = 50;  // entries in one transaction

// Does the person stay in the office? Who leaves loses the posts, the stand-ins and the account.
enum class After { Stays, Leaves };

struct HandOverOrder {
    access::Actor by;
    JurisdictionId office;
    std::string from;  // code or name
    std::string to;    // code or name
    std::string note;  // why; stands, sealed, with every entry
    After after = After::Leaves;
    std::string address;  // where the request comes from; "": the command line
};
struct HandedOver {
    std::size_t entries = 0;  // tasks among them
    std::size_t tasks = 0;    // of the ledger `task`
    std::size_t posts = 0;    // ended
    bool account_disabled = false;
};
// By the holders of the post that the setting account_post names, or, where the person stays, by
// who may assign each of the entries. Refuses kNotAccountPost, access::errors::kNotByToken,
// kNoSuchPerson, kForbidden, kBadHandOver (to oneself, to somebody without a post, oneself
// leaving).
Result<HandedOver> hand_over(Workplace&, const HandOverOrder&);

}  // namespace fazhi::action
