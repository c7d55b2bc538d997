#include "text/written_number.h"

#include <doctest/doctest.h>

namespace fazhi::text {

TEST_CASE("numbers are understood as people type them") {
    struct Case {
        const char* typed;
        const char* unit;
        int scale;
        std::optional<std::int64_t> number;
    };
    const Case cases[] = {
        {"500", "", 0, 500},           {" ５００份 ", "份", 0, 500},
        {"1,234", "", 0, 1234},        {"0.05万份", "份", 0, 500},
        {"5.5万", "", 2, 5'500'000},   {"1亿", "", 9, std::nullopt},  // larger than 10^15 units
        {"1.5", "", 0, std::nullopt},  {"500册", "份", 0, std::nullopt},
        {"70余", "", 0, std::nullopt}, {"万", "", 0, std::nullopt},
        {"", "", 0, std::nullopt},     {"-3.25", "", 2, -325},
    };
    for (const Case& one : cases) {
        CAPTURE(one.typed);
        CHECK(written_number(one.typed, one.unit, one.scale) == one.number);
    }
}

TEST_CASE("money is typed in yuan and kept in fen") {
    CHECK(written_fen("2000") == 200'000);
    CHECK(written_fen("2000元") == 200'000);
    CHECK(written_fen("0.2万元") == 200'000);
    CHECK(written_fen("12.5") == 1250);
    CHECK(written_fen("12.505") == std::nullopt);
    CHECK(written_fen("很多") == std::nullopt);
}

}  // namespace fazhi::text
