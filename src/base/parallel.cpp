#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <vector>

namespace fazhi {

void for_each_parallel(std::size_t count, unsigned workers,
                       const std::function<void(std::size_t, unsigned)>& work) {
    std::atomic<std::size_t> next = 0;
    const auto run = [&](unsigned worker) {
        for (std::size_t i = next++; i < count; i = next++) work(i, worker);
    };
    const auto wanted = static_cast<unsigned>(
        std::min<std::size_t>(std::max(workers, 1U), std::max<std::size_t>(count, 1)));
    std::vector<std::future<void>> others;  // each waits for its thread, and carries what it threw
    for (unsigned worker = 1; worker < wanted; ++worker)
        others.push_back(std::async(std::launch::async, run, worker));
    run(0);
    for (std::future<void>& each : others) each.get();
}

}  // namespace fazhi
