// The strips of a document as they are being put together: what the parts of the layout share.
//
// Inner to this room. Lengths are points, x from the left edge of the text area.
#pragma once

#include <string>
#include <vector>

#include "document/flow.h"
#include "document/text_measure.h"

namespace fazhi::document {

// Where the lines of a paragraph stand within `width` points from `left`.
struct LineLook {
    double left = 0;
    double width = 0;
    double pitch = 0;  // height of a line
    Placing placing = Placing::Flush;
    Role role = Role::Paragraph;
};

class Composition {
public:
    explicit Composition(const TextMeasure& measure) : measure_(measure) {}

    void add(Box);
    void add_head(Box);                   // as a box, and repeated over the rows that follow
    [[nodiscard]] int last_head() const;  // index for Box::repeated_head
    void add_blank_lines(int lines, bool keeps_with_next);
    void start_page() { starts_page_ = true; }  // with the next box
    void keep_with_next(std::size_t boxes);     // the last ones added, spaces apart
    void set_foot(Box foot) { flow_.foot = std::move(foot); }
    [[nodiscard]] Flow take() { return std::move(flow_); }

    // Lines of a paragraph, one box each, on the grid.
    std::vector<Box> boxes_of(const std::vector<StyledText>&, const LineLook&);
    // One box of the given lines, from `top` on; sets its height.
    void set_lines(Box&, const std::vector<Line>&, const LineLook&, double top);
    // A line that stands at `left` whatever its width.
    PlacedText text_at(double left, double top, double pitch, const StyledText&);

    [[nodiscard]] std::vector<Line> lines_of(const std::vector<StyledText>&, const LineLook&) const;
    [[nodiscard]] double width_of(const StyledText&) const;

private:
    void place_line(Box&, const Line&, const LineLook&, double top) const;

    const TextMeasure& measure_;
    Flow flow_;
    int part_ = 0;
    bool starts_page_ = false;
};

// Runs in a paragraph of this style.
std::vector<StyledText> styled(const Runs&, const TextStyle&);

Box rule_box(double height, PlacedRule);

// The parts of a document, in order.
void compose_head(const Document&, Composition&);  // red head, title, number, addressee
void compose_table(const Table&, Composition&);
void compose_closing(const Document&, Composition&);  // annex list, signature, date, annotation
void compose_imprint(const Document&, Composition&);
void number_pages(const Document&, const TextMeasure&, std::vector<Page>&);

}  // namespace fazhi::document
