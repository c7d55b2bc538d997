#include "http/limiter.h"

#include <algorithm>

namespace fazhi::http {
namespace {

constexpr std::chrono::minutes kQuiet{10};  // after which every bucket is full again

}  // namespace

bool Limiter::take(const std::string& who, const Rate& rate, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= kRatedMax) forget(now);
    const auto [place, is_new] = buckets_.emplace(who, Bucket{rate.burst, now});
    Bucket& bucket = place->second;
    const double seconds = std::chrono::duration<double>(now - bucket.at).count();
    bucket.left = std::min(rate.burst, bucket.left + std::max(0.0, seconds) * rate.a_second);
    bucket.at = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
}

// All of them where nobody has been quiet: letting somebody through is better than shutting the
// door on everybody.
void Limiter::forget(Clock::time_point now) {
    std::erase_if(buckets_, [&](const auto& each) { return now - each.second.at > kQuiet; });
    if (buckets_.size() >= kRatedMax) buckets_.clear();
}

}  // namespace fazhi::http
