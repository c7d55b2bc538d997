#include "review/similarity.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace fazhi::review {
namespace {

constexpr std::size_t kAllPairsMax = 5;  // reports of which each is paired with each

// What two reports share: runs along which both go on together.
template <class Matches>
SimilarPair pair_of(Matches begin, Matches end) {
    SimilarPair out{begin->first, begin->second};
    std::uint32_t run = 0;
    for (auto each = begin; each != end; ++each) {
        const auto next = std::next(each);
        const bool goes_on = next != end &&
                             next->second_at - next->first_at == each->second_at - each->first_at &&
                             next->first_at - each->first_at <= kShingleWindow;
        run += goes_on ? next->first_at - each->first_at : kShingleLetters;
        if (goes_on) continue;
        out.letters += run;
        out.longest = std::max(out.longest, run);
        run = 0;
    }
    return out;
}

}  // namespace

void Similarity::add(const std::vector<Shingle>& shingles) {
    for (const Shingle& each : shingles) {
        const auto bucket = static_cast<std::size_t>(each.hash >> 32U);
        const auto rest = static_cast<std::uint32_t>(each.hash);
        buckets_[bucket].push_back({rest, reports_, each.at});
    }
    ++reports_;
}

void Similarity::match_bucket(std::uint32_t bucket, Similarities& out,
                              std::vector<Match>& matches) {
    std::vector<Kept> kept = std::exchange(buckets_[bucket], {});
    std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) {
        return std::tie(a.hash, a.report, a.at) < std::tie(b.hash, b.report, b.at);
    });
    kept.erase(std::unique(kept.begin(), kept.end(),
                           [](const Kept& a, const Kept& b) {
                               return a.hash == b.hash && a.report == b.report;
                           }),
               kept.end());
    const std::size_t most = std::max<std::size_t>(kCommonReportsMin, reports_ / 100);
    for (std::size_t begin = 0, end = 0; begin < kept.size(); begin = end) {
        while (end < kept.size() && kept[end].hash == kept[begin].hash) ++end;
        const std::size_t reports = end - begin;
        if (reports > most) {
            out.common.insert(std::uint64_t{bucket} << 32U | kept[begin].hash);
            continue;
        }
        const std::size_t first_end = reports > kAllPairsMax ? begin + 1 : end;
        for (std::size_t i = begin; i < first_end; ++i) {
            for (std::size_t j = i + 1; j < end; ++j)
                matches.push_back({kept[i].report, kept[j].report, kept[i].at, kept[j].at});
        }
    }
}

Similarities Similarity::take(std::uint32_t letters_min) {
    Similarities out;
    std::vector<Match> matches;
    for (std::uint32_t bucket = 0; bucket < buckets_.size(); ++bucket)
        match_bucket(bucket, out, matches);
    // Unsigned differences order as well as any other: equal ones stand together.
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return std::tuple(a.first, a.second, a.second_at - a.first_at, a.first_at) <
               std::tuple(b.first, b.second, b.second_at - b.first_at, b.first_at);
    });
    for (std::size_t begin = 0, end = 0; begin < matches.size(); begin = end) {
        while (end < matches.size() && matches[end].first == matches[begin].first &&
               matches[end].second == matches[begin].second)
            ++end;
        const auto at = [&](std::size_t i) {
            return matches.begin() + static_cast<std::ptrdiff_t>(i);
        };
        const SimilarPair pair = pair_of(at(begin), at(end));
        if (pair.longest >= letters_min) out.pairs.push_back(pair);
    }
    reports_ = 0;
    return out;
}

}  // namespace fazhi::review
