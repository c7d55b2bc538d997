#include "text/approximate.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace fazhi::text {

TEST_CASE("a figure is shown with 余 by its two leading digits") {
    struct Row {
        std::int64_t value;
        const char* text;
    };
    const Row rows[] = {
        {0, "0"},
        {7, "7"},
        {9, "9"},
        {10, "10"},
        {11, "10余"},
        {70, "70"},
        {72, "70余"},
        {79, "70余"},
        {100, "100"},
        {101, "100余"},
        {186, "180余"},
        {190, "190"},
        {234, "230余"},
        {999, "990余"},
        {3612, "3600余"},
        {8000, "8000"},
        {8234, "8200余"},
        {10'000, "10000"},
        {10'001, "1万余"},
        {55'000, "55000"},
        {55'800, "5.5万余"},
        {60'321, "6万余"},
        {123'456, "12万余"},
        {1'234'567, "120万余"},
        {99'999'999, "9900万余"},
        {123'456'789, "1.2亿余"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.value);
        CHECK(about_text(row.value) == row.text);
    }
}

TEST_CASE("a figure in 万 has one decimal, cut, and no needless zero") {
    CHECK(ten_thousands_text(55'800) == "5.5万");
    CHECK(ten_thousands_text(55'999) == "5.5万");
    CHECK(ten_thousands_text(60'321) == "6万");
    CHECK(ten_thousands_text(10'000) == "1万");
    CHECK(ten_thousands_text(9999) == "9999");
    CHECK(ten_thousands_text(0) == "0");
    CHECK(ten_thousands_text(1'234'567) == "123.4万");
}

TEST_CASE("a written figure says from where to where it holds") {
    constexpr auto kNoEnd = INT64_MAX;
    struct Row {
        const char* text;
        Quantity said;
    };
    const Row rows[] = {
        {"70人次", {70, Qualifier::Exact, "人次", 70, 70}},
        {"零起", {0, Qualifier::Exact, "起", 0, 0}},
        {"100%", {100, Qualifier::Exact, "%", 100, 100}},
        {"70余人次", {70, Qualifier::AtLeast, "人次", 70, 79}},
        {"200余次", {200, Qualifier::AtLeast, "次", 200, 299}},
        {"5.5万余份", {55'000, Qualifier::AtLeast, "份", 55'000, 55'999}},
        {"5.5 万余 份", {55'000, Qualifier::AtLeast, "份", 55'000, 55'999}},
        {"8000多份", {8000, Qualifier::AtLeast, "份", 8000, 8999}},
        {"20余万元", {200'000, Qualifier::AtLeast, "元", 200'000, 299'999}},
        {"21余万元", {210'000, Qualifier::AtLeast, "元", 210'000, 219'999}},
        {"十余次", {10, Qualifier::AtLeast, "次", 10, 19}},
        {"百余人", {100, Qualifier::AtLeast, "人", 100, 199}},
        {"万余人", {10'000, Qualifier::AtLeast, "人", 10'000, 19'999}},
        {"50场以上", {50, Qualifier::AtLeast, "场", 50, kNoEnd}},
        {"不少于3次", {3, Qualifier::AtLeast, "次", 3, kNoEnd}},
        {"超过70人", {70, Qualifier::AtLeast, "人", 71, kNoEnd}},
        {"约200人", {200, Qualifier::About, "人", 150, 250}},
        {"70人左右", {70, Qualifier::About, "人", 65, 75}},
        {"近200人", {200, Qualifier::About, "人", 150, 199}},
        {"近73人", {73, Qualifier::About, "人", 72, 72}},
        {"不超过5件", {5, Qualifier::AtMost, "件", 0, 5}},
        {"10天以内", {10, Qualifier::AtMost, "天", 0, 10}},
        {"不足10人", {10, Qualifier::AtMost, "人", 0, 9}},
        {"１，２００份", {1200, Qualifier::Exact, "份", 1200, 1200}},
        {"一百二十户", {120, Qualifier::Exact, "户", 120, 120}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto parsed = parse_quantity(row.text);
        REQUIRE(parsed);
        CHECK(parsed->value == row.said.value);
        CHECK(parsed->qualifier == row.said.qualifier);
        CHECK(parsed->unit == row.said.unit);
        CHECK(parsed->low == row.said.low);
        CHECK(parsed->high == row.said.high);
    }
}

TEST_CASE("a vague or doubled figure is not read as a number") {
    for (const char* text :
         {"", "人次", "几十人", "数百人", "66.67%", "约70余人", "超过70余人", "近200人左右",
          "零余人", "0余次", "不到0件", "1.55人", "多人", "余", "-3人", "999999999999余万亿元"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_quantity(text));
    }
}

TEST_CASE("余 holds from its number to below the next") {
    CHECK(holds(*parse_quantity("70余人次"), 70));
    CHECK(holds(*parse_quantity("70余人次"), 79));
    CHECK_FALSE(holds(*parse_quantity("70余人次"), 80));
    CHECK_FALSE(holds(*parse_quantity("70余人次"), 69));
    CHECK(holds(*parse_quantity("5.5万余份"), 55'999));
    CHECK_FALSE(holds(*parse_quantity("5.5万余份"), 56'000));
}

TEST_CASE("what is shown holds for the figure it was made of") {
    CHECK(rc::check([] {
        const auto value = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 2000),
                                           rc::gen::inRange<std::int64_t>(0, 2'000'000'000));
        const auto said = parse_quantity(about_text(value) + "人次");
        RC_ASSERT(said.has_value());
        RC_ASSERT(said->unit == "人次");
        RC_ASSERT(holds(*said, value));
        RC_ASSERT(!holds(*said, said->low - 1));
        const auto cut = parse_quantity(ten_thousands_text(value));
        RC_ASSERT(cut.has_value());
        RC_ASSERT((cut->value <= value && value - cut->value < 1000));
    }));
    CHECK(rc::check([](const std::string& typed) {
        const auto said = parse_quantity(typed);
        RC_ASSERT((!said || said->low <= said->high));
    }));
}

}  // namespace fazhi::text
