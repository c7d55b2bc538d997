#include "document/line_break.h"

#include <algorithm>
#include <cmath>

#include "document/characters.h"
#include "document/clean_text.h"

namespace fazhi::document {

namespace {

constexpr double kTolerance = 0.01;   // points
constexpr double kSqueeze = 0.03;     // ems a gap may lose so that a closing mark still fits
constexpr double kStretchMost = 0.5;  // ems a gap may grow; beyond it the line stays ragged
constexpr double kHangingMark =
    0.5;  // ems of a closing mark that are white, and may leave the line

bool ends_in_digit(const Piece& piece) {
    return piece.kind == PieceKind::Word && piece.text.back() >= '0' && piece.text.back() <= '9';
}

bool scales_figure(char32_t c) {
    return std::u32string_view(U"百千万亿余多").find(c) != std::u32string_view::npos;
}

class PieceCutter {
public:
    PieceCutter(const TextMeasure& measure, double longest)
        : measure_(measure), longest_(longest) {}

    void add(const StyledText& run) {
        style_ = run.style;
        const std::u32string characters = code_points(run.text);
        for (std::size_t n = 0; n < characters.size(); ++n) {
            const char32_t c = characters[n];
            if (doubles(c) && n + 1 < characters.size() && characters[n + 1] == c) {
                add_wide(std::u32string(2, c));
                ++n;
            } else {
                add(c);
            }
        }
        end_word();
    }

    std::vector<Piece> take() { return std::move(pieces_); }

private:
    void add(char32_t c) {
        if (joins_previous(c)) {
            join(c);
        } else if (c == '\n') {
            end_word();
            pieces_.push_back({"\n", PieceKind::NewLine, style_});
        } else if (c == ' ' || c == '\t' || c == 0xA0) {
            end_word();
            const double width = measure_.width(" ", style_);
            pieces_.push_back({" ", PieceKind::Blank, style_, width, width});
        } else if (is_full_width(c)) {
            add_wide({c});
        } else {
            word_.push_back(c);
        }
    }

    void join(char32_t c) {
        if (word_.empty() && !pieces_.empty()) {
            append_utf8(pieces_.back().text, c);
        } else {
            word_.push_back(c);
        }
    }

    void add_wide(const std::u32string& text) {
        end_word();
        const bool after_figure = !pieces_.empty() && ends_in_digit(pieces_.back());
        const double width = style_.em * static_cast<double>(text.size());
        pieces_.push_back({utf8(text), PieceKind::Wide, style_, width, width,
                           !may_not_begin(text.front()), !may_not_end(text.back())});
        pieces_.back().clings = after_figure && scales_figure(text.front());
    }

    void end_word() {
        if (word_.empty()) return;
        const double width = measure_.width(utf8(word_), style_);
        if (width <= longest_) {
            add_word(word_, width);
        } else {
            for (const char32_t c : word_) {
                add_word({c}, measure_.width(utf8({&c, 1}), style_));
                pieces_.back().kind = PieceKind::Wide;  // It may end a line like any other.
            }
        }
        word_.clear();
    }

    void add_word(const std::u32string& word, double width) {
        pieces_.push_back({utf8(word), PieceKind::Word, style_, width, width,
                           !may_not_begin(word.front()), !may_not_end(word.back())});
    }

    const TextMeasure& measure_;
    double longest_;
    TextStyle style_;
    std::u32string word_;
    std::vector<Piece> pieces_;
};

class LineBreaker {
public:
    LineBreaker(const std::vector<Piece>& pieces, const LineShape& shape)
        : pieces_(pieces), shape_(shape) {}

    std::vector<Line> run() {
        std::size_t first = 0;
        do {
            const double indent = lines_.empty() ? shape_.first_indent : 0;
            room_ = shape_.width - indent;
            const std::size_t end = line_end(first);
            add_line(first, end, indent);
            first = next_start(end);
        } while (first < pieces_.size());
        return std::move(lines_);
    }

private:
    [[nodiscard]] const Piece& at(std::size_t n) const { return pieces_[n]; }

    [[nodiscard]] bool may_break_before(std::size_t n) const {
        if (at(n - 1).kind == PieceKind::Blank) return at(n).may_begin;
        const bool inside_word = at(n).kind == PieceKind::Word && at(n - 1).kind == PieceKind::Word;
        return !inside_word && !at(n).clings && at(n).may_begin && at(n - 1).may_end;
    }

