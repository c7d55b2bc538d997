#include <algorithm>

#include <fmt/format.h>

#include "review/checks.h"
#include "review/figure_relations.h"

namespace fazhi::review {
namespace {

using definition::CheckCompare;

constexpr std::int64_t kHundred = 100 * kFigureUnit;

const definition::MeasureWords& measure_of(const Subject& subject, std::int32_t index) {
    return subject.lexicon.definitions().measure_words()[static_cast<std::size_t>(index)];
}

bool has_unit(const CompiledCheck& check, const Figure& figure) {
    const auto& units = check.definition().units;
    return units.empty() || std::find(units.begin(), units.end(), figure.unit) != units.end();
}

}  // namespace

std::vector<Finding> find_figures_beyond(const CompiledCheck& check, const Subject& subject) {
    const std::int64_t limit = check.definition().limit.value_or(0) * kFigureUnit;
    const bool over = check.definition().compare == CheckCompare::Over;
    std::vector<Finding> out;
    for (const Figure& figure : subject.reading.figures) {
        const bool asked = check.of.empty() || check.is_one_of(figure.measure, check.of);
        if (figure.change != Change::None || !asked || !has_unit(check, figure)) continue;
        if (over ? figure.low <= limit : figure.high >= limit) continue;
        if (!check.looks_at(subject, figure.extent.begin)) continue;
        out.push_back(
            check.finding(Verdict::Fail, figure.extent, {.found = shown(subject, figure)}));
    }
    return out;
}

// The words beside it speak of one thing, and it is counted in another's unit.
std::vector<Finding> find_wrong_units(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    for (const Figure& figure : subject.reading.figures) {
        if (figure.measure >= 0 || figure.thing < 0 || figure.change != Change::None) continue;
        if (!has_unit(check, figure)) continue;
        if (!check.of.empty() && !check.is_one_of(figure.thing, check.of)) continue;
        const auto& measure = measure_of(subject, figure.thing);
        const std::string usual = fmt::format("{}", fmt::join(measure.units, "、"));
        out.push_back(check.finding(Verdict::Fail, figure.extent,
                                    {.found = shown(subject, figure),
                                     .expected = usual,
                                     .others = {{"measure", measure.title}}}));
    }
    return out;
}

// A share with no count of what it is a share of in its sentence.
std::vector<Finding> find_shares_without_whole(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    std::vector<Finding> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& share = figures[i];
        if (!is_share(share) || (!check.of.empty() && !check.is_one_of(share.measure, check.of)))
            continue;
        const auto [first, last] = sentence_of(subject, i);
        const auto at = [&](std::size_t index) {
            return figures.begin() + static_cast<std::ptrdiff_t>(index);
        };
        if (std::any_of(at(first), at(last), is_count)) continue;
        out.push_back(
            check.finding(Verdict::Uncertain, share.extent, {.found = shown(subject, share)}));
    }
    return out;
}

// 100 % of two.
std::vector<Finding> find_shares_of_few(const CompiledCheck& check, const Subject& subject) {
    const std::int64_t few = check.definition().limit.value_or(0) * kFigureUnit;
    const auto& figures = subject.reading.figures;
    std::vector<Finding> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (!is_share(figures[i]) || figures[i].value != kHundred) continue;
        const Extent sentence = subject.reading.prose.sentence(figures[i].extent.begin);
        for (std::size_t j = i; j-- > 0;) {
            if (!sentence.holds(figures[j].extent.begin)) break;
            if (!is_count(figures[j])) continue;
            if (figures[j].high < few && figures[j].value > 0) {
                out.push_back(check.finding(Verdict::Fail, figures[i].extent,
                                            {.found = shown(subject, figures[i]),
                                             .others = {{"whole", shown(subject, figures[j])}}}));
            }
            break;
        }
    }
    return out;
}

}  // namespace fazhi::review
