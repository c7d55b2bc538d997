#include "http/limiter.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "http/errors.h"

namespace fazhi::http {
namespace {

constexpr std::chrono::minutes kQuiet{10};  // after which every bucket is full again

}  // namespace

Result<Rate> parse_rate(const std::string& text) {
    int a_second = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, a_second);
    const bool is_rate = error == std::errc() && std::string_view(rest, end) == "/s";
    if (is_rate && a_second >= 1 && a_second <= kRateMax)
        return Rate{static_cast<double>(a_second) * kBurstSeconds, static_cast<double>(a_second)};
    return refuse(ErrorKind::InvalidInput, errors::kBadRate,
                  fmt::format("“{}”不是每秒请求数，请按 50/s 的样式填写，1到{}。", text, kRateMax));
}

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
