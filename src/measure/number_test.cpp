#include "measure/number.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "measure/errors.h"

namespace fazhi::measure {

TEST_CASE("numbers are written exactly, without trailing zeros") {
    CHECK(to_text({1250, 2}) == "12.5");
    CHECK(to_text({1200, 2}) == "12");
    CHECK(to_text({5, 2}) == "0.05");
    CHECK(to_text({0, 2}) == "0");
    CHECK(to_text({43, 0}) == "43");
    CHECK(to_text({-5, 1}) == "-0.5");
    CHECK(to_text({1'234'567, 6}) == "1.234567");
}

TEST_CASE("an average is rounded half up to two decimals") {
    CHECK(to_text(*quotient({10, 0}, 3)) == "3.33");
    CHECK(to_text(*quotient({20, 0}, 3)) == "6.67");
    CHECK(to_text(*quotient({1, 0}, 8)) == "0.13");
    CHECK(to_text(*quotient({10, 0}, 4)) == "2.5");
    CHECK(to_text(*quotient({1001, 2}, 2)) == "5.01");
    CHECK(to_text(*quotient({0, 0}, 7)) == "0");
}

TEST_CASE("a share is in percent, 100 is the whole") {
    CHECK(to_text(*percent({2, 0}, {3, 0})) == "66.67");
    CHECK(to_text(*percent({1, 0}, {1, 0})) == "100");
    CHECK(to_text(*percent({1, 0}, {8, 0})) == "12.5");
    CHECK(to_text(*percent({0, 0}, {5, 0})) == "0");
    CHECK(to_text(*percent({150, 2}, {3, 0})) == "50");
    CHECK(to_text(*percent({5, 0}, {4, 0})) == "125");
}

TEST_CASE("numbers of different fineness are added and compared exactly") {
    CHECK(to_text(*plus({15, 1}, {5, 2})) == "1.55");
    CHECK(to_text(*minus({1, 0}, {5, 2})) == "0.95");
    CHECK(*compare({15, 1}, {150, 2}) == 0);
    CHECK(*compare({1, 0}, {101, 2}) < 0);
    CHECK(*compare({2, 0}, {101, 2}) > 0);
    CHECK(hundredths({12, 1}) == 120);
    CHECK(hundredths({12'345, 3}) == 1235);
    CHECK(hundredths({-12'345, 3}) == -1235);
}

TEST_CASE("a number beyond two to the fifty-third is refused, not wrapped") {
    const auto sum = plus({kUnitsMax, 0}, {1, 0});
    REQUIRE_FALSE(sum);
    CHECK(sum.error().code == errors::kNumberTooLarge);
    CHECK_FALSE(plus({kUnitsMax, 0}, {1, 9}));
    CHECK_FALSE(percent({kUnitsMax, 0}, {1, 0}));
    CHECK(plus({kUnitsMax, 0}, {0, 0}));
}

TEST_CASE("an average lies within half a hundredth of the true one") {
    rc::check([] {
        const auto sum = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
        const auto count = *rc::gen::inRange<std::int64_t>(1, 100'000);
        const auto average = quotient({sum, 0}, count);
        RC_ASSERT(average);
        const std::int64_t error = average->units * count - sum * 100;
        RC_ASSERT((error < 0 ? -error : error) * 2 <= count);
    });
}

}  // namespace fazhi::measure
