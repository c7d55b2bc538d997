#include "review/figure_relations.h"

#include <algorithm>
#include <set>

namespace fazhi::review {

bool is_count(const Figure& figure) {
    return figure.change == Change::None && figure.unit != "%";
}

bool is_share(const Figure& figure) {
    return figure.change == Change::None && figure.unit == "%";
}

bool same_unit(const Figure& a, const Figure& b) {
    static const std::set<std::string> kOfPeople = {"人", "名", "位"};
    static const std::set<std::string> kOfCases = {"件", "起", "宗", "例"};
    const auto both = [&](const std::set<std::string>& units) {
        return units.count(a.unit) > 0 && units.count(b.unit) > 0;
    };
    return a.unit == b.unit || both(kOfPeople) || both(kOfCases);
}

std::string shown(const Subject& subject, const Figure& figure) {
    return figure_text(subject.reading.prose, figure);
}

std::string percent(std::int64_t value) {
    return value_text(value) + "%";
}

std::pair<std::size_t, std::size_t> sentence_of(const Subject& subject, std::size_t index) {
    const auto& figures = subject.reading.figures;
    const Extent sentence = subject.reading.prose.sentence(figures[index].extent.begin);
    std::size_t first = index;
    while (first > 0 && figures[first - 1].extent.begin >= sentence.begin) --first;
    std::size_t last = index + 1;
    while (last < figures.size() && figures[last].extent.begin < sentence.end) ++last;
    return {first, last};
}

Extent words_before(const Subject& subject, std::size_t index) {
    const auto& figures = subject.reading.figures;
    const Extent own = figures[index].extent;
    std::uint32_t begin = subject.reading.prose.clause(own.begin).begin;
    if (index > 0 && figures[index - 1].extent.end <= own.begin)
        begin = std::max(begin, figures[index - 1].extent.end);
    return {std::min(begin, own.begin), own.begin};
}

}  // namespace fazhi::review
