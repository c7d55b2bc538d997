// The Surroundings of conditions over many entries (one measure run): what is linked is read in one
// pass over both ledgers and kept for its lifetime.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/surroundings.h"

namespace fazhi::ledger {

class IndexedSurroundings final : public StoredSurroundings {
public:
    using StoredSurroundings::StoredSurroundings;

    [[nodiscard]] std::vector<const Entry*> linked(const Entry&,
                                                   const std::string& ledger) override;

private:
    struct LinkIndex {
        std::map<EntryId, Entry> others;         // of the other ledger
        std::multimap<EntryId, EntryId> linked;  // this → other
    };
    LinkIndex& index_of(const std::string& ledger, const std::string& other);

    std::map<std::pair<std::string, std::string>, LinkIndex> indexes_;
};

}  // namespace fazhi::ledger
