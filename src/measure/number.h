// Exact numbers: whole units of 10^-scale. Never floating point.
//
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace fazhi::measure {

inline constexpr std::int64_t kUnitsMax = 9'007'199'254'740'992;  // 2^53

struct Number {
    std::int64_t units = 0;  // within ±kUnitsMax
    int scale = 0;           // 0-9: 1250 with scale 2 is 12.50
};

// Refuse kNumberTooLarge.
Result<Number> plus(Number a, Number b);
Result<Number> minus(Number a, Number b);
// sum / count, half up (away from zero) to at most two decimals. INVARIANT: count > 0.
Result<Number> quotient(Number sum, std::int64_t count);
// In percent, half up to at most two decimals. INVARIANT: both ≥ 0, whole > 0.
Result<Number> percent(Number part, Number whole);
// The same two numbers with the scale of the finer one.
Result<std::pair<Number, Number>> aligned(Number a, Number b);
// Negative, 0, positive.
Result<int> compare(Number a, Number b);

std::string to_text(Number number);      // "12.5", without trailing zeros
std::int64_t hundredths(Number number);  // × 100, half up (away from zero)

}  // namespace fazhi::measure
