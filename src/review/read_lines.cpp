#include "review/read_lines.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "document/characters.h"

namespace fazhi::review {

namespace {

constexpr std::size_t kWindow = 8;  // lines before and behind that show the margins
constexpr double kIndent = 2;       // em: of a paragraph's first line
constexpr double kSetIn = 1.4;      // em: less is the ragged edge of a scan or a hanging mark
constexpr double kSlack = 1.1;      // em: what justification and spaces since lost move an edge
constexpr double kSameSize = 0.1;   // of the larger
constexpr double kWidestPage = 80;  // em: longer lines are paragraphs of their own

constexpr std::u32string_view kSentenceEnds = U"。！？；：!?;:”’」』…";
constexpr std::u32string_view kNumerals = U"一二三四五六七八九十百零〇两";

bool is_among(std::u32string_view characters, char32_t c) {
    return characters.find(c) != std::u32string_view::npos;
}

std::u32string_view without_margins(std::u32string_view line) {
    while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
    while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
    return line;
}

bool is_word_character(char32_t c) {
    return is_digit(c) || (c < 0x80 && !is_space(c)) || (c >= U'Ａ' && c <= U'ｚ');
}

// What cannot be parted at the beginning of a line, in em: a word, or a character with the marks
// that may not begin a line.
double first_unit(const SourceLine& line) {
    double width = 0;
    bool of_word = false;
    bool begun = false;
    for (const auto& [c, spot] : line.text) {
        if (is_space(c)) {
            if (begun) break;
            continue;
        }
        const bool goes_on =
            !begun || (of_word && is_word_character(c)) || document::may_not_begin(c);
        if (!goes_on) break;
        if (!begun) of_word = is_word_character(c);
        begun = true;
        width += document::is_full_width(c) ? 1 : 0.5;
    }
    return width;
}

char32_t last_seen(const PlacedText& text) {
    for (auto each = text.rbegin(); each != text.rend(); ++each) {
        if (!is_space(each->character)) return each->character;
    }
    return 0;
}

// Marks at the end of a line may hang over the margin.
double right_of(const SourceLine& line) {
    const bool hangs = document::may_not_begin(last_seen(line.text));
    return hangs ? line.right - line.em : line.right;
}

bool same_size(const SourceLine& a, const SourceLine& b) {
    return std::abs(a.em - b.em) <= kSameSize * std::max(a.em, b.em);
}

bool stands_over(const SourceLine& a, const SourceLine& b) {
    return std::min(a.right, b.right) > std::max(a.left, b.left);
}

std::uint32_t page_of(const SourceLine& line) {
    return line.text.empty() ? 0 : line.text.front().spot.page;
}

struct Margins {
    double left = 0;
    double right = 0;
};

class Paragraphs {
public:
    explicit Paragraphs(const std::vector<SourceLine>& lines) : lines_(lines) {
        for (std::size_t i = 0; i < lines_.size(); ++i) margins_.push_back(margins_at(i));
        body_em_ = commonest_em();
        gaps_say_nothing_ = are_all_apart();
        are_broken_ = seem_broken();
        for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
            if (is_apart(i + 1) || is_set_in(i + 1)) shows_beginnings_ = true;
        }
    }

