// What a year left open: the facts behind the shortcomings (存在的不足) a drafter may have to name.
#pragma once

#include <string>
#include <vector>

#include "ledger/context.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::report {

struct OpenEntries {
    std::string ledger;  // its title
    std::int64_t count = 0;
};

// By ledger with final states, how many entries were in none of them on the year's last day; those
// without any are left out; void entries do not count. Cost: the entries open now and those that
// passed since.
std::vector<OpenEntries> entries_open_at_end(storage::Connection&, const ledger::Context&,
                                             int year);

}  // namespace fazhi::report
