// Tables on paper: ruled all round, heads repeated, rows whole unless one is longer than a page can
// hold.
#include <algorithm>

#include "document/column_widths.h"
#include "document/composition.h"
#include "document/page_setup.h"

namespace fazhi::document {

namespace {

constexpr double kPadding = 4;     // points at either side of a cell
constexpr double kRowPadding = 3;  // above and below
constexpr double kRowPitch = 18;   // of a line in a cell
constexpr double kRule = 0.5;
constexpr std::size_t kRowLinesMost = 24;  // A longer row goes on in the next strip.
constexpr std::size_t kWideTable = 9;      // columns from which on the text is smaller

Placing placing_of(Alignment alignment) {
    switch (alignment) {
        case Alignment::Left:
            return Placing::Flush;
        case Alignment::Centre:
            return Placing::Centred;
        case Alignment::Right:
            return Placing::Right;
    }
    return Placing::Flush;
}

struct Column {
    double left = 0;
    double width = 0;
};

class TableComposer {
public:
    TableComposer(const Table& table, Composition& composition)
        : table_(table), composition_(composition) {
        const std::size_t count = column_count(table);
        size_ = count >= kWideTable ? kNoteSize : kTableSize;
        double left = 0;
        for (const double share : column_shares(table, kTextWidth / size_)) {
            columns_.push_back({left, share * kTextWidth});
            left += share * kTextWidth;
        }
    }

    void run() {
        if (columns_.empty()) return;
        add_title();
        if (!table_.header.empty()) {
            Box head;
            for (const Row& row : table_.header) append(head, strips(row, Face::Hei).front());
            composition_.add_head(std::move(head));
        }
        for (const Row& row : table_.rows) {
            for (Box& strip : strips(row, Face::FangSong)) {
                strip.repeated_head = table_.header.empty() ? -1 : composition_.last_head();
                composition_.add(std::move(strip));
            }
        }
        for (const std::string& note : table_.notes) add_note(note);
    }

private:
    void add_title() {
        if (table_.title.empty()) return;
        const TextStyle style{Face::Hei, kSmallSize, kSmallSize};
        const LineLook look{0, kTextWidth, kLinePitch, Placing::Centred};
        for (Box& box : composition_.boxes_of({{table_.title, style}}, look)) {
            box.keeps_with_next = true;
            composition_.add(std::move(box));
        }
    }

    void add_note(const std::string& note) {
        const TextStyle style{Face::FangSong, kNoteSize, kNoteSize};
        for (Box& box :
             composition_.boxes_of({{note, style}}, {0, kTextWidth, kRowPitch, Placing::Flush})) {
            box.on_grid = false;
            composition_.add(std::move(box));
        }
    }

    [[nodiscard]] LineLook look_of(std::size_t column, Face face) const {
        const Alignment alignment =
            face == Face::Hei ? Alignment::Centre : column_alignment(table_, column);
        const Column& place = columns_[column];
        return {place.left + kPadding, place.width - 2 * kPadding, kRowPitch,
                placing_of(alignment)};
    }

    // One row as boxes: one, unless its text is longer than kRowLinesMost lines.
    std::vector<Box> strips(const Row& row, Face face) {
        std::vector<std::vector<Line>> cells;
        std::size_t longest = 1;
        for (std::size_t n = 0; n < row.size(); ++n) {
            cells.push_back(
                composition_.lines_of(styled(row[n], {face, size_, size_}), look_of(n, face)));
            longest = std::max(longest, cells.back().size());
        }
        std::vector<Box> boxes;
        for (std::size_t first = 0; first < longest; first += kRowLinesMost) {
            const std::size_t lines = std::min(longest - first, kRowLinesMost);
            boxes.push_back(strip(cells, first, lines, face));
        }
        return boxes;
    }

    Box strip(const std::vector<std::vector<Line>>& cells, std::size_t first, std::size_t lines,
              Face face) {
        Box box;
        box.on_grid = false;
        const double height = static_cast<double>(lines) * kRowPitch + 2 * kRowPadding;
        for (std::size_t n = 0; n < cells.size(); ++n) {
            const std::size_t begin = std::min(first, cells[n].size());
            const std::size_t end = std::min(first + lines, cells[n].size());
            std::vector<Line> shown;
            for (std::size_t line = begin; line < end; ++line) shown.push_back(cells[n][line]);
            const double spare = static_cast<double>(lines - shown.size()) * kRowPitch / 2;
            composition_.set_lines(box, shown, look_of(n, face), kRowPadding + spare);
        }
        box.height = height;
        rule_round(box);
        return box;
    }

    void rule_round(Box& box) const {
        auto& rules = box.items.rules;
        rules.push_back({0, 0, kTextWidth, 0, kRule});
        rules.push_back({0, box.height, kTextWidth, box.height, kRule});
        for (const Column& column : columns_) {
            rules.push_back({column.left, 0, column.left, box.height, kRule});
        }
        rules.push_back({kTextWidth, 0, kTextWidth, box.height, kRule});
    }

    static void append(Box& head, Box row) {
        for (PlacedText& text : row.items.texts) {
            text.y += head.height;
            head.items.texts.push_back(std::move(text));
        }
        for (PlacedRule rule : row.items.rules) {
            rule.y1 += head.height;
            rule.y2 += head.height;
            head.items.rules.push_back(rule);
        }
        head.height += row.height;
        head.on_grid = false;
    }

    const Table& table_;
    Composition& composition_;
    double size_ = kTableSize;
    std::vector<Column> columns_;
};

}  // namespace

void compose_table(const Table& table, Composition& composition) {
    TableComposer(table, composition).run();
}

}  // namespace fazhi::document
