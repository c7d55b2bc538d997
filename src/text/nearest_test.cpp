#include "text/nearest.h"

#include <doctest/doctest.h>

namespace fazhi::text {

TEST_CASE("a misspelt word finds the one that was meant") {
    const std::vector<std::string> known = {"title", "type", "required", "活动日期", "活动名称"};
    CHECK(nearest("titel", known) == "title");
    CHECK(nearest("tpye", known) == "type");
    CHECK(nearest("requird", known) == "required");
    CHECK(nearest("活动日其", known) == "活动日期");
    CHECK(nearest("动活名称", known) == "活动名称");
    CHECK(nearest("title", known) == "title");
}

TEST_CASE("what is like none of them suggests nothing") {
    const std::vector<std::string> known = {"title", "type", "活动日期"};
    CHECK(nearest("colour", known).empty());
    CHECK(nearest("天气", known).empty());
    CHECK(nearest("", known).empty());
    CHECK(nearest("title", {}).empty());
    CHECK(nearest(std::string(101, 't'), {std::string(101, 't')}).empty());
}

}  // namespace fazhi::text
