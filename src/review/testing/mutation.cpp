#include "review/testing/mutation.h"

#include <fstream>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "review/testing/solid_text.h"
#include "text/utf8.h"

namespace fazhi::review::testing {
namespace {

// A character of the source that is no white space.
struct Place {
    std::size_t block;
    std::size_t at;
};

std::vector<std::string> pieces_of(const std::string& words) {
    std::vector<std::string> out{""};
    for (const char c : words) {
        if (c == '\n' || c == '\t') {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

// Of the characters, those of each block are left out; `words` stand where the first was.
void replace(SourceText& source, const std::vector<Place>& places, const std::string& words) {
    for (std::size_t i = places.size(); i-- > 0;)
        source.blocks[places[i].block].text.erase(places[i].at, 1);
    const Place& first = places.front();
    source.blocks[first.block].text.insert(first.at, text::code_points(words));
}

// The first character left out of what is replaced and what by, where it is the same: a scan may
// have misread it. False where what is left would say nothing.
bool shorten(Mutation& mutation) {
    constexpr std::size_t kLeft = 5;
    const std::u32string from = text::code_points(mutation.replace);
    const std::u32string to = text::code_points(mutation.with);
    if (from.size() <= kLeft || to.empty() || from.front() != to.front()) return false;
    mutation.replace = text::from_code_points(from.substr(1));
    mutation.with = text::from_code_points(to.substr(1));
    return true;
}

// Where the words stand; long ones that a scan misread, from their first to their last characters.
std::pair<std::size_t, std::size_t> found_in(const std::u32string& text,
                                             const std::u32string& words) {
    constexpr std::size_t kEnds = 8;
    const std::size_t begin = text.find(words);
    if (begin != std::u32string::npos || words.size() < 3 * kEnds) return {begin, words.size()};
    const std::size_t last = text.find(words.substr(words.size() - kEnds));
    const std::size_t first = text.rfind(words.substr(0, kEnds), last);
    if (first == std::u32string::npos || last == std::u32string::npos)
        return {std::u32string::npos, 0};
    return {first, last + kEnds - first};
}

}  // namespace

std::vector<Mutation> mutations() {
    std::ifstream in("tests/data/review/mutations.json");
    std::vector<Mutation> out;
    for (const auto& row : nlohmann::json::parse(in))
        out.push_back({row.at("report"), row.at("replace"), row.at("with"), row.at("check")});
    return out;
}

Mutated mutated(const SourceText& source, const Mutation& mutation) {
    std::u32string text;
    std::vector<Place> places;
    for (std::size_t block = 0; block < source.blocks.size(); ++block) {
        const std::u32string& own = source.blocks[block].text;
        for (std::size_t at = 0; at < own.size(); ++at) {
            const std::u32string one = solid(text::from_code_points(own.substr(at, 1)));
            if (one.empty()) continue;
            text += one;
            places.push_back({block, at});
        }
    }
    Mutation read = mutation;
    while (text.find(solid(read.replace)) == std::u32string::npos && shorten(read)) continue;
    if (text.find(solid(read.replace)) == std::u32string::npos) read = mutation;
    const auto [begin, size_found] = found_in(text, solid(read.replace));
    if (begin == std::u32string::npos)
        throw std::runtime_error(mutation.report + " does not hold " + mutation.replace);
    std::vector<std::string> from = pieces_of(read.replace);
    std::vector<std::string> to = pieces_of(read.with);
    if (from.size() != to.size() || size_found != solid(read.replace).size()) {
        from = {text::from_code_points(text.substr(begin, size_found))};
        to = {read.with};
    }
    Mutated out{source, std::vector<bool>(source.blocks.size())};
    std::size_t end = begin + size_found;
    for (std::size_t i = from.size(); i-- > 0;) {
        const std::size_t size = solid(from[i]).size();
        if (size == 0) continue;
        end -= size;
        const auto first = places.begin() + static_cast<std::ptrdiff_t>(end);
        const std::vector<Place> piece(first, first + static_cast<std::ptrdiff_t>(size));
        for (const Place& each : piece) out.changed[each.block] = true;
        if (from[i] != to[i]) replace(out.source, piece, to[i]);
    }
    // Spots of what was changed are those of its first character.
    for (TextBlock& block : out.source.blocks) {
        if (block.text.empty()) block.runs.clear();
        if (block.runs.size() > 1) block.runs.resize(1);
    }
    return out;
}

}  // namespace fazhi::review::testing
