// Search grams (检索二元组): pairs of neighbouring characters, so that Chinese is found without a
// dictionary.
//
// Text is folded first (NFKC, case), then cut into runs of letters and digits; marks and spaces
// only separate. A match by grams is a candidate: the reader looks into the text with `places_in`.
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fazhi::text {

// The folded form both sides of a search are compared in.
std::string search_fold(std::string_view text);

// What is indexed: every pair within a run, and the last character of each run alone, so that any
// one character is the beginning of some gram. Sorted, each once.
std::vector<std::string> index_grams(std::string_view text);

// What is asked for; an entry must have all of them. Sorted, each once; both empty: nothing to
// search for.
struct QueryGrams {
    std::vector<std::string> whole;     // these grams
    std::vector<std::string> prefixes;  // a gram that begins so (runs of one character)

    friend bool operator==(const QueryGrams&, const QueryGrams&) = default;
};
QueryGrams query_grams(std::string_view query);

// Part of a text: bytes from the beginning, at the ends of characters.
struct Span {
    std::size_t from = 0;
    std::size_t size = 0;

    friend bool operator==(const Span&, const Span&) = default;
};
// Where the runs of the query stand in the text, compared in folded form: in order, those that
// overlap joined. `runs_found`: which of the query's runs were met, in its order.
struct Places {
    std::vector<Span> spans;
    std::vector<bool> runs_found;
};
Places places_in(std::string_view text, std::string_view query);

}  // namespace fazhi::text
