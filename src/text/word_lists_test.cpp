#include "text/word_lists.h"

#include <doctest/doctest.h>

#include "text/utf8.h"

namespace fazhi::text {

TEST_CASE("each list finds in one pass what it would find alone") {
    const std::vector<std::vector<std::string>> lists = {
        {"调解", "调解员", "纠纷"}, {}, {"纠纷", "员", "", "纠纷"}, {"不在"}};
    const std::u32string text = code_points("调解员调解纠纷，纠纷调解员。");
    const auto found = WordLists(lists).all_in(text);
    REQUIRE(found.size() == lists.size());
    for (std::size_t i = 0; i < lists.size(); ++i) {
        CAPTURE(i);
        CHECK(found[i] == WordIndex(lists[i]).all_in(text));
    }
    CHECK(found[0].size() == 7);
    CHECK(WordLists({{"甲"}}).all_in(U"").front().empty());
    CHECK(WordLists().all_in(text).empty());
}

}  // namespace fazhi::text
