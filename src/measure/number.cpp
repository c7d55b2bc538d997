#include "measure/number.h"

#include <utility>

#include "base/invariant.h"
#include "measure/errors.h"
#include "text/decimal.h"

namespace fazhi::measure {

namespace {

Refusal too_large() {
    return refuse(ErrorKind::TooLarge, errors::kNumberTooLarge,
                  "数字太大，超出了系统能准确计算的范围，请检查登记的数量和金额。");
}

Result<Number> within_bounds(std::int64_t units, int scale) {
    if (units > kUnitsMax || units < -kUnitsMax) return too_large();
    return Number{units, scale};
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

// Half up, away from zero. `by` > 0.
std::int64_t divided(std::int64_t number, std::int64_t by) {
    const std::int64_t whole = number / by;
    const std::int64_t rest = number % by;
    const std::int64_t magnitude = rest < 0 ? -rest : rest;
    if (magnitude < by - magnitude) return whole;
    return number < 0 ? whole - 1 : whole + 1;
}

Result<Number> finer(Number number, int scale) {
    std::int64_t units = 0;
    if (__builtin_mul_overflow(number.units, power_of_ten(scale - number.scale), &units)) {
        return too_large();
    }
    return within_bounds(units, scale);
}

// numerator × factor / denominator, half up, at scale 2.
Result<Number> divided_exactly(std::int64_t numerator, std::int64_t factor,
                               std::int64_t denominator) {
    std::int64_t dividend = 0;
    if (__builtin_mul_overflow(numerator, factor, &dividend)) return too_large();
    return within_bounds(divided(dividend, denominator), 2);
}

}  // namespace

Result<std::pair<Number, Number>> aligned(Number a, Number b) {
    const int scale = a.scale > b.scale ? a.scale : b.scale;
    TRY(const auto left, finer(a, scale));
    TRY(const auto right, finer(b, scale));
    return std::pair{left, right};
}

Result<Number> plus(Number a, Number b) {
    TRY(const auto pair, aligned(a, b));
    return within_bounds(pair.first.units + pair.second.units, pair.first.scale);
}

Result<Number> minus(Number a, Number b) {
    return plus(a, {-b.units, b.scale});
}

Result<Number> quotient(Number sum, std::int64_t count) {
    INVARIANT(count > 0);
    std::int64_t divisor = 0;
    if (__builtin_mul_overflow(count, power_of_ten(sum.scale), &divisor)) return too_large();
    return divided_exactly(sum.units, 100, divisor);
}

Result<Number> percent(Number part, Number whole) {
    TRY(const auto pair, aligned(part, whole));
    INVARIANT(pair.first.units >= 0);
    INVARIANT(pair.second.units > 0);
    return divided_exactly(pair.first.units, 10'000, pair.second.units);
}

Result<int> compare(Number a, Number b) {
    TRY(const auto pair, aligned(a, b));
    if (pair.first.units == pair.second.units) return 0;
    return pair.first.units < pair.second.units ? -1 : 1;
}

std::string to_text(Number number) {
    return text::short_decimal_text(number.units, number.scale);
}

std::int64_t hundredths(Number number) {
    if (number.scale <= 2) return number.units * power_of_ten(2 - number.scale);
    return divided(number.units, power_of_ten(number.scale - 2));
}

}  // namespace fazhi::measure
