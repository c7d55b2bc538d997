#include "review/comparable.h"

#include <algorithm>

namespace fazhi::review {

bool is_target(const ReportReading& reading, const Lexicon& lexicon, const Figure& figure) {
    return std::any_of(reading.parts.begin(), reading.parts.end(), [&](const ReportPart& each) {
        return lexicon.reading().parts[each.part].claims == "promise" &&
               each.extent.holds(figure.extent.begin);
    });
}

bool is_comparable(const ReportReading& reading, const Lexicon& lexicon, const Figure& figure) {
    const int year = reading.facts.year;
    const bool its_year = figure.year == 0 || year == 0 || figure.year == year;
    return figure.measure >= 0 && figure.value > 0 && figure.unit != "%" &&
           figure.change == Change::None && figure.total < 0 && its_year &&
           !is_target(reading, lexicon, figure);
}

std::string measure_title(const Lexicon& lexicon, std::int32_t measure) {
    return measure < 0
               ? std::string()
               : lexicon.definitions().measure_words()[static_cast<std::size_t>(measure)].title;
}

}  // namespace fazhi::review
