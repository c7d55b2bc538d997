// The scratch database verify replays into: a SQLite file in a folder of its own (0700), removed
// with the object.
//
// One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "journal/projection.h"

namespace fazhi::storage {
class Connection;
class Database;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::journal {

class Scratch {
public:
    // Makes the database, the projections' tables and a copy of the jurisdiction's keys (apply()
    // may ask for them). Throws std::runtime_error where the folder or the database cannot be made.
    Scratch(storage::Connection& live, JurisdictionId, const std::vector<Projection*>&);
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    // A refused record leaves nothing.
    Result<void> apply(const Record&);
    // The tables as replayed. Nothing is applied afterwards.
    storage::Connection& finished();

private:
    // Removed last: the database in it must be closed by then.
    class Folder {
    public:
        Folder();
        ~Folder();
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
        [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    private:
        std::filesystem::path path_;
    };

    void copy_keys(storage::Connection& live);

    JurisdictionId jurisdiction_;
    const std::vector<Projection*>& projections_;
    Folder folder_;
    std::unique_ptr<storage::Database> database_;
    std::unique_ptr<storage::Connection> connection_;
    std::unique_ptr<storage::Transaction> transaction_;
};

}  // namespace fazhi::journal
