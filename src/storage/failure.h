// An accident of the database: the disk, the lock, the connection. Nothing of the transaction it
// struck stands.
#pragma once

#include <stdexcept>
#include <string>

namespace fazhi::storage {

enum class FailureKind {
    DiskFull,        // No room to write.
    Locked,          // Somebody else holds the database longer than we wait.
    ConnectionLost,  // The server went away; the same call may succeed later.
    ReadOnly,        // The file or the server does not let us write.
    Corrupt,         // What is stored is not a database any more.
    Conflict,        // A unique key or a serialisation conflict.
    Other,
};

class Failure : public std::runtime_error {
public:
    Failure(FailureKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    [[nodiscard]] FailureKind kind() const { return kind_; }

private:
    FailureKind kind_;
};

// What a person is told: one Chinese sentence per kind.
std::string message_for(const Failure&);

}  // namespace fazhi::storage
