// Search grams (检索二元组): pairs of neighbouring characters, so that Chinese is found without a
// dictionary.
//
// Text is folded first (NFKC, case), then cut into runs of letters and digits; marks and spaces
// only separate. A match by grams is a candidate: the reader checks the row's text with `found_in`.
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

// Whether every run of the query stands in the text, in folded form.
bool found_in(std::string_view text, std::string_view query);

}  // namespace fazhi::text
