#include <algorithm>

#include <fmt/format.h>

#include "review/checks.h"
#include "review/comparable.h"

namespace fazhi::review {
namespace {

constexpr std::size_t kFiguresMin = 4;  // of fewer no share is said

// A figure and what the ledgers hold of its measure.
struct Held {
    const Figure* figure;
    const RecordedFigure* recorded;
};

const std::string& measure_name(const Subject& subject, const Figure& figure) {
    const auto& measures = subject.lexicon.definitions().measure_words();
    return measures[static_cast<std::size_t>(figure.measure)].measure;
}

const RecordedFigure* recorded_of(const Subject& subject, const std::string& measure) {
    for (const RecordedFigure& each : *subject.companions.recorded) {
        const bool its_year = each.year == 0 || subject.year() == 0 || each.year == subject.year();
        if (each.measure == measure && its_year) return &each;
    }
    return nullptr;
}

// What may stand beside a record: of the year, no change, nothing promised.
bool is_reported(const Subject& subject, const Figure& figure) {
    const bool its_year = figure.year == 0 || subject.year() == 0 || figure.year == subject.year();
    return figure.change == Change::None && its_year &&
           !is_target(subject.reading, subject.lexicon, figure);
}

// The figures of which the ledgers count the measure.
std::vector<Held> held_of(const Subject& subject) {
    std::vector<Held> out;
    for (const Figure& figure : subject.reading.figures) {
        if (figure.measure < 0 || !is_reported(subject, figure)) continue;
        const RecordedFigure* recorded = recorded_of(subject, measure_name(subject, figure));
        if (recorded != nullptr) out.push_back({&figure, recorded});
    }
    return out;
}

// How much a figure as it is written leaves open: 2.6万元 is 2.55 to 2.65.
std::int64_t rounding_of(const Subject& subject, const Figure& figure) {
    const std::string text = figure_text(subject.reading.prose, figure);
    const bool is_short =
        text.find("万") != std::string::npos || text.find("亿") != std::string::npos;
    std::int64_t last = 1;
    while (figure.value != 0 && figure.value % (last * 10) == 0) last *= 10;
    return is_short ? last : std::min(last, kFigureUnit);
}

bool agrees(const Subject& subject, const Held& held) {
    const std::int64_t value = held.recorded->value;
    if (held.figure->low <= value && value <= held.figure->high) return true;
    const std::int64_t apart = std::abs(value - held.figure->value);
    return held.figure->qualifier == text::Qualifier::Exact &&
           2 * apart <= rounding_of(subject, *held.figure) &&
           apart < rounding_of(subject, *held.figure);
}

std::string recorded_text(const RecordedFigure& recorded) {
    return value_text(recorded.value) + recorded.unit;
}

// Its clause says the measure in one piece: 调处纠纷8起, not 调处情感纠纷8起, which is of a kind
// only.
bool is_named(const Subject& subject, const Figure& figure) {
    const Prose& prose = subject.reading.prose;
    const std::string clause = prose.utf8(prose.clause(figure.extent.begin));
    const auto& measures = subject.lexicon.definitions().measure_words();
    const auto& words = measures[static_cast<std::size_t>(figure.measure)].words;
    return std::any_of(words.begin(), words.end(), [&](const std::vector<std::string>& group) {
        return group.size() == 1 && clause.find(group.front()) != std::string::npos;
    });
}

// The figures that say the measure's total, where none of the measure's figures is the recorded.
std::vector<const Figure*> unlike(const Subject& subject, const std::vector<Held>& all,
                                  const RecordedFigure& recorded) {
    std::vector<const Figure*> out;
    for (const Held& each : all) {
        if (each.recorded != &recorded) continue;
        if (agrees(subject, each)) return {};
        if (each.figure->total < 0 && is_named(subject, *each.figure)) out.push_back(each.figure);
    }
    return out;
}

bool is_mentioned(const Subject& subject, const definition::MeasureWords& measure) {
    return std::any_of(
        measure.words.begin(), measure.words.end(), [&](const std::vector<std::string>& group) {
            return std::all_of(group.begin(), group.end(), [&](const std::string& word) {
                return subject.utf8.find(word) != std::string::npos;
            });
        });
}

// Most of what the ledgers count and the report gives is recorded: so silence of theirs says
// something.
bool are_kept(const std::vector<Held>& all) {
    const auto recorded = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [](const Held& each) { return each.recorded->value != 0; }));
    return recorded * 2 > all.size();
}

}  // namespace

