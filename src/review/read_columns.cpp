#include "review/read_columns.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace fazhi::review {

namespace {

constexpr std::size_t kRowsMin = 4;  // with text on both sides
constexpr double kGutterEm = 1;      // its least width
constexpr double kFull = 0.8;        // of a column's width: a line that reaches the other side
constexpr double kFullShare = 0.5;   // of the lines of each column
constexpr int kDepth = 2;            // columns within columns
constexpr double kFar = std::numeric_limits<double>::infinity();

struct Row {
    std::vector<PageWord> words;  // from left to right
    double top = 0;
    double bottom = 0;
};

struct Gutter {
    double left = -kFar;
    double right = kFar;
    [[nodiscard]] double width() const { return right - left; }
};

// Which rows have columns, and where their gutter is.
struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
    Gutter gutter;
};

std::vector<Row> rows_of(std::vector<PageWord> words) {
    std::stable_sort(words.begin(), words.end(),
                     [](const PageWord& a, const PageWord& b) { return a.top < b.top; });
    std::vector<Row> out;
    for (PageWord& word : words) {
        const double middle = (word.top + word.bottom) / 2;
        if (out.empty() || middle > out.back().bottom) {
            out.push_back({{}, word.top, word.bottom});
        }
        Row& row = out.back();
        // What reaches far down does not draw the next rows in.
        if (row.words.empty()) row.bottom = word.bottom;
        row.words.push_back(std::move(word));
    }
    for (Row& row : out) {
        std::stable_sort(row.words.begin(), row.words.end(),
                         [](const PageWord& a, const PageWord& b) { return a.left < b.left; });
    }
    return out;
}

double em_of(const Row& row) {
    return row.words.empty() ? 1 : std::max(row.words.front().em, 1.0);
}

// The gap of the row that lies in `within`, the widest; the margins of the row are gaps too.
std::optional<Gutter> gap_in(const Row& row, const Gutter& within) {
    Gutter best{0, 0};
    double right = -kFar;
    const auto offer = [&](double begin, double end) {
        const Gutter gap{std::max(begin, within.left), std::min(end, within.right)};
        if (gap.width() > best.width()) best = gap;
    };
    for (const PageWord& word : row.words) {
        offer(right, word.left);
        right = std::max(right, word.right);
    }
    offer(right, kFar);
    if (best.width() < kGutterEm * em_of(row)) return std::nullopt;
    return best;
}

bool has_both_sides(const Row& row, const Gutter& gutter) {
    return row.words.front().left < gutter.left && row.words.back().right > gutter.right;
}

// The inner gaps of a row, each the beginning of what may be a gutter.
std::vector<Gutter> inner_gaps(const Row& row) {
    std::vector<Gutter> out;
    double right = row.words.front().right;
    for (const PageWord& word : row.words) {
        if (word.left - right >= kGutterEm * em_of(row)) out.push_back({right, word.left});
        right = std::max(right, word.right);
    }
    return out;
}

Stretch stretch_from(const std::vector<Row>& rows, std::size_t begin, Gutter gutter) {
    Stretch out{begin, begin + 1, gutter};
    for (std::size_t at = begin + 1; at < rows.size(); ++at) {
        const auto gap = gap_in(rows[at], out.gutter);
        if (!gap) break;
        // One column may be longer, but what stands apart below both is of the page again.
        const Row& above = rows[at - 1];
        const bool is_apart = rows[at].top - above.bottom > 2 * (above.bottom - above.top);
        if (is_apart && !has_both_sides(rows[at], *gap)) break;
        out.gutter = *gap;
        out.end = at + 1;
    }
    return out;
}

struct Side {
    double left = kFar;
    double right = -kFar;
    std::vector<double> widths;  // of its lines

    void add(double begin, double end) {
        left = std::min(left, begin);
        right = std::max(right, end);
        widths.push_back(end - begin);
    }
    [[nodiscard]] bool is_text() const {
        const auto full = std::count_if(widths.begin(), widths.end(), [this](double width) {
            return width >= kFull * (right - left);
        });
        return widths.size() >= kRowsMin &&
               static_cast<double>(full) >= kFullShare * static_cast<double>(widths.size());
    }
};

bool are_columns(const std::vector<Row>& rows, const Stretch& stretch) {
    Side left;
    Side right;
    for (std::size_t at = stretch.begin; at < stretch.end; ++at) {
        Side row_left;
        Side row_right;
        for (const PageWord& word : rows[at].words) {
            (word.right <= stretch.gutter.left ? row_left : row_right).add(word.left, word.right);
        }
        if (!row_left.widths.empty()) left.add(row_left.left, row_left.right);
        if (!row_right.widths.empty()) right.add(row_right.left, row_right.right);
    }
    return left.is_text() && right.is_text();
}

std::optional<Stretch> columns_at(const std::vector<Row>& rows, std::size_t begin) {
    std::optional<Stretch> best;
    for (const Gutter& gap : inner_gaps(rows[begin])) {
        const Stretch stretch = stretch_from(rows, begin, gap);
        const bool is_longer = !best || stretch.end > best->end;
        if (is_longer && are_columns(rows, stretch)) best = stretch;
    }
    return best;
}

void take(std::vector<PageWord>& out, std::vector<PageWord> words) {
    out.insert(out.end(), std::make_move_iterator(words.begin()),
               std::make_move_iterator(words.end()));
}

std::vector<PageWord> ordered(std::vector<PageWord> words, int depth) {
    const std::vector<PageWord> as_given = words;
    const std::vector<Row> rows = rows_of(std::move(words));
    std::vector<PageWord> out;
    bool has_columns = false;
    for (std::size_t at = 0; at < rows.size();) {
        const auto stretch = columns_at(rows, at);
        if (!stretch) {
            take(out, rows[at++].words);
            continue;
        }
        has_columns = true;
        std::vector<PageWord> left;
        std::vector<PageWord> right;
        for (; at < stretch->end; ++at) {
            for (const PageWord& word : rows[at].words) {
                (word.right <= stretch->gutter.left ? left : right).push_back(word);
            }
        }
        take(out, depth > 1 ? ordered(std::move(left), depth - 1) : std::move(left));
        take(out, depth > 1 ? ordered(std::move(right), depth - 1) : std::move(right));
    }
    return has_columns ? out : as_given;
}

}  // namespace

std::vector<PageWord> in_reading_order(std::vector<PageWord> words) {
    return ordered(std::move(words), kDepth);
}

}  // namespace fazhi::review
