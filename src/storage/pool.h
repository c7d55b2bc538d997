// The connections a database keeps open: lent to one thread each, taken back when the lent pointer
// goes.
//
// Any thread. The pool outlives what it lends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/connection.h"

namespace fazhi::storage {

inline constexpr std::chrono::seconds kBorrowWait{
    30};  // For a connection of a pool that is all lent.

// A connection as the pool sees it.
class KeptConnection : public Connection {
public:
    // Whether it can still be used, as far as can be told without asking the server.
    virtual bool is_alive() = 0;
    // Undoes what is still open. False: the connection is to be thrown away.
    virtual bool make_idle() noexcept = 0;
    // Begins a read-only transaction whose snapshot is of now.
    virtual void begin_reading(const Sight&) = 0;
};

class Pool {
public:
    using Make = std::function<std::unique_ptr<KeptConnection>()>;
    enum class For { Writing, Reading };

    Pool(std::size_t connections_max, For, Make);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    // Throws Failure: Locked after kBorrowWait, or what opening a connection throws.
    // For::Reading: in a transaction that sees so much; For::Writing: in none yet.
    std::unique_ptr<Connection> borrow(const Sight& = {});

private:
    class Lease;
    void wait_for_place();
    std::unique_ptr<KeptConnection> take_idle();
    void give_back(std::unique_ptr<KeptConnection>);

    const std::size_t connections_max_;
    const For use_;
    const Make make_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<KeptConnection>> idle_;
    std::size_t lent_ = 0;
};

}  // namespace fazhi::storage
