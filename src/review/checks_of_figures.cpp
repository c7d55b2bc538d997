#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "review/checks.h"

namespace fazhi::review {
namespace {

using definition::CheckCompare;

constexpr std::int64_t kHundred = 100 * kFigureUnit;

const definition::MeasureWords& measure_of(const Subject& subject, std::int32_t index) {
    return subject.lexicon.definitions().measure_words()[static_cast<std::size_t>(index)];
}

std::string shown(const Subject& subject, const Figure& figure) {
    return figure_text(subject.reading.prose, figure);
}

// What was counted, none of a change against another year.
bool is_count(const Figure& figure) {
    return figure.change == Change::None && figure.unit != "%";
}

bool is_share(const Figure& figure) {
    return figure.change == Change::None && figure.unit == "%";
}

bool has_unit(const CompiledCheck& check, const Figure& figure) {
    const auto& units = check.definition().units;
    return units.empty() || std::find(units.begin(), units.end(), figure.unit) != units.end();
}

bool same_period(const Figure& a, const Figure& b) {
    return a.year == b.year;
}

// The first and the one behind the last figure of the sentence that figure `index` stands in.
std::pair<std::size_t, std::size_t> sentence_of(const Subject& subject, std::size_t index) {
    const auto& figures = subject.reading.figures;
    const Extent sentence = subject.reading.prose.sentence(figures[index].extent.begin);
    std::size_t first = index;
    while (first > 0 && figures[first - 1].extent.begin >= sentence.begin) --first;
    std::size_t last = index + 1;
    while (last < figures.size() && figures[last].extent.begin < sentence.end) ++last;
    return {first, last};
}

// The figure of one of the measures in the same sentence and period: the nearest before `index`,
// else the first after it.
const Figure* nearest_of(const CompiledCheck& check, const Subject& subject, std::size_t index,
                         const std::vector<std::int32_t>& measures) {
    const auto& figures = subject.reading.figures;
    const auto fits = [&](const Figure& each) {
        return is_count(each) && check.is_one_of(each.measure, measures) &&
               same_period(each, figures[index]) && each.total < 0;
    };
    const auto [first, last] = sentence_of(subject, index);
    for (std::size_t i = index; i-- > first;) {
        if (fits(figures[i])) return &figures[i];
    }
    for (std::size_t i = index + 1; i < last; ++i) {
        if (fits(figures[i])) return &figures[i];
    }
    return nullptr;
}

// 人民调解员 of 发挥人民调解员: what its subject ends with.
std::u32string_view subject_tail(const Prose& prose, const Figure& figure) {
    constexpr std::size_t kTail = 3;
    const std::u32string_view subject = prose.view(figure.subject);
    return subject.substr(subject.size() - std::min(subject.size(), kTail));
}

bool in_same_sentence(const Subject& subject, const Figure& a, const Figure& b) {
    return subject.reading.prose.sentence(a.extent.begin) ==
           subject.reading.prose.sentence(b.extent.begin);
}

// Two decimals, half up, of numerator over denominator in percent.
std::int64_t share_of(std::int64_t numerator, std::int64_t denominator) {
    return (numerator * 10'000 * 2 + denominator) / (2 * denominator) * (kFigureUnit / 100);
}

std::string percent(std::int64_t value) {
    return value_text(value) + "%";
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

// The same measure of the same period and the same one, twice, whose values cannot both hold.
std::vector<Finding> find_different_values(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    const Prose& prose = subject.reading.prose;
    std::vector<Finding> out;
    std::map<std::pair<std::int32_t, int>, const Figure*> first;
    for (const Figure& figure : figures) {
        if (figure.measure < 0 || figure.change != Change::None || figure.total >= 0) continue;
        if (!check.of.empty() && !check.is_one_of(figure.measure, check.of)) continue;
        const auto met = first.emplace(std::pair(figure.measure, figure.year), &figure);
        const Figure& before = *met.first->second;
        if (met.second || (before.low <= figure.high && figure.low <= before.high)) continue;
        if (before.unit != figure.unit) continue;
        // Two of one sentence are of two things; so are those with two subjects.
        const bool beside = in_same_sentence(subject, before, figure);
        const bool alike = before.subject.empty() || figure.subject.empty() ||
                           subject_tail(prose, before) == subject_tail(prose, figure);
        if (beside || !alike) continue;
        out.push_back(
            check.finding(Verdict::Uncertain, figure.extent,
                          {.found = shown(subject, figure),
                           .expected = shown(subject, before),
                           .others = {{"measure", measure_of(subject, figure.measure).title}}}));
    }
    return out;
}

std::vector<Finding> find_wrong_sums(const CompiledCheck& check, const Subject& subject) {
    struct Sum {
        std::int64_t low = 0;
        std::int64_t high = 0;
        std::size_t parts = 0;
        bool listed = false;
        std::string shown;
    };
    const auto& figures = subject.reading.figures;
    std::map<std::int32_t, Sum> sums;
    for (const Figure& figure : figures) {
        if (figure.total < 0) continue;
        Sum& sum = sums[figure.total];
        sum.low += figure.low;
        sum.high = std::min<std::int64_t>(sum.high, 1'000'000'000'000'000) +
                   std::min<std::int64_t>(figure.high, 1'000'000'000'000'000);
        sum.listed = figure.listed_part;
        sum.shown += (sum.parts++ == 0 ? "" : "＋") + value_text(figure.value);
    }
    std::vector<Finding> out;
    for (const auto& [index, sum] : sums) {
        const Figure& total = figures[static_cast<std::size_t>(index)];
        const bool too_many = sum.low > total.high;
        const bool too_few = sum.listed && sum.parts > 1 && sum.high < total.low;
        if (!too_many && !too_few) continue;
        // Parts that 其中 names may overlap; only one that is more than the whole is certain.
        const bool certain = sum.listed || sum.parts == 1;
        out.push_back(check.finding(certain ? Verdict::Fail : Verdict::Uncertain, total.extent,
                                    {.found = shown(subject, total),
                                     .expected = sum.shown,
                                     .others = {{"sum", value_text(sum.low)}}}));
    }
    return out;
}

// 391 of 405 is 96.54 %: said to as many decimals as the report gives.
std::vector<Finding> find_wrong_shares(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    std::vector<Finding> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& share = figures[i];
        if (!is_share(share) || !check.is_one_of(share.measure, check.of)) continue;
        const Figure* part = nearest_of(check, subject, i, check.part);
        const Figure* whole = nearest_of(check, subject, i, check.whole);
        if (part == nullptr || whole == nullptr || part == whole || whole->value == 0) continue;
        using text::Qualifier;
        if (part->qualifier != Qualifier::Exact || whole->qualifier != Qualifier::Exact ||
            share.qualifier != Qualifier::Exact) {
            continue;
        }
        const std::int64_t right = share_of(part->value, whole->value);
        // One unit of the last decimal it gives, or of the whole percent.
        std::int64_t step = kFigureUnit;
        while (step > 100 && share.value % step != 0) step /= 10;
        const std::int64_t off = right > share.value ? right - share.value : share.value - right;
        if (off < step) continue;
        out.push_back(check.finding(
            Verdict::Fail, share.extent,
            {.found = shown(subject, share),
             .expected = percent(right),
             .others = {{"part", shown(subject, *part)}, {"whole", shown(subject, *whole)}}}));
    }
    return out;
}

// More mediated than found, more finished than begun.
std::vector<Finding> find_more_than_whole(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    std::vector<Finding> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        if (!is_count(figure) || !check.is_one_of(figure.measure, check.of)) continue;
        const Figure* most = nearest_of(check, subject, i, check.most);
        if (most == nullptr || figure.low <= most->high) continue;
        out.push_back(check.finding(
            Verdict::Fail, figure.extent,
            {.found = shown(subject, figure), .others = {{"most", shown(subject, *most)}}}));
    }
    return out;
}

}  // namespace fazhi::review
