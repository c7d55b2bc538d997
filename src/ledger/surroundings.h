// The Surroundings of conditions over stored ledgers, for one command: what is linked with an entry
// is looked up entry by entry, through indexes. Many entries at once: link_index.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
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
    // Cost: one look-up for each field of either ledger that may name an entry of the other, and
    // one for each entry found; asked again, none. What is written meanwhile may be missed.
    [[nodiscard]] std::vector<const Entry*> linked(const Entry&,
                                                   const std::string& ledger) override;

protected:
    storage::Connection& connection_;
    const access::Directory& directory_;
    const definition::DefinitionSet& definitions_;
    const calendar::WorkdayTable& workdays_;

private:
    using Key = std::pair<std::string, EntryId>;  // of an entry: its ledger and number
    const std::vector<Link>& links_of(const Entry&);
    const std::vector<EntryId>& naming(const definition::Ledger& own, EntryId,
                                       const definition::Ledger& other);
    const std::optional<Entry>& found(const definition::Ledger&, EntryId);

    // What was found so far: the gates of a step ask the same over and over.
    std::map<Key, std::vector<Link>> links_;
    std::map<std::pair<Key, std::string>, std::vector<EntryId>> naming_;
    std::map<Key, std::optional<Entry>> found_;
};

// What the fields of `from`, an entry of `own`, name in the ledger `to`.
std::vector<EntryId> entries_named_by(const definition::Ledger& own, const Entry& from,
                                      const std::string& to);

}  // namespace fazhi::ledger
