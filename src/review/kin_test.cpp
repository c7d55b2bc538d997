#include "review/kin.h"

#include <doctest/doctest.h>

namespace fazhi::review {

namespace {

const std::vector<std::string> kEndings{"街道办事处", "街道", "镇"};

std::vector<std::size_t> neighbours(const std::vector<Kin>& kin, std::size_t report) {
    return kin[report].neighbours;
}

}  // namespace

TEST_CASE("the report of the year before is the same unit's, however it is called") {
    const auto kin = kin_of({{"澄湖区云桥街道办事处", 2024},
                             {"澄湖区人民政府云桥街道办事处", 2023},
                             {"岚平区云桥街道办事处", 2023},
                             {"云桥街道", 2025}},
                            kEndings);
    REQUIRE(kin[0].last_year);
    CHECK(*kin[0].last_year == 1);
    CHECK_FALSE(kin[1].last_year);
    CHECK_FALSE(kin[2].last_year);
}

TEST_CASE("neighbours are of the same district and year; where they are few, of other years too") {
    std::vector<ReportHead> heads{{"澄湖区云桥街道办事处", 2024},
                                  {"澄湖区柳汀街道办事处", 2024},
                                  {"澄湖区望杉街道办事处", 2024},
                                  {"澄湖区柳汀街道办事处", 2022},
                                  {"岚平区松坞街道办事处", 2024}};
    auto kin = kin_of(heads, kEndings);
    CHECK(neighbours(kin, 0) == std::vector<std::size_t>{1, 2, 3});
    heads.push_back({"澄湖区芦汀镇", 2024});
    kin = kin_of(heads, kEndings);
    CHECK(neighbours(kin, 0) == std::vector<std::size_t>{1, 2, 5});
    CHECK(neighbours(kin, 4).empty());
}

TEST_CASE("units that do not name their district are neighbours in one folder") {
    const auto kin = kin_of({{"云桥街道", 2024, "a"},
                             {"柳汀街道", 2024, "a"},
                             {"望杉街道", 2024, "b"},
                             {"", 2024, "a"},
                             {"松坞街道", 0, "a"}},
                            kEndings);
    CHECK(neighbours(kin, 0) == std::vector<std::size_t>{1});
    CHECK(neighbours(kin, 2).empty());
    CHECK(neighbours(kin, 3).empty());
    CHECK(neighbours(kin, 4).empty());
}

TEST_CASE("a heap of reports is no district") {
    std::vector<ReportHead> heads;
    for (std::size_t i = 0; i <= kNeighboursMax + 1; ++i)
        heads.push_back({"第" + std::to_string(i) + "街道", 2024, "heap"});
    const auto kin = kin_of(heads, kEndings);
    CHECK(kin[0].neighbours.empty());
    CHECK(kin[0].too_many);
}

}  // namespace fazhi::review
