// The Surroundings of conditions over stored ledgers, for one command: what is linked with an entry
// is looked up entry by entry, through indexes. Many entries at once: link_index.h.
#pragma once

#include <string>
#include <vector>

#include "calendar/workday_table.h"
#include "ledger/context.h"
#include "ledger/evaluate.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

class StoredSurroundings : public Surroundings {
public:
    StoredSurroundings(storage::Connection&, const access::Directory&,
                       const definition::DefinitionSet&, const calendar::WorkdayTable&);

    [[nodiscard]] Value setting(const std::string& name) override;
    [[nodiscard]] bool has_post(PersonId, const std::string& post) override;
    [[nodiscard]] std::string day_kind(const std::string& date) override;
    // Cost: one look-up for each field of either ledger that may name an entry of the other. Links
    // made meanwhile may be missed.
    [[nodiscard]] std::vector<Entry> linked(const Entry&, const std::string& ledger) override;

protected:
    storage::Connection& connection_;
    const access::Directory& directory_;
    const definition::DefinitionSet& definitions_;
    const calendar::WorkdayTable& workdays_;

private:
    const std::vector<Link>& links_of(const Entry&);

    // Of the entry asked about last: a gate asks for several ledgers.
    std::string links_ledger_;
    EntryId links_entry_;
    std::vector<Link> links_;
};

// What the fields of `from`, an entry of `own`, name in the ledger `to`.
std::vector<EntryId> entries_named_by(const definition::Ledger& own, const Entry& from,
                                      const std::string& to);

}  // namespace fazhi::ledger
