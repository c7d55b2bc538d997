#include "base/kept.h"

#include <string>

#include <doctest/doctest.h>

namespace fazhi {
namespace {

struct Named {
    std::string name;
    Kept kept;

    const std::string& doubled(int& times) const {
        return kept.get<std::string>([&] {
            ++times;
            return name + name;
        });
    }
};

TEST_CASE("what is kept is worked out once, and apart for a copy") {
    int times = 0;
    Named first{"甲", {}};
    CHECK(first.doubled(times) == "甲甲");
    CHECK(first.doubled(times) == "甲甲");
    CHECK(times == 1);

    Named copy = first;
    copy.name = "乙";
    CHECK(copy.doubled(times) == "乙乙");
    CHECK(first.doubled(times) == "甲甲");
    CHECK(times == 2);

    first = copy;
    CHECK(first.doubled(times) == "乙乙");
    CHECK(times == 3);
}

}  // namespace
}  // namespace fazhi
