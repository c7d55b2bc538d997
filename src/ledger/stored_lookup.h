// Lookup and Names over the directory and the stored ledgers.
#pragma once

#include <map>
#include <string>

#include "ledger/context.h"
#include "ledger/field_input.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

class StoredLookup final : public Lookup, public Names {
public:
    StoredLookup(storage::Connection& connection, const access::Directory& directory,
                 const definition::DefinitionSet& definitions)
        : connection_(connection), directory_(directory), definitions_(definitions) {}

    [[nodiscard]] std::optional<std::int64_t> person(const std::string& name) override;
    [[nodiscard]] std::optional<std::int64_t> unit(const std::string& name) override;
    [[nodiscard]] std::optional<std::int64_t> entry(const std::string& ledger,
                                                    const std::string& name) override;
    [[nodiscard]] bool valid_on(const std::string& ledger, std::int64_t entry,
                                const std::string& date) override;
    [[nodiscard]] bool fits(const std::string& ledger, std::int64_t row,
                            const definition::Condition&) override;
    [[nodiscard]] Value setting(const std::string& name) override;

    [[nodiscard]] std::string person(std::int64_t id) override;
    [[nodiscard]] std::string unit(std::int64_t id) override;
    [[nodiscard]] std::string entry(const std::string& ledger, std::int64_t id) override;

private:
    storage::Connection& connection_;
    const access::Directory& directory_;
    const definition::DefinitionSet& definitions_;
    std::map<std::pair<std::string, std::string>, std::optional<std::int64_t>>
        found_;  // of this command or import
};

}  // namespace fazhi::ledger
