#include "review/figures.h"

#include <algorithm>

#include "review/figure_measure.h"
#include "review/figure_scan.h"
#include "text/decimal.h"

namespace fazhi::review {
namespace {

constexpr std::uint32_t kSubjectMax = 12;  // characters from a clause's beginning

class FigureReader {
public:
    FigureReader(const Prose& prose, const TextMarks& marks, const Outline& outline,
                 const DocumentFacts& facts, const Lexicon& lexicon)
        : prose_(prose),
          outline_(outline),
          facts_(facts),
          lexicon_(lexicon),
          marks_(prose, marks, lexicon) {}

    std::vector<Figure> all();

private:
    [[nodiscard]] FigureContext context_of(std::size_t index) const;
    void give_measure(ScannedFigure&, const FigureContext&);
    void give_period(Figure&) const;
    bool take_period(Figure&, Extent) const;
    void give_subject(Figure&) const;
    void give_outline();
    void give_totals();
    void add_part(std::size_t total, std::size_t part, bool listed);
    void read_list(std::size_t total);
    [[nodiscard]] std::size_t total_before(std::size_t index, std::uint32_t sentence_begin) const;
    [[nodiscard]] std::size_t figure_from(std::uint32_t at) const;
    void read_of_which();
    void read_compositions();

    const Prose& prose_;
    const Outline& outline_;
    const DocumentFacts& facts_;
    const Lexicon& lexicon_;
    const FigureMarks marks_;
    std::vector<ScannedFigure> scanned_;
    std::vector<Figure> out_;
};

FigureContext FigureReader::context_of(std::size_t index) const {
    const Extent own = scanned_[index].figure.extent;
    const Extent clause = prose_.clause(own.begin);
    FigureContext out{clause, clause, prose_.sentence(own.begin)};
    out.near.end = std::max(out.near.end, own.end);
    if (index > 0) out.near.begin = std::max(out.near.begin, scanned_[index - 1].figure.extent.end);
    if (index + 1 < scanned_.size()) {
        const std::uint32_t next = scanned_[index + 1].figure.extent.begin;
        out.near.end = std::max(own.end, std::min(out.near.end, next));
    }
    return out;
}

void FigureReader::give_measure(ScannedFigure& scanned, const FigureContext& context) {
    Figure& figure = scanned.figure;
    const MeasureMatch fitting = measure_of(figure, context, marks_, lexicon_, UnitRule::MustFit);
    const MeasureMatch any =
        fitting.near ? fitting : measure_of(figure, context, marks_, lexicon_, UnitRule::Any);
    // A word beside it that wants another unit says more than one far away that fits.
    figure.measure = any.near && !fitting.near ? -1 : fitting.measure;
    figure.thing = any.near ? any.measure : fitting.measure;
    if (figure.says_none && figure.unit.empty() && figure.measure >= 0) {
        const auto index = static_cast<std::size_t>(figure.measure);
        figure.unit = lexicon_.definitions().measure_words()[index].units.front();
    }
}

// The last year or 今年 of the extent.
bool FigureReader::take_period(Figure& figure, Extent extent) const {
    const auto& years = facts_.years;
    const auto after = std::lower_bound(
        years.begin(), years.end(), extent.end,
        [](const YearSaid& year, std::uint32_t at) { return year.extent.begin < at; });
    const auto words = marks_.periods.in(extent);
    const bool has_year = after != years.begin() && std::prev(after)->extent.begin >= extent.begin;
    if (!has_year && words.empty()) return false;
    figure.period_stated = true;
    if (has_year && (words.empty() || words.back().begin < std::prev(after)->extent.begin)) {
        figure.year = std::prev(after)->year;
        figure.period = std::prev(after)->extent;
        return true;
    }
    figure.period = {words.back().begin, words.back().end};
    const bool before = prose_.view(figure.period).starts_with(U"去");
    figure.year = facts_.year != 0 && before ? facts_.year - 1 : facts_.year;
    return true;
}

void FigureReader::give_period(Figure& figure) const {
    const Extent sentence = prose_.sentence(figure.extent.begin);
    if (take_period(figure, {sentence.begin, figure.extent.begin})) return;
    const auto& paragraph = prose_.paragraphs()[prose_.paragraph_at(figure.extent.begin)];
    if (take_period(figure, {paragraph.extent.begin, figure.extent.begin})) return;
    for (std::int32_t at = static_cast<std::int32_t>(figure.outline) - 1; at >= 0;
         at = outline_.items[static_cast<std::size_t>(at)].parent) {
        const Extent title = outline_.items[static_cast<std::size_t>(at)].title;
        if (take_period(figure, title)) return;
    }
    figure.year = facts_.year;
}

void FigureReader::give_subject(Figure& figure) const {
    const Extent clause = prose_.clause(figure.extent.begin);
    const auto words = marks_.subjects.in({clause.begin, figure.extent.begin});
    if (words.empty()) return;
    const text::WordHit& first = words.front();
    const std::uint32_t begin =
        first.begin - clause.begin <= kSubjectMax ? clause.begin : first.begin;
    figure.subject = {begin, first.end};
}

void FigureReader::give_outline() {
    std::uint32_t at = 0;
    for (Figure& figure : out_) {
        while (at < outline_.items.size() &&
               outline_.items[at].label.begin <= figure.extent.begin) {
            ++at;
        }
        figure.outline = at;
    }
}

void FigureReader::add_part(std::size_t total, std::size_t part, bool listed) {
    if (out_[part].total >= 0 || out_[part].unit != out_[total].unit) return;
    if (out_[part].change != Change::None) return;
    out_[part].total = static_cast<std::int32_t>(total);
    out_[part].listed_part = listed;
}

// 30名（3名…，16名…） and 16个：1个…，15个…: what the brackets or the sentence behind the colon
// hold.
void FigureReader::read_list(std::size_t total) {
    const std::u32string& text = prose_.text();
    const std::uint32_t end = out_[total].extent.end;
    if (end >= text.size() || !is_one_of(text[end], U"（(：:")) return;
    const bool bracketed = is_one_of(text[end], U"（(");
    std::uint32_t stop = prose_.sentence(end).end;
    int depth = 0;
    std::vector<std::size_t> parts;
    std::size_t next = total + 1;
    for (std::uint32_t at = end; at < prose_.sentence(end).end; ++at) {
        if (is_one_of(text[at], U"（(")) ++depth;
        if (is_one_of(text[at], U"）)") && --depth == 0 && bracketed) {
            stop = at;
            break;
        }
        if (next >= out_.size() || out_[next].extent.begin != at) continue;
        if (depth == (bracketed ? 1 : 0)) parts.push_back(next);
        ++next;
    }
    const bool some = marks_.of_which.any_in({end, stop});
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!bracketed && out_[parts[i]].unit != out_[total].unit) break;
        if (parts.size() > 1 || some) add_part(total, parts[i], !some);
    }
}

