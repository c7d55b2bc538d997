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

// The measure, of those asked for, whose word stands at the hit; -1: none.
std::int32_t measure_at(const CompiledCheck& check, const Subject& subject,
                        const text::WordHit& hit) {
    for (const MeasureClue& clue : subject.lexicon.clues(hit.word)) {
        const auto measure = static_cast<std::int32_t>(clue.measure);
        const auto& words = measure_of(subject, measure).words[clue.group];
        if (!clue.is_not && words.size() == 1 && check.is_one_of(measure, check.of)) return measure;
    }
    return -1;
}

// What a word directly before the figure, or behind it, says is counted; -1: nothing.
std::int32_t thing_beside(const CompiledCheck& check, const Subject& subject, std::size_t index) {
    constexpr std::u32string_view kBetween = U"共了达到约近有为计已各";
    constexpr std::uint32_t kNounMin = 3;  // 参加 before a figure is what was done, no noun
    constexpr std::uint32_t kBehindMax = 6;
    const Figure& figure = subject.reading.figures[index];
    const Prose& prose = subject.reading.prose;
    const Extent before = words_before(subject, index);
    std::int32_t out = -1;
    const Marks& measures = subject.reading.marks.of(MarkList::Measures);
    for (const text::WordHit& hit : measures.in(before)) {
        if (hit.end > before.end) continue;
        const bool is_noun = hit.end - hit.begin >= kNounMin;
        const std::u32string_view between = prose.view({hit.end, before.end});
        const bool is_beside = between.find_first_not_of(kBetween) == std::u32string_view::npos;
        if (figure.measure < 0 && is_noun && is_beside)
            out = std::max(out, measure_at(check, subject, hit));
    }
    const std::uint32_t end = prose.clause(figure.extent.begin).end;
    const Extent behind{figure.extent.end,
                        std::max(figure.extent.end, std::min(end, figure.extent.end + kBehindMax))};
    for (const text::WordHit& hit : measures.in({behind.begin, behind.begin + 1})) {
        if (out < 0 && hit.end <= behind.end) out = measure_at(check, subject, hit);
    }
    return out;
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

// The word beside it speaks of one thing, and it is counted in another's unit.
std::vector<Finding> find_wrong_units(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    for (std::size_t i = 0; i < subject.reading.figures.size(); ++i) {
        const Figure& figure = subject.reading.figures[i];
        if (figure.change != Change::None || !has_unit(check, figure)) continue;
        const std::int32_t thing = thing_beside(check, subject, i);
        if (thing < 0) continue;
        const auto& measure = measure_of(subject, thing);
        const auto& units = measure.units;
        if (std::find(units.begin(), units.end(), figure.unit) != units.end()) continue;
        out.push_back(check.finding(Verdict::Fail, figure.extent,
                                    {.found = shown(subject, figure),
                                     .expected = fmt::format("{}", fmt::join(units, "、")),
                                     .others = {{"measure", measure.title}}}));
    }
    return out;
}

namespace {

// Of a row of a table, the row's other cells say of how many.
bool is_in_table(const Subject& subject, const Figure& figure) {
    const Prose& prose = subject.reading.prose;
    const auto& paragraph = prose.paragraphs()[prose.paragraph_at(figure.extent.begin)];
    return paragraph.kind == BlockKind::TableCell;
}

// A weight, or a change from one share to another, is no share of anything.
bool needs_base(const CompiledCheck& check, const Subject& subject, const Figure& figure) {
    const std::u32string_view clause =
        subject.reading.prose.view(subject.reading.prose.clause(figure.extent.begin));
    return check.unless.all_in(clause).empty() && !is_in_table(subject, figure);
}

}  // namespace

// A share with no count of what it is a share of in its sentence.
std::vector<Finding> find_shares_without_whole(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    std::vector<Finding> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& share = figures[i];
        if (!is_share(share) || (!check.of.empty() && !check.is_one_of(share.measure, check.of)))
            continue;
        if (!needs_base(check, subject, share)) continue;
        const auto [first, last] = sentence_of(subject, i);
        const auto at = [&](std::size_t index) {
            return figures.begin() + static_cast<std::ptrdiff_t>(index);
        };
        const auto is_base = [](const Figure& each) { return is_count(each) && !each.says_none; };
        if (std::any_of(at(first), at(last), is_base)) continue;
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
