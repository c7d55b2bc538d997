#include "definition/template.h"

#include <doctest/doctest.h>

namespace fazhi::definition {

TEST_CASE("a sentence is text, figures and clauses") {
    const auto sentence = parse_sentence("排查{found|余}[，调解{settled|unit:次}]。");
    REQUIRE(sentence);
    REQUIRE(sentence->pieces.size() == 4);
    CHECK(sentence->pieces[0].text == "排查");
    CHECK(sentence->pieces[1].placeholder->name == "found");
    CHECK(sentence->pieces[1].placeholder->format == "余");
    REQUIRE(sentence->pieces[2].clause.size() == 2);
    CHECK(sentence->pieces[2].clause[1].placeholder->unit == "次");
    CHECK(sentence->pieces[3].text == "。");
    CHECK(placeholders_of(*sentence).size() == 2);
}

TEST_CASE("a figure may have both a way of writing and a unit") {
    const auto sentence = parse_sentence("{audience|万|unit:万人次}");
    REQUIRE(sentence);
    CHECK(sentence->pieces.front().placeholder->format == "万");
    CHECK(sentence->pieces.front().placeholder->unit == "万人次");
}

TEST_CASE("broken sentences are refused") {
    for (const char* text : {"{a", "a}", "[a", "a]", "{}", "{a|b}", "{a|余|万}", "[a[b]]", "[]"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_sentence(text));
    }
}

}  // namespace fazhi::definition
