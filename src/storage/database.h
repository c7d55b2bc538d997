// A database that has been opened and is of this program's version.
//
// `url` is a file name (SQLite: WAL, synchronous=FULL, foreign keys on) or postgresql://… .
// Threads: any; each connection it lends belongs to one thread until given back.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "storage/connection.h"

namespace fazhi::storage {

// What open() does with the version it finds.
enum class Migrate { Yes, No };

class Database {
public:
    // Refuses kNewerDatabase (made by a later program), kNotADatabase, kNotInitialised (Migrate::No
    // and no tables), kOldDatabase (Migrate::No and migrations to run), kRoleSeesAll. Throws
    // Failure where it cannot be reached.
    static Result<std::unique_ptr<Database>> open(const std::string& url, Migrate);

    virtual ~Database() = default;
    [[nodiscard]] virtual Dialect dialect() const = 0;
    [[nodiscard]] virtual const std::string& url() const = 0;
    // How many migrations opening it ran.
    [[nodiscard]] virtual int upgraded() const = 0;

    // A connection for writing; on SQLite there is one, and borrowing it waits for the one who has
    // it. Given back when the pointer goes.
    virtual std::unique_ptr<Connection> writing() = 0;
    // A connection for reading, apart from the writer, in a read-only transaction (one snapshot)
    // that ends when the pointer goes. Without a sight: what the program does for all offices, and
    // what is done at the machine itself.
    virtual std::unique_ptr<Connection> reading(const Sight&) = 0;
    std::unique_ptr<Connection> reading() { return reading(Sight::all()); }

    // SQLite: writes what the log beside the file holds into the file and empties the log, so that
    // what was deleted or overwritten stands nowhere any more. False where somebody still reads an
    // older state: ask again later. PostgreSQL keeps old rows until it vacuums: false.
    virtual bool empty_log() = 0;
};

}  // namespace fazhi::storage
