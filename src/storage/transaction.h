// A unit of work that happens whole or not at all. The Writer begins and commits it; rooms pass it
// along.
//
// One thread at a time. A room may keep a Companion for the transaction's length (the journal its
// frontier): told of savepoints, so that it goes back with them, and flushed in order of making
// before the commit.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "storage/connection.h"

namespace fazhi::storage {

class Transaction;

class Companion {
public:
    virtual ~Companion() = default;
    // A savepoint begins; it is kept; it is undone. They nest. One that this companion was made in
    // is not told of: if it is undone, so is the companion.
    virtual void mark() = 0;
    virtual void keep_mark() = 0;
    virtual void back_to_mark() = 0;
    // Writes what was held back. Called once, before the commit.
    virtual void flush(Transaction&) = 0;
};

class Transaction {
public:
    // Begins at once: IMMEDIATE on SQLite, READ COMMITTED on PostgreSQL; sees everything. Without
    // commit() the destructor undoes it.
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] Connection& connection() { return connection_; }

    // The companion kept under `key` (the address of something static), made by `make` at first.
    // The reference holds until an attempt is undone: ask again rather than keep it.
    Companion& companion(const void* key, const std::function<std::unique_ptr<Companion>()>& make);

    // Runs `step` in a savepoint: a refusal undoes its changes and its companions' and is answered;
    // an exception undoes them and goes on.
    Result<void> attempt(const std::function<Result<void>()>& step);
    // The same without a savepoint, which a database makes dear: a refusal of a step that had
    // changed something, and any exception, undoes the whole transaction (is_open() is false), and
    // what cannot be written may come out in a later step.
    Result<void> attempt_unguarded(const std::function<Result<void>()>& step);

    // Flushes the companions and makes everything durable. Throws Failure; then nothing stands
    // (after ConnectionLost the server may still have committed).
    void commit();

    // False once committed, or once an accident took the whole transaction (disk full, connection
    // lost, an unguarded attempt that failed).
    [[nodiscard]] bool is_open() const { return open_ && !lost_; }

private:
    class Savepoint;
    class Mark;
    class Unguarded;
    void refuse_if_lost() const;
    using Kept = std::vector<std::pair<const void*, std::unique_ptr<Companion>>>;

    Connection& connection_;
    Kept companions_;
    int depth_ = 0;
    bool open_ = true;   // Neither committed nor undone.
    bool lost_ = false;  // An accident undid it.
};

}  // namespace fazhi::storage
