// Directories that have been read, kept while they stay true: a command asks for the organisation
// of its office each time, and it seldom changes.
//
// Only what is committed is kept, by the journal number of the change that made it so
// (Jurisdiction::revision): the journal is append-only, so a number that was committed never means
// anything else. Any thread, any number of processes on one database.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "access/directory.h"
#include "base/result.h"

namespace fazhi::storage {
class Connection;
class Database;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::access {

using SharedDirectory = std::shared_ptr<const Directory>;

class Directories {
public:
    explicit Directories(storage::Database& database) : database_(database) {}

    // Refuse kNoSuchJurisdiction. Cost: one look-up where it is known, else
    // Organisation::directory.
    Result<SharedDirectory> find(storage::Connection& reading, JurisdictionId);
    // As the transaction sees it, which may have changed it itself. Asked of the database once: no
    // other writes for the transaction's own jurisdictions before it ends (storage/writer.h), and
    // of others it keeps to what it saw first.
    Result<SharedDirectory> find(storage::Transaction&, JurisdictionId);
    // The transaction has changed one.
    static void forget(storage::Transaction&);

private:
    [[nodiscard]] SharedDirectory known(JurisdictionId, std::int64_t revision);
    SharedDirectory keep(Directory);
    Result<SharedDirectory> read(storage::Transaction&, JurisdictionId);

    storage::Database& database_;
    std::mutex mutex_;
    std::map<JurisdictionId, SharedDirectory> kept_;  // under mutex_
};

}  // namespace fazhi::access
