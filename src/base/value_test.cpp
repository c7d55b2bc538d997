#include "base/value.h"

#include <doctest/doctest.h>

#include "base/ids.h"

namespace fazhi {

TEST_CASE("a value is one of six kinds") {
    CHECK(Value().is_null());
    CHECK(Value(true).is_bool());
    CHECK(Value(7).is_integer());
    CHECK(Value("七").is_text());
    CHECK(Value(Value::List{}).is_list());
    CHECK(Value(Value::Map{}).is_map());
    CHECK_FALSE(Value(1).is_bool());
    CHECK_FALSE(Value("1").is_integer());
    CHECK(Value(true).as_bool());
    CHECK(Value(7).as_integer() == 7);
    CHECK(Value(std::int64_t{9'007'199'254'740'992}).as_integer() == 9'007'199'254'740'992);
    CHECK(Value(std::string_view("七")).as_text() == "七");
}

TEST_CASE("a member that is missing is null, and asking adds nothing") {
    const Value map(Value::Map{{"title", "调解"}, {"count", 3}});
    CHECK(map.at("title").as_text() == "调解");
    CHECK(map.at("other").is_null());
    CHECK_FALSE(map.has("other"));
    CHECK(map.as_map().size() == 2);
    CHECK(map.text_at("title") == "调解");
    CHECK(map.text_at("count") == "");
    CHECK(map.integer_at("count") == 3);
    CHECK(map.integer_at("title", -1) == -1);
    CHECK(Value("text").at("title").is_null());
    CHECK_FALSE(Value().has("title"));
}

TEST_CASE("setting a member makes a map of nothing and replaces what was there") {
    Value value;
    value.set("a", 1);
    value.set("b", Value::List{1, "二"});
    value.set("a", 2);
    CHECK(value.integer_at("a") == 2);
    CHECK(value.at("b").as_list().size() == 2);
    CHECK(value.as_map().size() == 2);
    value.as_map().erase("b");
    value.set("list", Value::List{});
    value.as_map().at("list").as_list().emplace_back(5);
    CHECK(value.at("list").as_list().front().as_integer() == 5);
}

TEST_CASE("copies are deep and comparison is exact") {
    const Value first(Value::Map{{"parties", Value::List{"张某", "李某"}}});
    Value second = first;
    CHECK(second == first);
    second.as_map().at("parties").as_list().emplace_back("王某");
    CHECK(first.at("parties").as_list().size() == 2);
    CHECK_FALSE(second == first);
    CHECK(Value(1) != Value("1"));
    CHECK(Value(0) != Value());
    CHECK(Value(0) != Value(false));
    CHECK(Value("") != Value());
    CHECK(Value(1) < Value(2));
    CHECK_FALSE(Value(2) < Value(1));
}

TEST_CASE("an identity is none until it is assigned, and orders by number") {
    CHECK_FALSE(EntryId());
    CHECK(EntryId{3});
    CHECK(EntryId{3} < EntryId{4});
    CHECK(EntryId{3} == EntryId{3});
    CHECK(std::hash<EntryId>{}(EntryId{3}) == std::hash<EntryId>{}(EntryId{3}));
}

}  // namespace fazhi
