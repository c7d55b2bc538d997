#include "base/error.h"

#include <doctest/doctest.h>

#include "base/result.h"

namespace fazhi {
namespace {

Error error_of(std::string message) {
    return {ErrorKind::InvalidInput, "base.example", std::move(message), {}};
}

Result<int> half(int number) {
    if (number % 2 != 0) return refuse(ErrorKind::InvalidInput, "base.odd", "不是偶数。", "number");
    return number / 2;
}

Result<int> quarter(int number) {
    TRY(const int halved, half(number));
    return half(halved);
}

Result<void> check_even(int number) {
    TRY_OK(half(number));
    return {};
}

}  // namespace

TEST_CASE("a basis is cited as a statute and its articles") {
    CHECK(basis_text({"人民调解法", {33}, {}, {}}) == "《人民调解法》第三十三条");
    CHECK(basis_text({"民法典", {200, 203}, {}, {}}) == "《民法典》第二百条、第二百零三条");
    CHECK(basis_text({"民法典", {1259}, {}, {}}) == "《民法典》第一千二百五十九条");
    CHECK(basis_text({"重大行政决策程序暂行条例", {15}, {}, "参照"}) ==
          "《重大行政决策程序暂行条例》第十五条（参照）");
    CHECK(basis_text({"人民调解工作若干规定", {}, "一般应在一个月内调结", {}}) ==
          "《人民调解工作若干规定》：一般应在一个月内调结");
    CHECK(basis_text({{}, {}, "本地规定", {}}) == "本地规定");
    CHECK(basis_text({}) == "");
}

TEST_CASE("articles are numbered in Chinese") {
    struct Row {
        int article;
        const char* text;
    };
    const Row rows[] = {{1, "第一条"},         {10, "第十条"},          {11, "第十一条"},
                        {20, "第二十条"},      {100, "第一百条"},       {101, "第一百零一条"},
                        {110, "第一百一十条"}, {1010, "第一千零一十条"}};
    for (const Row& row : rows) {
        CHECK(basis_text({{}, {row.article}, {}, {}}) == row.text);
    }
}

TEST_CASE("several refusals are joined in their order and taken apart again") {
    const Error joined = join_errors({error_of("一"), error_of("二"), error_of("三")});
    CHECK(joined.message == "一");
    REQUIRE(joined.also.size() == 2);

    const Error nested = join_errors({error_of("零"), joined, error_of("四")});
    const auto flat = flatten(nested);
    REQUIRE(flat.size() == 5);
    const char* const expected[] = {"零", "一", "二", "三", "四"};
    for (std::size_t i = 0; i < flat.size(); ++i) {
        CHECK(flat[i].message == expected[i]);
        CHECK(flat[i].also.empty());
    }
    CHECK(flatten(error_of("一")).size() == 1);
    CHECK(join_errors({error_of("一")}).also.empty());
}

TEST_CASE("a refusal is passed on unchanged by whoever asked") {
    CHECK(*quarter(12) == 3);
    const auto refused = quarter(6);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "base.odd");
    CHECK(refused.error().message == "不是偶数。");
    CHECK(refused.error().where == "number");
    CHECK(check_even(2));
    CHECK(check_even(3).error().kind == ErrorKind::InvalidInput);
}

}  // namespace fazhi
