#include "text/percent.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace fazhi::text {

TEST_CASE("a share has at most two decimals, half up, without needless zeros") {
    CHECK(ratio_text(2, 3) == "66.67");
    CHECK(ratio_text(1, 3) == "33.33");
    CHECK(ratio_text(1, 1) == "100");
    CHECK(ratio_text(1, 8) == "12.5");
    CHECK(ratio_text(0, 7) == "0");
    CHECK(ratio_text(1, 20'000) == "0.01");  // 0.005 rounds up
    CHECK(ratio_text(1, 20'001) == "0");
    CHECK(ratio_text(999'999, 1'000'000) == "100");
    CHECK(ratio_text(7, 5) == "140");
    CHECK(ratio_text(-1, 8) == "-12.5");
    CHECK(ratio_text(-1, 1'000'000) == "0");
    CHECK(ratio_text(1'049, 1'084) == "96.77");
    CHECK(ratio_text(std::int64_t{1} << 53, (std::int64_t{1} << 53) - 1) == "100");
}

TEST_CASE("a share of nothing has no value") {
    CHECK_FALSE(ratio_text(0, 0));
    CHECK_FALSE(ratio_text(5, 0));
}

TEST_CASE("a change is said in words") {
    CHECK(change_text(125, 100) == "增长25%");
    CHECK(change_text(87, 100) == "下降13%");
    CHECK(change_text(2, 3) == "下降33.33%");
    CHECK(change_text(300, 100) == "增长200%");
    CHECK(change_text(0, 8) == "下降100%");
    CHECK(change_text(8, 8) == "持平");
    CHECK(change_text(0, 0) == "持平");
    CHECK(change_text(1'000'001, 1'000'000) == "基本持平");
    CHECK_FALSE(change_text(8, 0));
}

TEST_CASE("a share is within half a hundredth of the fraction") {
    CHECK(rc::check([] {
        const auto denominator = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
        const auto numerator = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
        const double printed = std::stod(*ratio_text(numerator, denominator));
        const double exact =
            100.0 * static_cast<double>(numerator) / static_cast<double>(denominator);
        RC_ASSERT(std::abs(printed - exact) <= 0.005 + exact * 1e-12);
    }));
}

}  // namespace fazhi::text
