#include "review/figure_scan.h"

#include <algorithm>

#include "review/figure_table.h"

namespace fazhi::review {
namespace {

constexpr std::uint32_t kNameMax = 14;         // characters of a name in quotes
constexpr std::uint32_t kZeroOpeningMax = 12;  // how far into its clause 未发生 may stand
constexpr std::u32string_view kClauseEnds = U"，。；：、！？,;:!?\n）)”";
// 逐一, 统一, 每一次: 一 is no count behind these.
constexpr std::u32string_view kNotOneBehind = U"逐统单唯万第之每另同任进又某这那上下前后首";
constexpr std::u32string_view kDateMarks = U"年月日号时点";

// The extent, of those that do not overlap, that `inner` lies in; null: none.
const Extent* holder_of(const std::vector<Extent>& extents, Extent inner) {
    const auto next =
        std::upper_bound(extents.begin(), extents.end(), inner.begin,
                         [](std::uint32_t at, const Extent& each) { return at < each.begin; });
    if (next == extents.begin() || inner.end > std::prev(next)->end) return nullptr;
    return &*std::prev(next);
}

// A short quote the figure lies in.
bool is_quoted_name(const Prose& prose, Extent figure) {
    const Extent* quote = holder_of(prose.quotes(), figure);
    return quote != nullptr && quote->size() <= kNameMax;
}

class FigureScan {
public:
    FigureScan(const Prose& prose, const FigureMarks& marks, const Lexicon& lexicon)
        : prose_(prose),
          text_(prose.text()),
          marks_(marks),
          lexicon_(lexicon),
          tables_(prose, lexicon) {}

    std::vector<ScannedFigure> all() const;

private:
    [[nodiscard]] char32_t before(std::uint32_t at) const { return at > 0 ? text_[at - 1] : U'\n'; }
    [[nodiscard]] char32_t behind(std::uint32_t at) const {
        return at < text_.size() ? text_[at] : U'\n';
    }
    [[nodiscard]] bool counts(const text::RunningQuantity&) const;
    [[nodiscard]] bool counts_in_chinese(const text::RunningQuantity&) const;
    [[nodiscard]] bool is_named(const text::RunningQuantity&) const;
    [[nodiscard]] bool is_rule(Extent number) const;
    [[nodiscard]] Change change_of(const text::RunningQuantity&) const;
    [[nodiscard]] ScannedFigure scanned(const text::RunningQuantity&) const;
    void add_zero_openings(std::vector<ScannedFigure>&) const;
    void add_zero_words(std::vector<ScannedFigure>&) const;
    [[nodiscard]] std::string unit_before(std::uint32_t at) const;
    [[nodiscard]] std::string unit_behind_one(std::uint32_t at) const;