    std::vector<PlacedText> joined() {
        std::vector<PlacedText> out;
        bool begins = true;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (begins) {
                out.push_back(lines_[i].text);
            } else {
                const Spot last = out.back().empty() ? Spot{} : out.back().back().spot;
                out.back().push_back({U'\n', {last.page, last.line, last.offset + 1}});
                append(out.back(), lines_[i].text);
            }
            begins = i + 1 < lines_.size() && !goes_on(i, begins);
        }
        return out;
    }

private:
    // Of most characters.
    double commonest_em() const {
        std::map<long, std::size_t> characters;  // by em in tenths
        for (const SourceLine& line : lines_) {
            characters[std::lround(line.em * 10)] += line.text.size();
        }
        const auto most =
            std::max_element(characters.begin(), characters.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; });
        return most == characters.end() ? 1 : static_cast<double>(most->first) / 10;
    }

    // Pages may be set differently, but a page of few lines does not show how it is set.
    Margins margins_at(std::size_t at) const {
        constexpr std::size_t kShowing = 3;
        std::size_t found = 0;
        const Margins own = margins_near(at, /*same_page=*/true, found);
        return found >= kShowing ? own : margins_near(at, /*same_page=*/false, found);
    }

    Margins margins_near(std::size_t at, bool same_page, std::size_t& found) const {
        Margins out{lines_[at].left, right_of(lines_[at])};
        const std::size_t first = at < kWindow ? 0 : at - kWindow;
        const std::size_t last = std::min(lines_.size(), at + kWindow + 1);
        for (std::size_t i = first; i < last; ++i) {
            if (!same_size(lines_[i], lines_[at]) || !stands_over(lines_[i], lines_[at])) continue;
            if (same_page && page_of(lines_[i]) != page_of(lines_[at])) continue;
            ++found;
            out.left = std::min(out.left, lines_[i].left);
            out.right = std::max(out.right, right_of(lines_[i]));
        }
        return out;
    }

    // `lost`: by how much the line was set in before the file was made from another, in em.
    bool is_full(std::size_t at, double lost = 0) const {
        const SourceLine& line = lines_[at];
        if (margins_[at].right - margins_[at].left > kWidestPage * line.em) return false;
        const double unit = at + 1 < lines_.size() ? first_unit(lines_[at + 1]) : 1;
        const double reach = line.right + (std::max(1.0, unit) + lost) * line.em;
        return reach >= margins_[at].right - kSlack * line.em + line.em;
    }

    bool is_apart(std::size_t at) const { return lines_[at].after_gap && !gaps_say_nothing_; }

    // A file made from a PDF may hold a blank line behind every line.
    bool are_all_apart() const {
        constexpr std::size_t kTelling = 8;
        if (lines_.size() < kTelling) return false;
        const auto apart = std::count_if(lines_.begin() + 1, lines_.end(),
                                         [](const SourceLine& line) { return line.after_gap; });
        const Fullness all = fullness(/*over_gaps=*/true);
        return static_cast<std::size_t>(apart) * 5 >= lines_.size() * 4 &&
               all.full * 4 >= lines_.size() && all.amid * 2 >= all.full;
    }

    bool is_set_in(std::size_t at) const {
        return lines_[at].left > margins_[at].left + kSetIn * lines_[at].em;
    }

    // Of a title in large type that takes several lines, each in the middle under the other.
    bool is_title_line(std::size_t at) const {
        const SourceLine& line = lines_[at];
        const SourceLine& next = lines_[at + 1];
        if (line.em <= body_em_ * (1 + kSameSize)) return false;
        const double moved = (line.left + line.right - next.left - next.right) / 2;
        return std::abs(moved) <= line.em;
    }

    // Lines that are full, and those among them that end in the middle of a sentence.
    struct Fullness {
        std::size_t full = 0;
        std::size_t amid = 0;
    };
    Fullness fullness(bool over_gaps) const {
        Fullness out;
        for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
            if ((lines_[i + 1].after_gap && !over_gaps) || !is_full(i) || is_alone(i)) continue;
            ++out.full;
            if (!is_among(kSentenceEnds, last_seen(lines_[i].text))) ++out.amid;
        }
        return out;
    }

    // A file whose author broke no line has full lines only where two happen to be the longest, and
    // those end with a sentence.
    bool seem_broken() const {
        const Fullness found = fullness(gaps_say_nothing_);
        return found.full > 0 && found.amid * 2 >= found.full;
    }

    // No other line near by tells where the right margin is.
    bool is_alone(std::size_t at) const {
        const bool has_previous = at > 0 && stands_over(lines_[at - 1], lines_[at]) &&
                                  same_size(lines_[at - 1], lines_[at]);
        const double width = lines_[at].right - lines_[at].left;
        return !has_previous && width < 20 * lines_[at].em;
    }

    // `begins`: the line is the first of its paragraph.
    bool goes_on(std::size_t at, bool begins) const {
        const SourceLine& line = lines_[at];
        const SourceLine& next = lines_[at + 1];
        if (!are_broken_ || is_apart(at + 1) || !same_size(line, next)) return false;
        if (is_title_line(at)) return true;
        const double lost = begins && !shows_beginnings_ ? kIndent : 0;
        if (is_set_in(at + 1) || !is_full(at, lost)) return false;
        const bool is_numbered = begins_with_number(characters_of(next.text));
        if (!is_among(kSentenceEnds, last_seen(line.text)))
            return !(begins && is_numbered && begins_with_number(characters_of(line.text)));
        if (is_numbered) return false;
        return shows_beginnings_ || !seems_first(at + 1);
    }

    // Where beginnings were set in and no longer are, a first line falls short by as much.
    bool seems_first(std::size_t at) const { return !is_full(at) && is_full(at, kIndent); }

    const std::vector<SourceLine>& lines_;
    std::vector<Margins> margins_;
    double body_em_ = 1;
    bool gaps_say_nothing_ = false;
    bool are_broken_ = false;
    bool shows_beginnings_ = false;  // paragraphs are set in, or stand apart
};

// How many characters a run of numerals of either kind takes.
std::size_t numeral_length(std::u32string_view text) {
    std::size_t at = 0;
    while (at < text.size() && (is_digit(text[at]) || is_among(kNumerals, text[at]))) ++at;
    return at;
}

