#include "review/comparable.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "review/shingles.h"

namespace fazhi::review {

bool is_target(const ReportReading& reading, const Lexicon& lexicon, const Figure& figure) {
    return std::any_of(reading.parts.begin(), reading.parts.end(), [&](const ReportPart& each) {
        return lexicon.reading().parts[each.part].claims == "promise" &&
               each.extent.holds(figure.extent.begin);
    });
}

bool is_count(const ReportReading& reading, const Lexicon& lexicon, const Figure& figure) {
    const int year = reading.facts.year;
    const bool its_year = figure.year == 0 || year == 0 || figure.year == year;
    return figure.value > 0 && figure.unit != "%" && figure.change == Change::None && its_year &&
           !is_target(reading, lexicon, figure);
}

bool is_comparable(const ReportReading& reading, const Lexicon& lexicon, const Figure& figure) {
    return figure.measure >= 0 && figure.total < 0 && is_count(reading, lexicon, figure);
}

LetterPairs pairs_of(std::u32string_view text) {
    LetterPairs out;
    const std::vector<std::uint32_t> letters = letters_of(text);
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        const char32_t a = text[letters[i]], b = text[letters[i + 1]];
        if (letters[i + 1] == letters[i] + 1 && !is_ascii_digit(a) && !is_ascii_digit(b))
            out.emplace(a, b);
    }
    return out;
}

std::size_t shared_percent(const LetterPairs& a, const LetterPairs& b) {
    constexpr std::size_t kPairsMin = 4;
    const LetterPairs& fewer = a.size() <= b.size() ? a : b;
    const LetterPairs& more = a.size() <= b.size() ? b : a;
    if (fewer.size() < kPairsMin) return 0;
    const auto met = static_cast<std::size_t>(std::count_if(
        fewer.begin(), fewer.end(), [&](const auto& pair) { return more.count(pair) != 0; }));
    return met * 100 / fewer.size();
}

std::string measure_title(const Lexicon& lexicon, std::int32_t measure) {
    return measure < 0
               ? std::string()
               : lexicon.definitions().measure_words()[static_cast<std::size_t>(measure)].title;
}

}  // namespace fazhi::review
