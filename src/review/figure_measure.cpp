#include "review/figure_measure.h"

#include <algorithm>

namespace fazhi::review {
namespace {

constexpr std::int32_t kNearWeight = 8;      // a word of the clause against one of the sentence
constexpr std::int32_t kThingBonus = 4;      // characters
constexpr std::uint32_t kFarMax = 40;        // characters before the figure
constexpr std::int32_t kDistanceWeight = 4;  // so many characters off cost as much as one fewer

bool has_unit(const definition::MeasureWords& measure, const std::string& unit) {
    return std::find(measure.units.begin(), measure.units.end(), unit) != measure.units.end();
}

std::uint32_t distance(const text::WordHit& hit, Extent figure) {
    if (hit.end <= figure.begin) return figure.begin - hit.end;
    return hit.begin >= figure.end ? hit.begin - figure.end + 1 : 0;
}

// A group of words of a measure, met so far in their order.
struct Progress {
    std::uint32_t measure;
    std::uint16_t group;
    std::uint8_t next = 0;
    std::int32_t score = 0;
    bool near = false;
};

// Goes through the words of a sentence and keeps the measure that fits best.
class MeasureSearch {
public:
    MeasureSearch(const Figure& figure, const FigureContext& context, const Lexicon& lexicon,
                  UnitRule rule)
        : figure_(figure), context_(context), lexicon_(lexicon), rule_(rule) {}

    MeasureMatch best_of(std::span<const text::WordHit> hits);

private:
    void meet(const text::WordHit&, const MeasureClue&);
    [[nodiscard]] bool fits(const MeasureClue&) const;
    Progress& progress_of(const MeasureClue&);

    const Figure& figure_;
    const FigureContext& context_;
    const Lexicon& lexicon_;
    UnitRule rule_;
    std::vector<Progress> begun_;
    std::vector<std::uint32_t> excluded_;
    MeasureMatch best_;
    std::int32_t best_score_ = 0;
};

bool MeasureSearch::fits(const MeasureClue& clue) const {
    const auto& measure = lexicon_.definitions().measure_words()[clue.measure];
    if (std::find(excluded_.begin(), excluded_.end(), clue.measure) != excluded_.end())
        return false;
    if (rule_ == UnitRule::MustFit)
        return (figure_.says_none && figure_.unit.empty()) || has_unit(measure, figure_.unit);
    // A share and a count are never each other's.
    return has_unit(measure, "%") == (figure_.unit == "%");
}

Progress& MeasureSearch::progress_of(const MeasureClue& clue) {
    for (Progress& each : begun_) {
        if (each.measure == clue.measure && each.group == clue.group) return each;
    }
    begun_.push_back({clue.measure, clue.group});
    return begun_.back();
}

void MeasureSearch::meet(const text::WordHit& hit, const MeasureClue& clue) {
    const auto& measure = lexicon_.definitions().measure_words()[clue.measure];
    const std::size_t size = measure.words[clue.group].size();
    const bool near = hit.end > context_.near.begin && hit.begin < context_.near.end;
    const bool alone = size == 1;
    const bool behind = hit.begin >= figure_.extent.end;
    if (alone && !near && (behind || distance(hit, figure_.extent) > kFarMax)) return;
    Progress& progress = progress_of(clue);
    if (clue.place == 0) progress = {clue.measure, clue.group};
    if (clue.place != progress.next) return;
    const auto length = static_cast<std::int32_t>(hit.end - hit.begin);
    progress.near = progress.near || near;
    // Of what did not happen, the last word is the thing: 未发生行政诉讼败诉.
    const bool is_thing = figure_.says_none && hit.end == figure_.extent.end;
    if (is_thing) progress.score += kNearWeight * kThingBonus;
    progress.score += length * (near ? kNearWeight : alone ? 1 : kNearWeight / 2);
    if (++progress.next != size) return;
    const auto far = static_cast<std::int32_t>(distance(hit, figure_.extent)) / kDistanceWeight;
    const std::int32_t score = std::max(progress.score - std::min(far, 6), 1);
    if ((!alone && !progress.near) || score < best_score_) return;
    best_ = {static_cast<std::int32_t>(clue.measure), progress.near};
    best_score_ = score;
}

MeasureMatch MeasureSearch::best_of(std::span<const text::WordHit> hits) {
    for (const text::WordHit& hit : hits) {
        const bool near = hit.end > context_.near.begin && hit.begin < context_.near.end;
        for (const MeasureClue& clue : lexicon_.clues(hit.word)) {
            if (clue.is_not && near) excluded_.push_back(clue.measure);
        }
    }
    for (const text::WordHit& hit : hits) {
        for (const MeasureClue& clue : lexicon_.clues(hit.word)) {
            if (!clue.is_not && fits(clue)) meet(hit, clue);
        }
    }
    return best_;
}

bool joins_list(std::u32string_view between) {
    for (const std::u32string_view word : {U"、", U"和", U"与", U"及", U"以及"}) {
        if (between == word) return true;
    }
    return false;
}

// Words of measures of shares in the clause before the figure, none inside another.
std::vector<text::WordHit> share_words(const Figure& figure, const FigureContext& context,
                                       const FigureMarks& marks, const Lexicon& lexicon) {
    std::vector<text::WordHit> out;
    for (const text::WordHit& hit : marks.measures.in({context.near.begin, figure.extent.begin})) {
        const auto& clues = lexicon.clues(hit.word);
        const bool of_share = std::any_of(clues.begin(), clues.end(), [&](const MeasureClue& clue) {
            const auto& measure = lexicon.definitions().measure_words()[clue.measure];
            return !clue.is_not && measure.words[clue.group].size() == 1 && has_unit(measure, "%");
        });
        if (!of_share || (!out.empty() && out.back().end >= hit.end)) continue;
        if (!out.empty() && out.back().begin == hit.begin) out.pop_back();
        out.push_back(hit);
    }
    return out;
}

std::int32_t share_measure(const text::WordHit& hit, const Lexicon& lexicon) {
    for (const MeasureClue& clue : lexicon.clues(hit.word)) {
        const auto& measure = lexicon.definitions().measure_words()[clue.measure];
        if (!clue.is_not && measure.words[clue.group].size() == 1 && has_unit(measure, "%"))
            return static_cast<std::int32_t>(clue.measure);
    }
    return -1;
}

}  // namespace

MeasureMatch measure_of(const Figure& figure, const FigureContext& context,
                        const FigureMarks& marks, const Lexicon& lexicon, UnitRule rule) {
    const Extent around{context.sentence.begin, std::max(context.clause.end, figure.extent.end)};
    return MeasureSearch(figure, context, lexicon, rule).best_of(marks.measures.in(around));
}

std::vector<std::int32_t> measures_sharing(const Prose& prose, const Figure& figure,
                                           const FigureContext& context, const FigureMarks& marks,
                                           const Lexicon& lexicon) {
    if (figure.unit != "%") return {};
    const auto hits = share_words(figure, context, marks, lexicon);
    std::vector<std::int32_t> out;
    for (std::size_t i = hits.size(); i-- > 0;) {
        const bool joined =
            i + 1 == hits.size() || joins_list(prose.view({hits[i].end, hits[i + 1].begin}));
        if (!joined) break;
        out.insert(out.begin(), share_measure(hits[i], lexicon));
    }
    return out.size() > 1 ? out : std::vector<std::int32_t>();
}

}  // namespace fazhi::review
