// Work that a server does again and again beside answering: each in a thread of its own.
//
// Lives as long as the object. An accident is logged, and the work is tried again a little later.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace fazhi::app {

class RepeatedWork {
public:
    // `work` returns soon after it is asked to stop. `pause`: between two times.
    RepeatedWork(std::string name, std::chrono::milliseconds pause,
                 std::function<void(const std::stop_token&)> work);
    ~RepeatedWork() = default;  // asks the thread to stop, and waits for it
    RepeatedWork(const RepeatedWork&) = delete;
    RepeatedWork& operator=(const RepeatedWork&) = delete;

private:
    std::jthread thread_;
};

}  // namespace fazhi::app
