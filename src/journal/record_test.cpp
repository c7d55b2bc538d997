#include "journal/record.h"

#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "journal/errors.h"
#include "journal/own_record.h"

namespace fazhi::journal {
namespace {

Value nested_lists(int depth) {
    Value value;
    for (int i = 0; i < depth; ++i) value = Value(Value::List{std::move(value)});
    return value;
}

TEST_CASE("a body has one canonical form (RFC 8785)") {
    const std::vector<std::pair<Value, std::string>> cases = {
        {Value(), "null"},
        {Value(true), "true"},
        {Value(0), "0"},
        {Value(-17), "-17"},
        {Value(kIntegerMax), "9007199254740992"},
        {Value(-kIntegerMax), "-9007199254740992"},
        {Value(""), R"("")"},
        {Value("矛盾纠纷"), R"("矛盾纠纷")"},
        {Value("𠮷野家"), R"("𠮷野家")"},
        {Value("€$\x0f\nA'B\"\\\"/"), R"("€$\u000f\nA'B\"\\\"/")"},
        {Value("\b\f\t\r\x1f\x7f"), "\"\\b\\f\\t\\r\\u001f\x7f\""},
        {Value(Value::List{}), "[]"},
        {Value(Value::Map{}), "{}"},
        {Value(Value::List{Value(1), Value("二"), Value()}), R"([1,"二",null])"},
        {Value(Value::Map{{"b", 1}, {"a", Value::List{}}, {"A", false}, {"a_b", 2}}),
         R"({"A":false,"a":[],"a_b":2,"b":1})"},
    };
    for (const auto& [value, text] : cases) {
        CAPTURE(text);
        CHECK(canonical(value) == text);
        const auto read = parse_canonical(text);
        REQUIRE(read);
        CHECK(*read == value);
    }
}

TEST_CASE("what is no canonical body is refused") {
    const std::vector<std::string> cases = {
        "",
        " ",
        "nul",
        "{\"a\":1",
        "1 ",
        "[1, 2]",
        R"({"b":1,"a":2})",
        R"({"a":1,"a":1})",
        R"({"a":1,"a":2})",
        "1.5",
        "1.0",
        "1e3",
        "-0",
        "01",
        "+1",
        "9007199254740993",
        "-9007199254740993",
        "18446744073709551615",
        "99999999999999999999",
        R"("\u4e00")",
        R"("\/")",
        R"("\u000A")",
        R"("\u001F")",
        R"("\u0000")",
        R"("\ud800")",
        "\"\xff\"",
        "\"\xed\xa0\x80\"",
        "\"\n\"",
        R"({"名":1})",
        "\xef\xbb\xbf{}",
        "{} {}",
        std::string("\"a\0b\"", 5),
    };
    for (const auto& text : cases) {
        CAPTURE(text);
        const auto read = parse_canonical(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == errors::kNotCanonical);
    }
}

TEST_CASE("a body may be as deep as the limit and no deeper") {
    const auto deepest = canonical(nested_lists(kDepthMax));
    CHECK(parse_canonical(deepest).has_value());
    CHECK_FALSE(parse_canonical("[" + deepest + "]").has_value());
    CHECK_FALSE(parse_canonical(std::string(1'000'000, '[')).has_value());
}

TEST_CASE("any value reads back from its canonical form") {
    const auto holds =
        rc::check([](const std::vector<std::int64_t>& numbers, const std::vector<bool>& flags) {
            Value value;
            for (const auto number : numbers) {
                value.set("n" + std::to_string(number), number % kIntegerMax);
            }
            Value::List list;
            for (const bool flag : flags) {
                list.emplace_back(flag);
                list.emplace_back(flag ? "是\t\"" : "");
            }
            value.set("flags", std::move(list));
            const auto read = parse_canonical(canonical(value));
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == value);
        });
    CHECK(holds);
}

TEST_CASE("any bytes are either refused or exactly the canonical form of their value") {
    const auto holds = rc::check([](const std::string& bytes) {
        const auto read = parse_canonical(bytes);
        if (read) RC_ASSERT(canonical(*read) == bytes);
    });
    CHECK(holds);
}

}  // namespace
TEST_CASE(
    "what a follower reads is what is proved, whatever its order, and never what is no record") {
    const std::string text = R"({"action":"create","fields":{"a":[1,"二"]},"subject":7})";
    REQUIRE(parse_canonical(text));
    CHECK(parse_own(text) == *parse_canonical(text));
    CHECK(parse_own(R"({ "subject": 7, "action": "create", "fields": {"a":[1,"二"]} })") ==
          *parse_canonical(text));
    CHECK_FALSE(parse_own(R"({"a":1)"));
    CHECK_FALSE(parse_own(R"({"a":1.5})"));
    CHECK_FALSE(parse_own(std::string(1'000, '[') + std::string(1'000, ']')));
}

}  // namespace fazhi::journal
