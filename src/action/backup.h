// Backup (备份): the database, the evidence and the list of what was destroyed, in one folder,
// while others go on working. What stands in it: backup_manifest.h.
//
// The database is copied first, of one moment; then the files, so that every one it names is there;
// last the list of what was destroyed, so that what went away meanwhile is in the list and is
// destroyed again when the backup is restored. One call a thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "action/backup_manifest.h"
#include "action/workplace.h"

namespace fazhi::action {

enum class BackupKeys { Left, Included };

struct BackedUp {
    Manifest manifest;
    std::int64_t bytes = 0;  // of all its files
    // Evidence that the database names and that was not in the data folder, or is not what its name
    // says: as hex digests. Not of what was destroyed meanwhile.
    std::vector<std::string> missing;
    std::vector<std::string> damaged;
};

// Into `folder`, which is not there; written as FOLDER.partial and renamed last, so that what bears
// the name is whole. Refuses kPlaceTaken and what storage::copy_database refuses; throws Failure
// and std::system_error, and then leaves nothing.
Result<BackedUp> back_up(Workplace&, const std::filesystem::path& folder, BackupKeys);

// That the backup is whole and as it was written. Refuses as read_manifest and check_files.
Result<Manifest> check_backup(const std::filesystem::path& folder);

}  // namespace fazhi::action
