#include "review/pattern_set.h"

#include <re2/set.h>

namespace fazhi::review {

struct PatternSet::Compiled {
    Compiled() : set(options(), re2::RE2::UNANCHORED) {}

    static re2::RE2::Options options() {
        re2::RE2::Options out(re2::RE2::Quiet);
        constexpr std::int64_t kMemory = 16'000'000;  // bytes, for states met so far
        out.set_max_mem(kMemory);
        return out;
    }

    re2::RE2::Set set;
    bool is_whole = true;
};

PatternSet::PatternSet(const std::vector<std::string>& patterns)
    : compiled_(std::make_unique<Compiled>()), count_(patterns.size()) {
    for (const std::string& pattern : patterns)
        compiled_->is_whole = compiled_->set.Add(pattern, nullptr) >= 0 && compiled_->is_whole;
    compiled_->is_whole = compiled_->set.Compile() && compiled_->is_whole;
}

PatternSet::~PatternSet() = default;

std::vector<bool> PatternSet::standing_in(std::string_view utf8) const {
    if (!compiled_->is_whole || count_ == 0) return {};
    std::vector<int> found;
    re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
    const bool any = compiled_->set.Match({utf8.data(), utf8.size()}, &found, &error);
    if (!any && error.kind != re2::RE2::Set::kNoError) return {};
    std::vector<bool> out(count_);
    for (const int each : found) out[static_cast<std::size_t>(each)] = true;
    return out;
}

}  // namespace fazhi::review
