#include "text/qualifier.h"

#include <algorithm>

namespace fazhi::text {
namespace {

// The largest power of ten that divides `number`: one unit of its last non-zero digit. number > 0.
std::int64_t last_place_of(std::int64_t number) {
    std::int64_t place = 1;
    while (number % (place * 10) == 0) place *= 10;
    return place;
}

}  // namespace

Qualifier qualifier_of(Said said) {
    switch (said) {
        case Said::Exact:
            return Qualifier::Exact;
        case Said::Over:
        case Said::AtLeast:
        case Said::MoreThan:
            return Qualifier::AtLeast;
        case Said::About:
        case Said::Nearly:
            return Qualifier::About;
        case Said::AtMost:
        case Said::LessThan:
            return Qualifier::AtMost;
    }
    return Qualifier::Exact;
}

std::optional<Bounds> bounds_of(std::int64_t value, Said said) {
    Bounds out{value, value};
    const std::int64_t place = value > 0 ? last_place_of(value) : 0;
    switch (said) {
        case Said::Exact:
            break;
        case Said::Over:
            out.high = value + place - 1;
            break;
        case Said::AtLeast:
            out.high = kUnbounded;
            break;
        case Said::MoreThan:
            out.low = value + 1;
            out.high = kUnbounded;
            break;
        case Said::About:
            out.low = value - place / 2;
            out.high = value + place / 2;
            break;
        case Said::Nearly:
            out.low = value - std::max<std::int64_t>(place / 2, 1);
            out.high = value - 1;
            break;
        case Said::AtMost:
            out.low = 0;
            break;
        case Said::LessThan:
            out.low = 0;
            out.high = value - 1;
            break;
    }
    const bool possible = out.low >= 0 && out.low <= out.high;
    return possible ? std::optional(out) : std::nullopt;
}

}  // namespace fazhi::text