// 第一章, 第3条: what stands behind the numeral says of what.
bool is_counted_part(std::u32string_view text) {
    if (text.front() != U'第') return false;
    const std::size_t digits = numeral_length(text.substr(1));
    return digits > 0 && digits + 1 < text.size() && is_among(U"章节条款部编篇", text[digits + 1]);
}

bool is_bracketed_number(std::u32string_view text) {
    if (!is_among(U"（(", text.front())) return false;
    const std::size_t digits = numeral_length(text.substr(1));
    return digits > 0 && digits + 1 < text.size() && is_among(U"）)", text[digits + 1]);
}

std::u32string without_spaces(std::u32string_view line) {
    std::u32string out;
    for (const char32_t c : line) {
        if (!is_space(c)) out += c;
    }
    return out;
}

// Whether `line` is `before`, a number, `after`; the number cut off with them.
bool is_number_between(std::u32string_view line, std::u32string_view before,
                       std::u32string_view after) {
    if (line.size() <= before.size() + after.size() || line.size() > 12) return false;
    if (line.substr(0, before.size()) != before) return false;
    if (line.substr(line.size() - after.size()) != after) return false;
    line = line.substr(before.size(), line.size() - before.size() - after.size());
    return std::all_of(line.begin(), line.end(), is_digit);
}

// 第1页 共5页 and its kin: digits and nothing else but these words.
bool is_page_of_pages(std::u32string_view line) {
    constexpr std::u32string_view kWords = U"第页共,，/／";
    const bool all = std::all_of(line.begin(), line.end(),
                                 [&](char32_t c) { return is_digit(c) || is_among(kWords, c); });
    const bool has_digit = std::any_of(line.begin(), line.end(), is_digit);
    const bool has_word = is_among(U"第共", line.front()) || line.find(U'/') < line.size() ||
                          line.find(U'／') < line.size();
    return all && has_digit && has_word && is_among(U"页0123456789", line.back()) &&
           line.size() <= 14;
}

bool is_parted(const TextBlock& first, const TextBlock& rest) {
    constexpr std::size_t kLong = 60;   // no heading, no signature
    constexpr std::size_t kShort = 10;  // what is shorter may be either
    const bool are_prose = first.kind == BlockKind::Paragraph &&
                           rest.kind == BlockKind::Paragraph && first.text.size() >= kLong &&
                           rest.text.size() >= kShort;
    return are_prose && !is_among(kSentenceEnds, first.text.back()) &&
           is_among(kSentenceEnds, rest.text.back()) && !begins_with_number(rest.text);
}

}  // namespace

std::vector<PlacedText> joined_paragraphs(const std::vector<SourceLine>& lines) {
    return Paragraphs(lines).joined();
}

void join_parted(std::vector<TextBlock>& blocks) {
    std::vector<TextBlock> out;
    for (TextBlock& block : blocks) {
        if (out.empty() || !is_parted(out.back(), block)) {
            out.push_back(std::move(block));
            continue;
        }
        TextBlock& whole = out.back();
        const auto moved = static_cast<std::uint32_t>(whole.text.size());
        for (const SpotRun& run : block.runs) whole.runs.push_back({run.begin + moved, run.spot});
        whole.text += block.text;
    }
    blocks = std::move(out);
}

std::u32string characters_of(const PlacedText& text) {
    std::u32string out;
    out.reserve(text.size());
    for (const auto& [c, spot] : text) out += c;
    return out;
}

bool begins_with_number(std::u32string_view line) {
    line = without_margins(line);
    if (line.empty()) return false;
    if (line.front() >= U'①' && line.front() <= U'⑳') return true;
    if (is_counted_part(line) || is_bracketed_number(line)) return true;
    const std::size_t digits = numeral_length(line);
    if (digits == 0 || digits > 3 || digits >= line.size()) return false;
    const char32_t mark = line[digits];
    if (is_among(U"、．)）", mark)) return true;
    if (mark == U'.') return digits + 1 >= line.size() || !is_digit(line[digits + 1]);
    return mark == U'是' && is_among(kNumerals, line.front());
}

bool is_page_number(std::u32string_view line, Bare bare) {
    const std::u32string text = without_spaces(line);
    if (text.empty()) return false;
    for (const char32_t dash : {U'—', U'-', U'–', U'－', U'―', U'─', U'~', U'·', U'•'}) {
        const std::u32string one(1, dash);
        if (is_number_between(text, one, one)) return true;
        if (is_number_between(text, one + dash, one + dash)) return true;
    }
    if (is_page_of_pages(text)) return true;
    return bare == Bare::Yes && is_number_between(text, U"", U"") && text.size() <= 4;
}

}  // namespace fazhi::review
