#include "storage/sqlite_checkpointer.h"

#include <memory>

#include "storage/failure.h"
#include "storage/sqlite_connection.h"

namespace fazhi::storage {

SqliteCheckpointer::~SqliteCheckpointer() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    news_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void SqliteCheckpointer::wake() {
    {
        const std::lock_guard lock(mutex_);
        wanted_ = true;
        if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    }
    news_.notify_one();
}

void SqliteCheckpointer::work() {
    std::unique_ptr<KeptConnection> connection;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            news_.wait(lock, [&] { return ending_ || wanted_; });
            if (ending_) return;
            wanted_ = false;
        }
        try {
            if (!connection) connection = open_sqlite(file_, Pool::For::Writing);
            connection->query("PRAGMA wal_checkpoint(PASSIVE)", {}, [](const Row&) {});
        } catch (const Failure&) {  // The writer, which hears the same of the disk, tells it.
            connection.reset();
        }
    }
}

}  // namespace fazhi::storage
