#include "text/written_number.h"

#include <algorithm>

#include "text/decimal.h"
#include "text/utf8.h"

namespace fazhi::text {
namespace {

// In plain ASCII: full-width digits folded, thousands separators dropped.
std::string plain_number(std::string_view typed) {
    std::string out;
    for (const char c : fold_width(trimmed(typed))) {
        if (c != ',') out += c;
    }
    return out;
}

bool take_ending(std::string& text, std::string_view ending) {
    if (ending.empty() || !text.ends_with(ending) || text.size() == ending.size()) return false;
    text.resize(text.size() - ending.size());
    return true;
}

}  // namespace

std::optional<std::int64_t> written_number(std::string_view typed, std::string_view unit,
                                           int scale) {
    constexpr std::int64_t kMost = 1'000'000'000'000'000;
    std::string digits = plain_number(typed);
    take_ending(digits, unit);
    int places = scale;  // 5.5万 is 5.5 and four places more.
    if (take_ending(digits, "万")) {
        places += 4;
    } else if (take_ending(digits, "亿")) {
        places += 8;
    }
    const int asked = std::min(kScaleMax, places);
    auto scaled = scaled_decimal(digits, asked);
    for (int left = places - asked; scaled && left > 0; --left) {
        if (*scaled > kMost / 10 || *scaled < -kMost / 10) return std::nullopt;
        *scaled *= 10;
    }
    return scaled;
}

std::optional<std::int64_t> written_fen(std::string_view typed) {
    return written_number(typed, "元", kMoneyScale);
}

}  // namespace fazhi::text
