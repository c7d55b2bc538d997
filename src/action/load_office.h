// `fazhi load DIR`: one office from a folder, whole or not at all: office.yaml (jurisdiction and
// its parents, units, people, posts, packs, live_from, settings) and ledgers/<ledger>.csv as
// history import; evidence files in files/.
//
// One command of the Writer; the actor is the system. Cost: linear in the rows.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "action/import_sheet.h"
#include "action/workplace.h"

namespace fazhi::action {

struct OfficeFolder {
    std::filesystem::path folder;
    Value office;  // office.yaml
    std::vector<std::string> packs;
    std::string code;
};

// Refuses kNoSuchFile, kBadOffice.
Result<OfficeFolder> read_office(const std::filesystem::path& folder);

// Installs the packs of `names` from `packs_folder` that are missing, makes their tables; answers
// the names installed. Afterwards a Workplace has to be opened anew. Refuses what the loader and
// definition::Definitions refuse, kFaultyTemplate, and kPacksBroken with every problem.
Result<std::vector<std::string>> install_packs(storage::Database&,
                                               const std::filesystem::path& packs_folder,
                                               const std::vector<std::string>& names);

struct LoadOutcome {
    bool already = false;  // the jurisdiction is there: nothing was changed
    std::size_t units = 0;
    std::size_t people = 0;
    std::size_t entries = 0;
    std::size_t ledgers = 0;
};
Result<LoadOutcome> load_office(Workplace&, const OfficeFolder&, const SheetImport::Progress&);

}  // namespace fazhi::action
