#include "text/word_index.h"

#include <doctest/doctest.h>

#include "text/utf8.h"

namespace fazhi::text {

namespace {

std::vector<WordHit> hits(const WordIndex& index, std::string_view text) {
    return index.all_in(code_points(text));
}

}  // namespace

TEST_CASE("every word is found, those inside others and those that overlap") {
    const WordIndex index({"调解", "人民调解", "调解员", "员会"});
    const std::vector<WordHit> expected = {{0, 4, 1}, {2, 4, 0}, {2, 5, 2}, {4, 6, 3}};
    CHECK(hits(index, "人民调解员会") == expected);
}

TEST_CASE("the longest word at a place is told") {
    const WordIndex index({"人", "人次", "场", "场次"});
    const std::u32string text = U"70人次，3场";
    CHECK(index.longest_at(text, 2)->word == 1);
    CHECK(index.longest_at(text, 6)->word == 2);
    CHECK_FALSE(index.longest_at(text, 4));
    CHECK_FALSE(index.longest_at(text, text.size()));
}

TEST_CASE("no words, empty words and equal words do no harm") {
    CHECK(hits(WordIndex(), "街道").empty());
    CHECK(hits(WordIndex({"", ""}), "街道").empty());
    CHECK(hits(WordIndex({"街", "街"}), "街道") == std::vector<WordHit>{{0, 1, 0}});
}

TEST_CASE("a rare character beyond the first plane is found") {
    CHECK(hits(WordIndex({"𠮷祥"}), "在𠮷祥社区") == std::vector<WordHit>{{1, 3, 0}});
}

}  // namespace fazhi::text
