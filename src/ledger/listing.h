// A ledger as a list on a screen: the entries somebody may see and has asked for, page by page.
//
// Answered by the database: what is filtered away is never read into the program. Cost: one walk
// along the index by date until the page is full, and a look at each of its entries; counting walks
// the whole range. One connection, one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/reach.h"
#include "definition/model.h"
#include "ledger/entry.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

inline constexpr std::size_t kListedMax = 200;  // of one page

// Where a page ends: its last entry.
struct ListPlace {
    std::string dated_on;
    EntryId entry;
};

struct ListQuestion {
    access::Reach reach;        // what may be seen
    std::vector<UnitId> units;  // none: every unit
    PersonId handler;           // none: whoever's
    std::string state;          // id; "": every state
    std::string dated_from;     // YYYY-MM-DD inclusive; "": open
    std::string dated_to;
    std::string words;  // somewhere in a text that is not private; "": all
    // Fields and what they hold: options' ids, "1" and "0", numbers of units and persons.
    std::vector<std::pair<const definition::Field*, std::string>> equal;
    bool newest_first = true;
    std::optional<ListPlace> after;
    std::size_t limit = 20;
};

// Whether `equal` can ask for a field of this type.
bool can_be_asked(const definition::Field&);

// In order; one more than `limit` where there is a next page. Void entries are not listed.
std::vector<EntryId> listed(storage::Connection&, JurisdictionId, const definition::Ledger&,
                            const ListQuestion&);
// How many there are on all pages.
std::int64_t count_listed(storage::Connection&, JurisdictionId, const definition::Ledger&,
                          const ListQuestion&);
// How many entries that are not void stand in each state, of those within reach.
std::map<std::string, std::int64_t> count_by_state(storage::Connection&, JurisdictionId,
                                                   const definition::Ledger&, const access::Reach&);
// The earliest due day among the open runs of each of these entries' clocks.
std::map<EntryId, std::string> next_due_days(storage::Connection&, JurisdictionId,
                                             const std::string& ledger,
                                             const std::vector<EntryId>&);

}  // namespace fazhi::ledger
