// How many requests an address or an account may send (限流): so many at once, and so many a second
// after that. Forgets who has been quiet. Any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace fazhi::http {

struct Rate {
    double burst = 0;
    double a_second = 0;
};
inline constexpr Rate kSignInRate{60, 1};  // of one address: a whole office at nine in the morning
inline constexpr Rate kAddressRate{600, 200};  // an office behind one address
inline constexpr Rate kAccountRate{200, 50};
inline constexpr std::size_t kRatedMax = 20'000;  // addresses and accounts remembered

class Limiter {
public:
    using Clock = std::chrono::steady_clock;

    // Whether one more may come now. `who`: what is counted apart, an address or an account.
    bool take(const std::string& who, const Rate& rate, Clock::time_point now = Clock::now());

private:
    struct Bucket {
        double left = 0;
        Clock::time_point at;
    };
    void forget(Clock::time_point now);

    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;  // under mutex_
};

}  // namespace fazhi::http
