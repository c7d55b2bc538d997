// A district with one subdistrict office, for tests of this room and of the rooms above: its
// definitions, and the same organisation in a database or as a plain value.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/directory.h"
#include "access/organisation.h"
#include "calendar/date.h"
#include "definition/definition_set.h"
#include "journal/journal.h"
#include "journal/vault.h"
#include "storage/testing/scratch.h"

namespace fazhi::storage {
class Database;
}

namespace fazhi::access::testing {

// Roles, settings and two ledgers, `visit` and the confidential `petition`. Built once.
const definition::DefinitionSet& office_set();
// The same with `ledgers`, YAML documents, in place of `visit`. Fails the test where they are
// faulty.
std::shared_ptr<const definition::DefinitionSet> set_with(std::string_view ledgers);

inline constexpr JurisdictionId kDistrict{1};
inline constexpr JurisdictionId kOffice{2};
inline constexpr calendar::Instant kMorning{
    std::chrono::seconds{1'704'157'200}};  // 2024-01-02 09:00

// The office as a picture, without a database. Units: 11 office, 12 huachuang and 13 yifeng (both
// led by office), 14 alone. Persons: 21 wang clerk of 12, 22 li law_office, 23 zhao leader, 24 qian
// head of 11, 25 sun clerk of 13.
Directory office_directory();
// A person of the district, which is above the office.
Actor district_person(std::vector<std::string> posts);

// A database's journal and organisation, with keys of its own.
class OfficeInDatabase {
public:
    explicit OfficeInDatabase(storage::Database& database);

    // The district, the office with its units and persons as above (other numbers), packs adopted.
    void found(const definition::DefinitionSet& set);
    // Runs `command` in a transaction of its own and commits it, unless it is refused.
    Result<void> run(const std::function<Result<void>(storage::Transaction&)>& command);
    [[nodiscard]] Directory directory(JurisdictionId id);

    storage::Database& database;
    storage::testing::Scratch folder;
    journal::Vault vault;
    journal::Journal journal;
    Organisation organisation;
};

}  // namespace fazhi::access::testing
