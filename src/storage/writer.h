// The one who writes: takes commands, gives each jurisdiction an order, and commits what waits in
// one go (group commit).
//
// A command that is refused is undone alone, the others of its group stand. A group runs without
// savepoints, which would cost more than half a command's statements; where one of several was
// refused after it had changed something, or failed, all is undone and run again, each in a
// savepoint. So a command may be run again before it is answered: it keeps nothing of the run
// before and uses nothing up. An answer means durable. SQLite: one thread. PostgreSQL: a few, a
// jurisdiction always on the same one. Of several processes on one database one at a time writes
// for a jurisdiction, from before its commands read until they are committed. Any thread may call,
// but a command never calls the Writer it runs in. A queue over kQueueMax refuses kBusy.
#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace fazhi::storage {

class Database;
class Transaction;

using Command = std::function<Result<void>(Transaction&)>;

inline constexpr std::size_t kQueueMax = 10'000;
inline constexpr std::size_t kGroupMax = 500;  // Commands committed together.
inline constexpr std::size_t kLanes = 4;       // Threads on PostgreSQL.

class Writer {
public:
    explicit Writer(Database& database);
    ~Writer();  // Finishes what was accepted.
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // The answer when it is durable. Throws (through the future) what the command or the database
    // threw; then nothing of the command stands (after ConnectionLost during the commit itself
    // nobody knows).
    std::future<Result<void>> submit(JurisdictionId, Command);
    Result<void> run(JurisdictionId, Command);
    // Runs them in order, in as few transactions as kGroupMax allows, and answers each. Throws the
    // first accident of a group; what follows that group is not begun.
    std::vector<Result<void>> run_all(JurisdictionId, std::vector<Command>);

private:
    class Lane;
    Lane& lane_of(JurisdictionId);
    std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace fazhi::storage
