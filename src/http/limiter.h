// How many requests an address or an account may send (限流): so many at once, and so many a second
// after that. Forgets who has been quiet. Any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "base/result.h"

namespace fazhi::http {

struct Rate {
    double burst = 0;
    double a_second = 0;

    friend bool operator==(const Rate&, const Rate&) = default;
};
struct Rates {
    Rate sign_in{60, 1};     // of one address: a whole office at nine in the morning
    Rate address{800, 200};  // an office behind one address
    Rate account{200, 50};
};
// "50/s": so many a second, from 1 to kRateMax, and kBurstSeconds' worth of them at once. Refuses
// kBadRate.
Result<Rate> parse_rate(const std::string&);
inline constexpr int kRateMax = 1'000'000;
inline constexpr int kBurstSeconds = 4;
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