// The last figure before `index` and in its sentence that is no part itself; none: its size.
std::size_t FigureReader::total_before(std::size_t index, std::uint32_t sentence_begin) const {
    for (std::size_t i = index; i-- > 0 && out_[i].extent.begin >= sentence_begin;) {
        if (out_[i].total < 0 && out_[i].change == Change::None) return i;
    }
    return out_.size();
}

// The first figure at or behind `at`.
std::size_t FigureReader::figure_from(std::uint32_t at) const {
    const auto found = std::lower_bound(
        out_.begin(), out_.end(), at,
        [](const Figure& each, std::uint32_t place) { return each.extent.begin < place; });
    return static_cast<std::size_t>(found - out_.begin());
}

// …392起，其中甲43起、乙20起，…: the last figure before is the whole, what its clause lists are
// parts.
void FigureReader::read_of_which() {
    for (const text::WordHit& word : marks_.of_which.hits()) {
        const Extent sentence = prose_.sentence(word.begin);
        const std::size_t first = figure_from(word.begin);
        const std::size_t total = total_before(first, sentence.begin);
        if (total == out_.size() || first == out_.size()) continue;
        const Extent clause = prose_.clause(out_[first].extent.begin);
        for (std::size_t part = first; part < out_.size(); ++part) {
            if (out_[part].extent.begin >= clause.end) break;
            add_part(total, part, /*listed=*/false);
        }
    }
}

// 39件，由甲8件、乙29件组成: parts that are all there is, behind the figure they make up.
void FigureReader::read_compositions() {
    for (const text::WordHit& word : marks_.compositions.hits()) {
        const Extent clause = prose_.clause(word.begin);
        const std::uint32_t sentence_begin = prose_.sentence(word.begin).begin;
        const std::u32string_view before = prose_.view({clause.begin, word.begin});
        const std::size_t by = before.find(U'由');
        if (by == std::u32string_view::npos) continue;
        const std::size_t first = figure_from(clause.begin + static_cast<std::uint32_t>(by));
        const std::size_t total = total_before(first, sentence_begin);
        if (total == out_.size()) continue;
        for (std::size_t part = first; part < figure_from(word.begin); ++part)
            add_part(total, part, /*listed=*/true);
    }
}

void FigureReader::give_totals() {
    for (std::size_t i = 0; i < out_.size(); ++i) {
        if (out_[i].unit != "%" && !out_[i].says_none) read_list(i);
    }
    read_of_which();
    read_compositions();
}

std::vector<Figure> FigureReader::all() {
    scanned_ = scanned_figures(prose_, marks_, lexicon_);
    for (std::size_t i = 0; i < scanned_.size(); ++i) {
        const FigureContext context = context_of(i);
        give_measure(scanned_[i], context);
        Figure& figure = scanned_[i].figure;
        if (scanned_[i].loose && figure.measure < 0) continue;
        if (figure.change != Change::None && figure.unit != "%") figure.thing = figure.measure;
        const auto sharing = measures_sharing(prose_, figure, context, marks_, lexicon_);
        if (sharing.empty()) out_.push_back(figure);
        for (const std::int32_t measure : sharing) {
            out_.push_back(figure);
            out_.back().measure = out_.back().thing = measure;
        }
    }
    give_outline();
    for (Figure& figure : out_) {
        give_period(figure);
        give_subject(figure);
    }
    give_totals();
    return std::move(out_);
}

}  // namespace

std::vector<Figure> figures_of(const Prose& prose, const TextMarks& marks, const Outline& outline,
                               const DocumentFacts& facts, const Lexicon& lexicon) {
    return FigureReader(prose, marks, outline, facts, lexicon).all();
}

std::string figure_text(const Prose& prose, const Figure& figure) {
    return prose.utf8(figure.extent);
}

std::string value_text(std::int64_t value) {
    return text::short_decimal_text(value, text::kQuantityScale);
}

std::string_view qualifier_name(text::Qualifier qualifier) {
    switch (qualifier) {
        case text::Qualifier::Exact:
            return "exact";
        case text::Qualifier::AtLeast:
            return "at_least";
        case text::Qualifier::About:
            return "about";
        case text::Qualifier::AtMost:
            return "at_most";
    }
    return "";
}

}  // namespace fazhi::review
