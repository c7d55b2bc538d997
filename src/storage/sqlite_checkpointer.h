// Moves what commits have left in an SQLite file's log into the file itself (checkpoint), on a
// thread and a connection of its own: that flushes the disk, and no writer waits for it.
//
// What fails is tried again after the next commit; nothing is lost meanwhile, the log only grows.
// Any thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace fazhi::storage {

class SqliteCheckpointer {
public:
    explicit SqliteCheckpointer(std::string file) : file_(std::move(file)) {}
    ~SqliteCheckpointer();
    SqliteCheckpointer(const SqliteCheckpointer&) = delete;
    SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

    // There is enough in the log. Returns at once; the first call starts the thread.
    void wake();

private:
    void work();

    const std::string file_;
    std::mutex mutex_;
    std::condition_variable news_;
    bool wanted_ = false;
    bool ending_ = false;
    std::thread thread_;  // under mutex_ until it runs
};

}  // namespace fazhi::storage
