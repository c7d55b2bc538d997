// A pack and an office in folders of their own, as packs/ and examples/ have them, loaded into a
// database: for the tests of this room and of the doors above.
//
//   visit   events: a public place, a private phone, evidence `photo`
//   matter  cases: open → done
//   secret  events that only the leader may see (visible_to)
//   depot   things told apart by their code (`key`)
//   annual  the report
// Persons: p1 leader, p2 law_office, p3 clerk of huachuang, p4 clerk of yifeng.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "action/workplace.h"
#include "calendar/testing/fixed_clock.h"
#include "storage/testing/scratch.h"

namespace fazhi::action::testing {

// The folders, to be changed before they are loaded.
class OfficeFolders {
public:
    using Files = std::map<std::string, std::string>;  // below the pack's folder

    // `more`: further definitions of the pack; `files`: further files.
    explicit OfficeFolders(std::string_view more = {}, const Files& files = {});
    void write(const std::string& path, std::string_view text) const;  // below the scratch folder
    void replace(const std::string& path, std::string_view from, std::string_view to) const;

    [[nodiscard]] std::filesystem::path packs() const { return scratch.folder() / "packs"; }
    [[nodiscard]] std::filesystem::path office() const { return scratch.folder() / "office"; }
    [[nodiscard]] std::filesystem::path data() const { return scratch.folder() / "data"; }

    storage::testing::Scratch scratch;
};

// A workplace over `database`, initialised and with the packs installed. The office is not loaded
// yet. On the morning of 2024-05-06.
std::unique_ptr<Workplace> opened(storage::Database& database, const OfficeFolders& folders,
                                  const calendar::Clock& clock);

class SmallOffice {
public:
    explicit SmallOffice(storage::Database& database, std::string_view more = {},
                         const OfficeFolders::Files& files = {});

    // Runs one command as `person` and commits it unless refused.
    Result<void> run(const std::string& person,
                     const std::function<Result<void>(storage::Transaction&, ledger::Context&)>&);
    // An entry with these fields; the next step of one, today where no day is said.
    Result<EntryId> create(const std::string& person, const std::string& ledger,
                           const Value& fields);
    Result<void> move(const std::string& person, const std::string& ledger, EntryId,
                      const std::string& transition, const std::string& happened_on = {});
    std::vector<std::string> lines_of(std::string_view sql);

    OfficeFolders folders;
    calendar::testing::FixedClock clock;
    std::unique_ptr<Workplace> workplace;
    JurisdictionId id;
};

// "code|where" of each, sorted.
std::vector<std::string> codes_of(const Error& error);

}  // namespace fazhi::action::testing