std::vector<Finding> find_figures_unlike_ledger(const CompiledCheck& check, const Subject& subject,
                                                Verdict& otherwise) {
    if (!subject.companions.recorded) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    const std::vector<Held> all = held_of(subject);
    std::vector<Finding> out;
    for (const RecordedFigure& recorded : *subject.companions.recorded) {
        if (recorded.value == 0) continue;
        const auto figures = unlike(subject, all, recorded);
        // Several figures of one measure, or those of somebody named, may each be part of it.
        const bool sure = figures.size() == 1 && figures.front()->subject.empty();
        for (const Figure* each : figures) {
            out.push_back(check.finding(
                sure ? Verdict::Fail : Verdict::Uncertain, each->extent,
                {.found = figure_text(subject.reading.prose, *each),
                 .expected = recorded_text(recorded),
                 .others = {{"measure", measure_title(subject.lexicon, each->measure)}}}));
        }
    }
    return out;
}

std::vector<Finding> find_figures_not_recorded(const CompiledCheck& check, const Subject& subject,
                                               Verdict& otherwise) {
    const std::vector<Held> all =
        subject.companions.recorded ? held_of(subject) : std::vector<Held>();
    if (!are_kept(all)) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    std::vector<Finding> out;
    for (const Held& each : all) {
        if (each.recorded->value != 0 || each.figure->value == 0 ||
            !is_named(subject, *each.figure))
            continue;
        out.push_back(check.finding(
            Verdict::Fail, each.figure->extent,
            {.found = figure_text(subject.reading.prose, *each.figure),
             .others = {{"measure", measure_title(subject.lexicon, each.figure->measure)}}}));
    }
    return out;
}

std::vector<Finding> find_records_not_reported(const CompiledCheck& check, const Subject& subject,
                                               Verdict& otherwise) {
    if (!subject.companions.recorded) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    const auto& measures = subject.lexicon.definitions().measure_words();
    std::vector<Finding> out;
    for (const std::int32_t index : check.of) {
        const definition::MeasureWords& measure = measures[static_cast<std::size_t>(index)];
        const RecordedFigure* recorded = recorded_of(subject, measure.measure);
        if (recorded == nullptr || recorded->value == 0 || is_mentioned(subject, measure)) continue;
        out.push_back(check.finding(
            Verdict::Fail, {},
            {.found = measure.title, .others = {{"recorded", recorded_text(*recorded)}}}));
    }
    return out;
}

std::vector<Finding> find_figures_not_from_ledgers(const CompiledCheck& check,
                                                   const Subject& subject, Verdict& otherwise) {
    const auto& figures = subject.reading.figures;
    const auto reported = static_cast<std::size_t>(std::count_if(
        figures.begin(), figures.end(),
        [&](const Figure& each) { return each.unit != "%" && is_reported(subject, each); }));
    if (!subject.companions.recorded || !subject.companions.own_report || reported < kFiguresMin) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    std::size_t recorded = 0;
    for (const Held& each : held_of(subject)) {
        if (each.figure->unit != "%" && agrees(subject, each)) ++recorded;
    }
    const auto share_min = static_cast<std::size_t>(check.definition().limit.value_or(0));
    if (recorded * 100 >= reported * share_min) return {};
    return {check.finding(
        Verdict::Fail, {},
        {.found = fmt::format("{}个数字", reported), .expected = fmt::format("{}个", recorded)})};
}

}  // namespace fazhi::review