    const Prose& prose_;
    const std::u32string& text_;
    const FigureMarks& marks_;
    const Lexicon& lexicon_;
    const TableUnits tables_;
};

// 每季度召开一次: how often something is to be, in the same clause before the number.
bool FigureScan::is_rule(Extent number) const {
    const Extent clause = prose_.clause(number.begin);
    return marks_.frequencies.any_in({clause.begin, number.begin});
}

// Digits that are a name (a hotline's) count where a unit follows them: 8890件.
bool FigureScan::is_named(const text::RunningQuantity& quantity) const {
    const Extent number{quantity.number_begin, quantity.number_end};
    const bool digits = quantity.notation == text::Notation::Arabic;
    const auto same = marks_.named.in({number.begin, number.begin + 1});
    const bool is_all = std::any_of(
        same.begin(), same.end(), [&](const text::WordHit& hit) { return hit.end == number.end; });
    return !(digits && is_all) && marks_.named.covers(number);
}

bool FigureScan::counts_in_chinese(const text::RunningQuantity& quantity) const {
    const char32_t last = before(quantity.begin);
    const bool is_one =
        quantity.value == kFigureUnit && quantity.number_end - quantity.number_begin == 1;
    if (is_one)
        return !is_one_of(last, kNotOneBehind) && is_one_of(behind(quantity.end), kClauseEnds);
    // 百, 千 alone and 零 are words more often than counts.
    return quantity.value >= 2 * kFigureUnit && !is_one_of(last, U"第之每");
}

bool FigureScan::counts(const text::RunningQuantity& quantity) const {
    const Extent whole{quantity.begin, quantity.end};
    const Extent number{quantity.number_begin, quantity.number_end};
    const bool has_unit = quantity.unit_end > quantity.unit_begin || quantity.is_percent;
    if (!has_unit || is_one_of(behind(number.end), kDateMarks)) return false;
    const char32_t last = before(number.begin);
    const bool joined =
        (last < 0x7F && last > U' ' && !is_one_of(last, U"(:;,")) || is_one_of(last, U"第〔·");
    if (joined) return false;
    if (holder_of(prose_.titles(), whole) != nullptr || is_quoted_name(prose_, whole)) return false;
    if (is_named(quantity) || is_rule(number)) return false;
    const bool uncounted =
        !quantity.is_percent && lexicon_.uncounted.longest_at(text_, quantity.unit_end);
    if (uncounted) return false;
    return quantity.notation == text::Notation::Arabic || quantity.is_percent ||
           counts_in_chinese(quantity);
}

Change FigureScan::change_of(const text::RunningQuantity& quantity) const {
    const Extent clause = prose_.clause(quantity.begin);
    const std::uint32_t begin =
        std::max(clause.begin, quantity.begin > 12 ? quantity.begin - 12 : 0U);
    if (!marks_.changes.any_in({begin, quantity.begin})) return Change::None;
    const std::u32string_view said = prose_.view({begin, quantity.begin});
    const bool down = said.find_first_of(U"降减落") != std::u32string_view::npos;
    const bool up = said.find_first_of(U"增升高") != std::u32string_view::npos;
    if (down) return Change::Down;
    return up ? Change::Up : Change::None;
}

ScannedFigure FigureScan::scanned(const text::RunningQuantity& quantity) const {
    ScannedFigure out;
    Figure& figure = out.figure;
    figure.extent = {quantity.begin, quantity.end};
    figure.unit = quantity.is_percent ? "%" : prose_.utf8({quantity.unit_begin, quantity.unit_end});
    figure.value = quantity.value;
    figure.low = quantity.low;
    figure.high = quantity.high;
    figure.qualifier = quantity.qualifier;
    figure.change = change_of(quantity);
    out.notation = quantity.notation;
    out.loose = quantity.notation == text::Notation::Chinese && !quantity.is_percent &&
                lexicon_.loose_units.longest_at(text_, quantity.unit_begin).has_value();
    return out;
}

// 未发生…事件: from the opening to the end of a clause that ends with what did not happen.
void FigureScan::add_zero_openings(std::vector<ScannedFigure>& out) const {
    for (const text::WordHit& opening : marks_.zero_openings.hits()) {
        const Extent clause = prose_.clause(opening.begin);
        if (opening.begin - clause.begin > kZeroOpeningMax) continue;
        if (marks_.not_yet.any_in({clause.begin, opening.begin})) continue;
        const auto nouns = marks_.zero_nouns.in({opening.end, clause.end});
        const bool ends = std::any_of(nouns.begin(), nouns.end(), [&](const text::WordHit& noun) {
            return noun.end == clause.end || prose_.view({noun.end, clause.end}) == U"发生" ||
                   prose_.view({noun.end, clause.end}) == U"情况";
        });
        const std::string unit = unit_behind_one(opening.end);
        const bool repeated = !out.empty() && out.back().figure.extent.end == clause.end &&
                              out.back().figure.says_none;
        if ((!ends && unit.empty()) || repeated ||
            holder_of(prose_.titles(), {opening.begin, clause.end}) != nullptr)
            continue;
        ScannedFigure figure;
        figure.figure.extent = {opening.begin, clause.end};
        figure.figure.unit = unit;
        figure.figure.says_none = true;
        out.push_back(figure);
    }
}

// 件 of 无一件超期; "" where no 一 stands there.
std::string FigureScan::unit_behind_one(std::uint32_t at) const {
    if (behind(at) != U'一') return "";
    const auto unit = lexicon_.units.longest_at(text_, at + 1);
    return unit ? prose_.utf8({unit->begin, unit->end}) : "";
}

// 户“清零”: the thing counted stands before it.
std::string FigureScan::unit_before(std::uint32_t at) const {
    if (at > 0 && is_one_of(text_[at - 1], U"“\"")) --at;
    if (at == 0) return "";
    const auto unit = lexicon_.units.longest_at(text_, at - 1);
    return unit && unit->end == at ? prose_.utf8({unit->begin, unit->end}) : "";
}

void FigureScan::add_zero_words(std::vector<ScannedFigure>& out) const {
    for (const text::WordHit& word : marks_.zero_words.hits()) {
        const Extent clause = prose_.clause(word.begin);
        if (marks_.not_yet.any_in({clause.begin, word.begin})) continue;
        if (!is_one_of(behind(word.end), kClauseEnds)) continue;
        ScannedFigure figure;
        figure.figure.extent = {word.begin, word.end};
        figure.figure.unit = unit_before(word.begin);
        figure.figure.says_none = true;
        out.push_back(figure);
    }
}

std::vector<ScannedFigure> FigureScan::all() const {
    std::vector<ScannedFigure> out;
    for (const text::RunningQuantity& quantity : marks_.quantities) {
        if (counts(quantity)) {
            out.push_back(scanned(quantity));
            continue;
        }
        const std::string unit = tables_.unit_of({quantity.begin, quantity.end});
        if (unit.empty()) continue;
        out.push_back(scanned(quantity));
        out.back().figure.unit = unit;
    }
    add_zero_openings(out);
    add_zero_words(out);
    std::stable_sort(out.begin(), out.end(), [](const ScannedFigure& a, const ScannedFigure& b) {
        return a.figure.extent.begin < b.figure.extent.begin;
    });
    return out;
}

}  // namespace

FigureMarks::FigureMarks(const Prose& prose, const TextMarks& marks, const Lexicon& lexicon)
    : quantities(text::running_quantities(prose.text(), lexicon.units)),
      named(marks.of(MarkList::NamedNumbers)),
      frequencies(marks.of(MarkList::Frequencies)),
      changes(marks.of(MarkList::Changes)),
      not_yet(marks.of(MarkList::NotYet)),
      periods(marks.of(MarkList::Periods)),
      subjects(marks.of(MarkList::Subjects)),
      of_which(marks.of(MarkList::OfWhich)),
      compositions(marks.of(MarkList::Compositions)),
      measures(marks.of(MarkList::Measures)),
      zero_openings(marks.of(MarkList::ZeroOpenings)),
      zero_nouns(marks.of(MarkList::ZeroNouns)),
      zero_words(marks.of(MarkList::ZeroWords)) {}

std::vector<ScannedFigure> scanned_figures(const Prose& prose, const FigureMarks& marks,
                                           const Lexicon& lexicon) {
    return FigureScan(prose, marks, lexicon).all();
}

}  // namespace fazhi::review