    // One past the last piece of the line that starts at `first`.
    [[nodiscard]] std::size_t line_end(std::size_t first) const {
        double width = 0;
        for (std::size_t n = first; n < pieces_.size(); ++n) {
            if (at(n).kind == PieceKind::NewLine) return n;
            width += at(n).width;
            const bool is_over = width > room_ + kTolerance && at(n).kind != PieceKind::Blank;
            if (is_over && n > first) return pull_in_or_push_out(first, n, width);
        }
        return pieces_.size();
    }

    // `over` is the first piece that does not fit; `width` is the line's with it.
    [[nodiscard]] std::size_t pull_in_or_push_out(std::size_t first, std::size_t over,
                                                  double width) const {
        std::size_t end = over;
        double pulled = width - at(over).width;
        while (end < pieces_.size() && !at(end).may_begin && at(end).kind == PieceKind::Wide) {
            pulled += at(end).width;
            ++end;
        }
        if (end > over) {
            const double hanging = at(end - 1).width * kHangingMark;
            const double gaps = static_cast<double>(end - 1 - first);
            const bool holds = pulled - hanging - room_ <= gaps * kSqueeze * at(first).style.em;
            const bool breaks = end == pieces_.size() || at(end).kind == PieceKind::NewLine ||
                                may_break_before(end);
            if (holds && breaks) return end;
        }
        for (std::size_t n = over; n > first; --n) {
            if (n < pieces_.size() && may_break_before(n)) return n;
        }
        return over;
    }

    [[nodiscard]] std::size_t next_start(std::size_t end) const {
        if (end < pieces_.size() && at(end).kind == PieceKind::NewLine) return end + 1;
        while (end < pieces_.size() && at(end).kind == PieceKind::Blank) ++end;
        return end;
    }

    void add_line(std::size_t first, std::size_t end, double indent) {
        const bool is_last = end >= pieces_.size() || at(end).kind == PieceKind::NewLine;
        while (end > first && at(end - 1).kind == PieceKind::Blank) --end;
        Line line;
        line.indent = indent;
        for (std::size_t n = first; n < end; ++n) line.pieces.push_back(at(n));
        for (const Piece& piece : line.pieces) line.width += piece.width;
        if (shape_.even) even_out(line, is_last);
        lines_.push_back(std::move(line));
    }

    void even_out(Line& line, bool is_last) const {
        if (line.pieces.size() < 2) return;
        const Piece& last = line.pieces.back();
        double missing = room_ - line.width;
        if (missing < -kTolerance && !last.may_begin) missing += last.width * kHangingMark;
        const double gaps = static_cast<double>(line.pieces.size() - 1);
        const double each = missing / gaps;
        if (is_last && each > 0) return;
        if (each > kStretchMost * last.style.em) return;
        for (std::size_t n = 0; n + 1 < line.pieces.size(); ++n) line.pieces[n].advance += each;
        line.width += missing;
    }

    const std::vector<Piece>& pieces_;
    const LineShape& shape_;
    double room_ = 0;
    std::vector<Line> lines_;
};

std::vector<std::string> split_at_line_feeds(std::string_view text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back().push_back(c);
        }
    }
    std::erase_if(lines, [](const std::string& line) { return line.empty(); });
    return lines;
}

}  // namespace

std::vector<Piece> pieces_of(const std::vector<StyledText>& runs, const TextMeasure& measure,
                             double longest) {
    PieceCutter cutter(measure, longest);
    for (const StyledText& run : runs) cutter.add(run);
    return cutter.take();
}

std::string Line::text() const {
    std::string text;
    for (const Piece& piece : pieces) text += piece.text;
    return text;
}

std::vector<Line> break_lines(const std::vector<Piece>& pieces, const LineShape& shape) {
    return LineBreaker(pieces, shape).run();
}

std::vector<std::string> title_lines(std::string_view title, double ems_in_line) {
    std::vector<std::string> given = split_at_line_feeds(title);
    const double ems = nominal_ems(title);
    if (given.size() > 1 || ems <= ems_in_line) return given;

    const std::size_t about = title.find("关于");
    if (about != std::string_view::npos && about > 0) {
        const std::string_view before = title.substr(0, about);
        const std::string_view after = title.substr(about);
        if (nominal_ems(before) <= ems_in_line && nominal_ems(after) <= ems_in_line) {
            return {std::string(before), std::string(after)};
        }
    }
    const NominalMeasure measure;
    const TextStyle style{Face::Title, 1, 1};
    const double like = std::ceil(ems / std::ceil(ems / ems_in_line));
    const auto pieces = pieces_of({{std::string(title), style}}, measure, ems_in_line);
    std::vector<std::string> lines;
    for (const Line& line : break_lines(pieces, {like, 0, false})) lines.push_back(line.text());
    return lines;
}

}  // namespace fazhi::document
