// What stands in a backup (备份), so that one that is damaged or not whole is found:
//
//   FOLDER/manifest.json         canonical JSON, see below
//   FOLDER/manifest.json.sha256  its digest, as `sha256sum --check` reads it
//   FOLDER/database              an SQLite file, or the archive of pg_dump
//   FOLDER/data/…                the data folder but for the keys: evidence by digest,
//   destroyed.jsonl FOLDER/keys/…                only where they were wanted
//
//   {"at":"2024-05-06T01:02:03Z","database":"sqlite","files":[{"path":"database","sha256":"…",
//    "size":81920}],"format":1,"hash":"sm3","journals":[{"code":"qianjin","id":2,"root":"…",
//    "size":514}],"keys":false,"program":"0.1.0","schema":15,"verifier_key":"fazhi-…"}
//
// Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "storage/connection.h"

namespace fazhi::action {

inline constexpr std::string_view kBackupDatabase = "database";
inline constexpr std::string_view kBackupData = "data";
inline constexpr std::string_view kBackupKeys = "keys";

struct BackupFile {
    std::string path;  // below the backup's folder
    std::int64_t size = 0;
    Digest sha256;

    friend bool operator==(const BackupFile&, const BackupFile&) = default;
};

// A journal as it was when the database was copied.
struct BackupJournal {
    JurisdictionId id;
    std::string code;
    std::int64_t size = 0;
    Digest root;

    friend bool operator==(const BackupJournal&, const BackupJournal&) = default;
};

struct Manifest {
    std::string at;       // an instant
    std::string program;  // version
    std::int64_t schema = 0;
    storage::Dialect database = storage::Dialect::Sqlite;
    HashAlgorithm hash = HashAlgorithm::Sm3;
    std::string verifier_key;  // of the notes: whose keys belong to it
    bool with_keys = false;
    std::vector<BackupJournal> journals;
    std::vector<BackupFile> files;

    friend bool operator==(const Manifest&, const Manifest&) = default;
};

// Both files, flushed. Throws std::system_error.
void write_manifest(const std::filesystem::path& folder, const Manifest&);
// Refuses kNoBackup (no such files), kDamagedBackup (they are not what was written),
// kLaterBackup (of a later program).
Result<Manifest> read_manifest(const std::filesystem::path& folder);
// That every file of it is there, byte for byte. Refuses kDamagedBackup, with every file in `also`.
Result<void> check_files(const std::filesystem::path& folder, const Manifest&);

// A file of the folder as the manifest names it. Throws std::system_error.
BackupFile described(const std::filesystem::path& folder, const std::string& path);
// Flushes a file or folder to the disk. Throws std::system_error.
void flush_to_disk(const std::filesystem::path&);

}  // namespace fazhi::action
