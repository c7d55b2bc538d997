#include "measure/ranking.h"

#include <doctest/doctest.h>

#include "measure/errors.h"

namespace fazhi::measure {

namespace {

Group group(const std::string& key, std::int64_t scaled) {
    return {.key = key, .title = key, .figure = {.scaled = scaled}};
}

Group share(const std::string& key, std::int64_t part, std::int64_t whole) {
    Group out = group(key, whole == 0 ? 0 : part * 10'000 / whole);
    out.figure.has_value = whole != 0;
    out.figure.numerator = part;
    out.figure.denominator = whole;
    return out;
}

std::vector<std::string> places(definition::Better better, std::vector<Group> groups) {
    definition::Measure measure;
    measure.better = better;
    std::vector<std::string> out;
    const auto ranked = ranking(measure, std::move(groups));
    for (const Ranked& each : *ranked)
        out.push_back(std::to_string(each.place) + " " + each.group.key);
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("equal figures share a place, and the next one is left out") {
    const std::vector<Group> groups = {group("a", 300), group("b", 500), group("c", 300),
                                       group("d", 100)};
    CHECK(places(definition::Better::More, groups) == Lines{"1 b", "2 a", "2 c", "4 d"});
    CHECK(places(definition::Better::Less, groups) == Lines{"1 d", "2 a", "2 c", "4 b"});
}

TEST_CASE("shares are compared as they are, not as they are rounded") {
    // All three print as 33.33.
    CHECK(places(definition::Better::More, {share("third", 1, 3), share("less", 33'332, 100'000),
                                            share("more", 33'334, 100'000), share("also", 2, 6)}) ==
          Lines{"1 more", "2 third", "2 also", "4 less"});
    // Products beyond 64 bits.
    const std::int64_t much = std::int64_t{1} << 52;
    CHECK(places(definition::Better::More,
                 {share("below", much - 2, much - 1), share("above", much - 1, much)}) ==
          Lines{"1 above", "2 below"});
}

TEST_CASE("what has no value has no place; what is under nothing is not ranked") {
    CHECK(places(definition::Better::Less,
                 {share("none", 0, 0), group("", 900), share("all", 2, 2), share("zero", 0, 4)}) ==
          Lines{"1 zero", "2 all", "0 none"});
    CHECK(places(definition::Better::More, {}).empty());
}

TEST_CASE("a measure that does not say which way is better ranks nobody") {
    const auto refused = ranking(definition::Measure{.title = "纠纷"}, {group("a", 1)});
    REQUIRE(!refused);
    CHECK(refused.error().code == errors::kNotRanked);
}

}  // namespace fazhi::measure
