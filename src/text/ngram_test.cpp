#include "text/ngram.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/utf8.h"

namespace fazhi::text {
namespace {

using Grams = std::vector<std::string>;

bool is_candidate(const Grams& index, const QueryGrams& query) {
    const bool whole = std::all_of(query.whole.begin(), query.whole.end(), [&](const auto& gram) {
        return std::binary_search(index.begin(), index.end(), gram);
    });
    return whole &&
           std::all_of(query.prefixes.begin(), query.prefixes.end(), [&](const auto& begin) {
               return std::any_of(index.begin(), index.end(),
                                  [&](const auto& gram) { return gram.starts_with(begin); });
           });
}

// Whether every run of the query stands in the text.
bool found_in(std::string_view text, std::string_view query) {
    const std::vector<bool> runs = places_in(text, query).runs_found;
    return std::all_of(runs.begin(), runs.end(), [](bool found) { return found; });
}

std::string arbitrary_text(int length_max) {
    std::string text;
    for (int i = *rc::gen::inRange(0, length_max); i > 0; --i) {
        text += *rc::gen::element<std::string>("法", "治", "A", "a", "１", "1", "，", " ", "𠮷");
    }
    return text;
}

}  // namespace

TEST_CASE("text is indexed by pairs and by the last character of each run") {
    CHECK(index_grams("物业纠纷") == Grams{"业纠", "物业", "纠纷", "纷"});
    CHECK(index_grams("一、二") == Grams{"一", "二"});
    CHECK(index_grams("，。").empty());
    CHECK(index_grams("ＡＢ c") == Grams{"ab", "b", "c"});
    CHECK(index_grams("〇一") == Grams{"〇一", "一"});
}

TEST_CASE("a query asks for its pairs, or for what begins with its one character") {
    CHECK(query_grams("物业纠纷") == QueryGrams{{"业纠", "物业", "纠纷"}, {}});
    CHECK(query_grams("纷") == QueryGrams{{}, {"纷"}});
    CHECK(query_grams("物业 张") == QueryGrams{{"物业"}, {"张"}});
    CHECK(query_grams(" ，") == QueryGrams{});
}

TEST_CASE("a candidate is confirmed in the text itself") {
    CHECK(found_in("幸福社区物业纠纷", "物业纠纷"));
    CHECK(found_in("幸福社区：物业。纠纷", "纠纷 幸福"));
    CHECK_FALSE(found_in("物业、业纠、纠纷", "物业纠纷"));
    CHECK(found_in("ＡＢＣ公司", "abc"));
    CHECK(found_in("任何", ""));
}

TEST_CASE("what is found is marked where it stands, in whole characters") {
    const auto spans = [](std::string_view text, std::string_view query) {
        std::vector<std::string> out;
        for (const Span& span : places_in(text, query).spans)
            out.emplace_back(text.substr(span.from, span.size));
        return out;
    };
    CHECK(spans("物业与物业费", "物业") == Grams{"物业", "物业"});
    CHECK(spans("幸福社区ＡＢＣ公司", "abc 公司") == Grams{"ＡＢＣ公司"});
    CHECK(spans("共㎏计", "kg") == Grams{"㎏"});  // One character that folds to two.
    CHECK(spans("任何", "没有").empty());
    CHECK(places_in("物业", "物业 张").runs_found == std::vector<bool>{true, false});
}

TEST_CASE("whatever is found is a candidate") {
    CHECK(rc::check([] {
        const std::string text = arbitrary_text(20);
        const std::string query = arbitrary_text(4);
        if (found_in(text, query)) RC_ASSERT(is_candidate(index_grams(text), query_grams(query)));
    }));
    CHECK(rc::check([] {
        const std::string text = arbitrary_text(20);
        const std::u32string points = code_points(text);
        const auto from = *rc::gen::inRange<std::size_t>(0, points.size() + 1);
        RC_ASSERT(found_in(text, from_code_points(std::u32string_view(points).substr(from, 3))));
    }));
}

}  // namespace fazhi::text
