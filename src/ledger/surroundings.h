// The Surroundings of conditions over stored ledgers, with what it has looked up kept for its
// lifetime (one command, one measure run).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "calendar/workday_table.h"
#include "ledger/context.h"
#include "ledger/evaluate.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

class StoredSurroundings final : public Surroundings {
public:
    StoredSurroundings(storage::Connection&, const access::Directory&,
                       const definition::DefinitionSet&, const calendar::WorkdayTable&);

    [[nodiscard]] Value setting(const std::string& name) override;
    [[nodiscard]] bool has_post(PersonId, const std::string& post) override;
    [[nodiscard]] std::string day_kind(const std::string& date) override;
    [[nodiscard]] std::vector<Entry> linked(const Entry&, const std::string& ledger) override;

private:
    struct LinkIndex;
    LinkIndex& index_of(const std::string& ledger, const std::string& other);

    storage::Connection& connection_;
    const access::Directory& directory_;
    const definition::DefinitionSet& definitions_;
    const calendar::WorkdayTable& workdays_;
    std::map<std::pair<std::string, std::string>, std::unique_ptr<LinkIndex>> indexes_;

public:
    ~StoredSurroundings() override;
};

}  // namespace fazhi::ledger
