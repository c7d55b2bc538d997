// Restoring a backup (恢复) into a place where nothing is: the manifest is checked before anything
// is written, what was destroyed since is destroyed again, and every journal is verified.
//
// One call a thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "action/backup_manifest.h"
#include "calendar/clock.h"
#include "journal/projection.h"

namespace fazhi::action {

struct RestoreOrder {
    std::filesystem::path folder;  // of the backup
    std::string url;  // an SQLite file that is not there, or an empty PostgreSQL database
    std::filesystem::path data;       // a folder that is not there or is empty
    std::filesystem::path keys;       // where the keys are; empty: in the backup
    std::filesystem::path destroyed;  // a newer list of what was destroyed; empty: the backup's
};

struct RestoredJournal {
    std::string code;
    journal::VerifyOutcome verified;
};

struct Restored {
    Manifest manifest;
    bool is_upgraded = false;  // the backup was of an earlier program's database
    std::size_t destroyed_again = 0;
    std::vector<RestoredJournal> journals;
    std::vector<journal::Finding> server_log;

    [[nodiscard]] bool is_sound() const;  // nothing was found in any journal or the server's log
};

// Refuses what check_backup, storage::require_restorable and storage::restore_database refuse;
// kOtherDatabase, kPlaceTaken, kNeedsKeys, kLaterBackup: then nothing was written. kNotAsBackedUp
// (a journal is not of the manifest's size and root): what was restored stays, to be looked at.
// Throws Failure and std::system_error.
Result<Restored> restore_backup(const RestoreOrder&, const calendar::Clock&,
                                const journal::Progress&);

}  // namespace fazhi::action
