#include "review/read_pages.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "document/characters.h"
#include "review/read_columns.h"
#include "review/read_lines.h"

namespace fazhi::review {

namespace {

constexpr double kSpaceEm = 0.5;
constexpr double kGapEm = 0.3;       // more between two words is a space
constexpr double kWiderPitch = 1.6;  // of the usual: a gap between two lines
constexpr std::size_t kSpacesMax = 40;
constexpr double kMargin = 0.14;  // of the page's height, above and below: where heads stand
constexpr std::size_t kHeadLines = 3;

struct PageLine {
    SourceLine line;
    std::uint32_t page = 1;
    double top = 0;
    double bottom = 0;
    int rotation = 0;
    std::uint32_t known = 0;  // PageWord::line
    bool is_left_out = false;
};

// How far a full character reaches for each unit of the size that the file says: programs scale
// pages after they have set the type. 1 where few words tell.
double true_size(const std::vector<PageWord>& words) {
    constexpr std::size_t kTelling = 5;
    std::vector<double> scales;
    for (const PageWord& word : words) {
        const bool full = std::all_of(word.text.begin(), word.text.end(), document::is_full_width);
        if (!full || word.text.empty() || word.em <= 0 || word.line != 0) continue;
        scales.push_back((word.right - word.left) / static_cast<double>(word.text.size()) /
                         word.em);
    }
    if (scales.size() < kTelling) return 1;
    const auto middle = scales.begin() + static_cast<std::ptrdiff_t>(scales.size() / 2);
    std::nth_element(scales.begin(), middle, scales.end());
    return *middle > 0 ? *middle : 1;
}

// Boxes as high as the type, around the middle of what the font claims, so that lines do not reach
// into one another.
std::vector<PageWord> settled(std::vector<PageWord> words) {
    const double scale = true_size(words);
    for (PageWord& word : words) {
        word.em *= scale;
        const double middle = (word.top + word.bottom) / 2;
        const double half = std::min(word.bottom - word.top, word.em) / 2;
        word.top = middle - half;
        word.bottom = middle + half;
    }
    return words;
}

bool goes_on(const PageLine& line, const PageWord& word) {
    if (line.rotation != word.rotation || line.known != word.line) return false;
    if (line.known != 0) return true;
    const double overlap = std::min(line.bottom, word.bottom) - std::max(line.top, word.top);
    const double lower = std::min(line.bottom - line.top, word.bottom - word.top);
    return overlap >= lower / 2 && word.left >= line.line.right - line.line.em;
}

void add_word(PageLine& line, const PageWord& word, bool space_before) {
    const double gap = word.left - line.line.right;
    const double em = std::max(line.line.em, 1.0);
    std::size_t spaces = space_before ? 1 : 0;
    if (gap > kGapEm * em) {
        spaces = std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(gap / em / kSpaceEm)),
                                         1, kSpacesMax);
    }
    Spot next = line.line.text.back().spot;
    ++next.offset;
    append(line.line.text, std::u32string(spaces, U' ') + word.text, next);
    line.line.right = std::max(line.line.right, word.right);
    line.line.em = std::max(line.line.em, word.em);
    line.top = std::min(line.top, word.top);
    line.bottom = std::max(line.bottom, word.bottom);
}

std::vector<PageLine> lines_of(const Page& page) {
    std::vector<PageLine> out;
    bool space_before = false;
    for (const PageWord& word : in_reading_order(settled(page.words))) {
        if (word.text.empty()) continue;
        if (!out.empty() && goes_on(out.back(), word)) {
            add_word(out.back(), word, space_before);
        } else {
            PageLine line;
            const auto number = static_cast<std::uint32_t>(out.size() + 1);
            line.line.text = placed(word.text, {page.number, number, 0});
            line.line.left = word.left;
            line.line.right = word.right;
            line.line.em = word.em;
            line.page = page.number;
            line.top = word.top;
            line.bottom = word.bottom;
            line.rotation = word.rotation;
            line.known = word.line;
            out.push_back(std::move(line));
        }
        space_before = word.space_after;
    }
    return out;
}

// The same on every page but for its number.
std::u32string head_form(const PageLine& line) {
    std::u32string out;
    for (const auto& [c, spot] : line.line.text) {
        if (is_space(c)) continue;
        if (is_digit(c)) {
            if (out.empty() || out.back() != U'#') out += U'#';
        } else {
            out += c;
        }
    }
    return out;
}

