// The same work for many things, by several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace fazhi {

// Calls `work(i, worker)` for every i below `count`, each once, by at most `workers` threads, which
// are numbered from 0. What one of them throws is thrown here, after all have ended.
void for_each_parallel(std::size_t count, unsigned workers,
                       const std::function<void(std::size_t, unsigned)>& work);

}  // namespace fazhi
