#include "text/numeral.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace fazhi::text {

TEST_CASE("a number is written in Chinese as a statute writes it") {
    struct Row {
        std::int64_t number;
        const char* text;
        const char* capital;
    };
    const Row rows[] = {
        {0, "零", "零"},
        {2, "二", "贰"},
        {10, "十", "壹拾"},
        {12, "十二", "壹拾贰"},
        {20, "二十", "贰拾"},
        {100, "一百", "壹佰"},
        {105, "一百零五", "壹佰零伍"},
        {110, "一百一十", "壹佰壹拾"},
        {120, "一百二十", "壹佰贰拾"},
        {1001, "一千零一", "壹仟零壹"},
        {1010, "一千零一十", "壹仟零壹拾"},
        {1260, "一千二百六十", "壹仟贰佰陆拾"},
        {10'000, "一万", "壹万"},
        {10'010, "一万零一十", "壹万零壹拾"},
        {55'000, "五万五千", "伍万伍仟"},
        {100'500, "十万零五百", "壹拾万零伍佰"},
        {105'000, "十万五千", "壹拾万伍仟"},
        {20'000'001, "二千万零一", "贰仟万零壹"},
        {100'000'000, "一亿", "壹亿"},
        {100'010'000, "一亿零一万", "壹亿零壹万"},
        {110'000'000, "一亿一千万", "壹亿壹仟万"},
        {1'000'000'000'000, "一万亿", "壹万亿"},
        {1'000'000'000'001, "一万亿零一", "壹万亿零壹"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.number);
        CHECK(numeral_text(row.number) == row.text);
        CHECK(capital_numeral_text(row.number) == row.capital);
        CHECK(number_from(row.text) == row.number);
        CHECK(number_from(row.capital) == row.number);
    }
}

TEST_CASE("a number is read in every way a clerk writes it") {
    struct Row {
        const char* text;
        std::int64_t number;
    };
    const Row rows[] = {
        {"120", 120},
        {"１２０", 120},
        {"1,200", 1200},
        {"１，２００", 1200},
        {"1,234,567", 1234567},
        {"0", 0},
        {"5.5万", 55'000},
        {"5.55万", 55'500},
        {"0.8万", 8000},
        {"5.50万", 55'000},
        {"300万", 3'000'000},
        {"3千", 3000},
        {"3百万", 3'000'000},
        {"1.2亿", 120'000'000},
        {"12,000万", 120'000'000},
        {"两百", 200},
        {"两万", 20'000},
        {"廿三", 23},
        {"卅", 30},
        {"一十二", 12},
        {"一百十二", 112},
        {"二〇二三", 2023},
        {"二零二三", 2023},
        {"一〇五", 105},
        {"一千〇五十", 1050},
        {"两", 2},
        {"壹萬贰仟", 12'000},
        {"三萬億", 3'000'000'000'000},
        {"〇", 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(number_from(row.text) == row.number);
    }
}

TEST_CASE("what has two readings or breaks the rules is no number") {
    for (const char* text : {"",
                             " ",
                             "一百百",
                             "一百二",
                             "十万万",
                             "百",
                             "万",
                             "亿",
                             "一亿亿",
                             "一万万",
                             "一二百",
                             "一千二十",
                             "一百零",
                             "一百零二十",
                             "零一",
                             "零零",
                             "十十",
                             "十两",
                             "两十",
                             "二两",
                             "两千零两",
                             "五万万",
                             "1.5",
                             "5.55555万",
                             "1,20",
                             "1,2000",
                             ",200",
                             "1,",
                             "007",
                             "00",
                             "-1",
                             "+1",
                             "1.",
                             ".5",
                             "1 200",
                             "1.2.3",
                             "5万5",
                             "几十",
                             "120元",
                             "一百abc",
                             "99999999999999999",
                             "9999999999999999999999",
                             "1000000万亿",
                             "10000.5亿万",
                             "１２.３"}) {
        CAPTURE(text);
        CHECK_FALSE(number_from(text));
    }
}

TEST_CASE("headings and articles are numbered as official documents are") {
    CHECK(ordinal_text(1, 1) == "一、");
    CHECK(ordinal_text(1, 12) == "十二、");
    CHECK(ordinal_text(2, 3) == "（三）");
    CHECK(ordinal_text(3, 4) == "4.");
    CHECK(ordinal_text(4, 11) == "（11）");
    CHECK(article_text(33) == "第三十三条");
    CHECK(article_text(120) == "第一百二十条");
    CHECK(article_text(1260) == "第一千二百六十条");
    CHECK(digits_text(2023) == "二〇二三");
    CHECK(digits_text(0) == "〇");
}

TEST_CASE("every number below a hundred million is read back from its numeral") {
    for (std::int64_t number = 0; number <= 20'000; ++number) {
        REQUIRE(number_from(numeral_text(number)) == number);
        REQUIRE(number_from(capital_numeral_text(number)) == number);
    }
    for (std::int64_t number = 0; number <= 99'999'999; number += 9'973) {
        REQUIRE(number_from(numeral_text(number)) == number);
    }
    CHECK(rc::check([] {
        const auto number = *rc::gen::inRange<std::int64_t>(0, 100'000'000);
        RC_ASSERT(number_from(numeral_text(number)) == number);
        RC_ASSERT(number_from(capital_numeral_text(number)) == number);
        RC_ASSERT(number_from(std::to_string(number)) == number);
        if (number > 9) RC_ASSERT(number_from(digits_text(number)) == number);
        const std::int64_t large = number * 99'999'999 + number;
        RC_ASSERT(number_from(numeral_text(large)) == large);
    }));
    CHECK(number_from(numeral_text(kNumeralMax)) == kNumeralMax);
}

TEST_CASE("whatever is typed, a number is read or not, within its bounds") {
    CHECK(rc::check([](const std::string& typed) {
        const auto number = number_from(typed);
        RC_ASSERT((!number || (*number >= 0 && *number <= kNumeralMax)));
    }));
    CHECK(rc::check([] {
        std::string typed;
        for (int i = *rc::gen::inRange(1, 9); i > 0; --i) {
            typed += *rc::gen::element<std::string>("零", "一", "两", "九", "十", "百", "千", "万",
                                                    "亿");
        }
        const auto number = number_from(typed);
        RC_ASSERT((!number || number_from(numeral_text(*number)) == number));
    }));
}

}  // namespace fazhi::text