// The lines that may be heads or feet: the outermost in the margins.
class PageMargins {
public:
    PageMargins(const Page& page, std::vector<PageLine*> lines) : height_(page.height) {
        std::sort(lines.begin(), lines.end(),
                  [](const PageLine* a, const PageLine* b) { return a->top < b->top; });
        const std::size_t count = std::min(kHeadLines, lines.size());
        for (std::size_t i = 0; i < count; ++i) {
            PageLine* upper = lines[i];
            PageLine* lower = lines[lines.size() - 1 - i];
            if (upper->bottom < height_ * kMargin) outer_.push_back(upper);
            if (lower->top > height_ * (1 - kMargin)) outer_.push_back(lower);
        }
    }
    [[nodiscard]] const std::vector<PageLine*>& outer() const { return outer_; }

private:
    double height_;
    std::vector<PageLine*> outer_;
};

// Heads stand on every page or on every other one; two pages may share a line by chance only where
// it is no margin's.
void leave_out_heads(const std::vector<Page>& pages, std::vector<std::vector<PageLine>>& lines) {
    std::vector<PageMargins> margins;
    std::map<std::u32string, std::size_t> pages_with;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        std::vector<PageLine*> of_page;
        for (PageLine& line : lines[i]) of_page.push_back(&line);
        margins.emplace_back(pages[i], std::move(of_page));
        std::vector<std::u32string> forms;
        for (const PageLine* line : margins.back().outer()) forms.push_back(head_form(*line));
        std::sort(forms.begin(), forms.end());
        forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
        for (const std::u32string& form : forms) ++pages_with[form];
    }
    const std::size_t enough = std::max<std::size_t>(2, pages.size() * 2 / 5);
    for (const PageMargins& margin : margins) {
        for (PageLine* line : margin.outer()) {
            const bool repeats = pages_with.at(head_form(*line)) >= enough;
            const bool is_number = is_page_number(characters_of(line->line.text), Bare::Yes);
            if (repeats || is_number) line->is_left_out = true;
        }
    }
}

bool is_same_column(const PageLine& above, const PageLine& below) {
    return above.page == below.page && below.top > above.top &&
           std::min(above.line.right, below.line.right) >
               std::max(above.line.left, below.line.left);
}

// From line to line, in em of the type; the usual one is the middle one.
std::optional<double> usual_pitch(const std::vector<PageLine>& lines) {
    std::vector<double> pitches;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        const bool same = std::abs(lines[i].line.em - lines[i + 1].line.em) < 0.5;
        if (same && is_same_column(lines[i], lines[i + 1])) {
            pitches.push_back((lines[i + 1].top - lines[i].top) / std::max(lines[i].line.em, 1.0));
        }
    }
    if (pitches.empty()) return std::nullopt;
    const auto middle = pitches.begin() + static_cast<std::ptrdiff_t>(pitches.size() / 2);
    std::nth_element(pitches.begin(), middle, pitches.end());
    return *middle;
}

void mark_gaps(std::vector<PageLine>& lines) {
    const auto pitch = usual_pitch(lines);
    if (!pitch) return;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        if (!is_same_column(lines[i], lines[i + 1])) continue;
        const double apart = lines[i + 1].top - lines[i].top;
        const double usual = *pitch * std::max(lines[i].line.em, lines[i + 1].line.em);
        lines[i + 1].line.after_gap = apart > kWiderPitch * usual;
    }
}

}  // namespace

void append_pages(const std::vector<Page>& pages, SourceText& out) {
    std::vector<std::vector<PageLine>> by_page;
    for (const Page& page : pages) by_page.push_back(lines_of(page));
    leave_out_heads(pages, by_page);
    std::vector<PageLine> kept;
    for (std::vector<PageLine>& lines : by_page) {
        for (PageLine& line : lines) {
            if (!line.is_left_out) kept.push_back(std::move(line));
        }
    }
    mark_gaps(kept);
    std::vector<SourceLine> lines;
    for (PageLine& line : kept) lines.push_back(std::move(line.line));
    for (const PlacedText& paragraph : joined_paragraphs(lines)) {
        TextBlock block = block_of(BlockKind::Paragraph, 0, paragraph);
        if (!block.text.empty()) out.blocks.push_back(std::move(block));
    }
}

}  // namespace fazhi::review
