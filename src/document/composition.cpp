#include "document/composition.h"

#include <algorithm>

#include "document/page_setup.h"

namespace fazhi::document {

namespace {

// A Chinese glyph stands in its square with about this much above the baseline.
constexpr double kAscent = 0.88;

double baseline(double pitch, double size) {
    return (pitch - size) / 2 + kAscent * size;
}

double size_of(const Line& line) {
    double size = kNoteSize;
    for (const Piece& piece : line.pieces) size = std::max(size, piece.style.size);
    return size;
}

double offset(const Line& line, const LineLook& look) {
    switch (look.placing) {
        case Placing::Indented:
            return line.indent;
        case Placing::Flush:
            return line.indent;
        case Placing::Centred:
            return (look.width - line.width) / 2;
        case Placing::Right:
            return look.width - line.width;
    }
    return 0;
}

}  // namespace

void Composition::add(Box box) {
    box.starts_page = box.starts_page || starts_page_;
    starts_page_ = false;
    flow_.boxes.push_back(std::move(box));
}

void Composition::add_head(Box box) {
    flow_.heads.push_back(box);
    box.keeps_with_next = true;
    add(std::move(box));
}

int Composition::last_head() const {
    return static_cast<int>(flow_.heads.size()) - 1;
}

void Composition::add_blank_lines(int lines, bool keeps_with_next) {
    Box box;
    box.height = kLinePitch * lines;
    box.is_space = true;
    box.keeps_with_next = keeps_with_next;
    add(std::move(box));
}

void Composition::keep_with_next(std::size_t boxes) {
    for (auto box = flow_.boxes.rbegin(); box != flow_.boxes.rend() && boxes > 0; ++box) {
        box->keeps_with_next = true;
        if (!box->is_space) --boxes;
    }
}

std::vector<Line> Composition::lines_of(const std::vector<StyledText>& runs,
                                        const LineLook& look) const {
    const bool is_indented = look.placing == Placing::Indented;
    const double indent = is_indented && !runs.empty() ? 2 * runs.front().style.em : 0;
    const bool is_even = is_indented || look.placing == Placing::Flush;
    return break_lines(pieces_of(runs, measure_, look.width / 2), {look.width, indent, is_even});
}

std::vector<Box> Composition::boxes_of(const std::vector<StyledText>& runs, const LineLook& look) {
    std::vector<Box> boxes;
    ++part_;
    for (const Line& line : lines_of(runs, look)) {
        Box box;
        place_line(box, line, look, 0);
        boxes.push_back(std::move(box));
    }
    return boxes;
}

void Composition::set_lines(Box& box, const std::vector<Line>& lines, const LineLook& look,
                            double top) {
    ++part_;
    for (const Line& line : lines) {
        place_line(box, line, look, top);
        top += look.pitch;
    }
}

void Composition::place_line(Box& box, const Line& line, const LineLook& look, double top) const {
    const double x = look.left + offset(line, look);
    const double y = top + baseline(look.pitch, size_of(line));
    if (!line.pieces.empty()) box.items.texts.push_back({x, y, line.pieces, look.role, part_});
    box.height = std::max(box.height, top + look.pitch);
}

PlacedText Composition::text_at(double left, double top, double pitch, const StyledText& text) {
    ++part_;
    const double y = top + baseline(pitch, text.style.size);
    return {left, y, pieces_of({text}, measure_, kPageWidth), Role::Paragraph, part_};
}

double Composition::width_of(const StyledText& text) const {
    double width = 0;
    for (const Piece& piece : pieces_of({text}, measure_, kPageWidth)) width += piece.width;
    return width;
}

std::vector<StyledText> styled(const Runs& runs, const TextStyle& base) {
    std::vector<StyledText> texts;
    for (const Run& run : runs) {
        TextStyle style = base;
        switch (run.style) {
            case RunStyle::Plain:
                break;
            case RunStyle::Lead:
                style.face = Face::Kai;
                break;
            case RunStyle::Strong:
                style.face = Face::Hei;
                break;
            case RunStyle::Faint:
                style.ink = Ink::Grey;
                break;
        }
        texts.push_back({run.text, style});
    }
    return texts;
}

Box rule_box(double height, PlacedRule rule) {
    Box box;
    box.height = height;
    box.items.rules.push_back(rule);
    return box;
}

}  // namespace fazhi::document
