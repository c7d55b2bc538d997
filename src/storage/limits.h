// The limits of this room that both databases share.
#pragma once

#include <chrono>
#include <cstddef>

namespace fazhi::storage {

inline constexpr std::chrono::milliseconds kLockWait{5'000};  // For another program's lock.
inline constexpr std::size_t kReadersMax = 16;                // Reading connections a program.
inline constexpr std::size_t kWritersMax = 8;  // Writing ones on PostgreSQL; SQLite has one.

}  // namespace fazhi::storage
