#include "document/flow.h"

#include <algorithm>
#include <cmath>

#include "document/page_setup.h"

namespace fazhi::document {

namespace {

constexpr double kTolerance = 0.01;

double next_grid_line(double y) {
    return std::ceil((y - kTolerance) / kLinePitch) * kLinePitch;
}

void place(const Page& items, double top, Page& page) {
    const double x = kMarginLeft;
    const double y = kMarginTop + top;
    for (PlacedText text : items.texts) {
        text.x += x;
        text.y += y;
        page.texts.push_back(std::move(text));
    }
    for (PlacedRule rule : items.rules) {
        rule.x1 += x;
        rule.x2 += x;
        rule.y1 += y;
        rule.y2 += y;
        page.rules.push_back(rule);
    }
    for (PlacedChart chart : items.charts) {
        chart.x += x;
        chart.y += y;
        page.charts.push_back(std::move(chart));
    }
    for (Bookmark bookmark : items.bookmarks) {
        bookmark.y += y;
        page.bookmarks.push_back(std::move(bookmark));
    }
}

class Pager {
public:
    explicit Pager(const Flow& flow) : flow_(flow) {}

    std::vector<Page> run() {
        pages_.emplace_back();
        const auto& boxes = flow_.boxes;
        for (std::size_t n = 0; n < boxes.size(); ++n) {
            const bool begins_chain = n == 0 || !boxes[n - 1].keeps_with_next;
            if (boxes[n].starts_page && !is_fresh_) turn();
            if (begins_chain && !is_fresh_ && !fits(chain_height(n))) turn();
            if (!is_fresh_ && !fits(end_of(boxes[n], y_) - y_)) turn();
            add(boxes[n]);
        }
        add_foot();
        return std::move(pages_);
    }

private:
    [[nodiscard]] bool fits(double height) const { return y_ + height <= kTextHeight + kTolerance; }

    static double end_of(const Box& box, double y) {
        return (box.on_grid ? next_grid_line(y) : y) + box.height;
    }

    // Of the boxes that must share a page, from `first` on; 0 where no page could hold them.
    [[nodiscard]] double chain_height(std::size_t first) const {
        double y = y_;
        double on_a_page = 0;
        for (std::size_t n = first; n < flow_.boxes.size(); ++n) {
            y = end_of(flow_.boxes[n], y);
            on_a_page = end_of(flow_.boxes[n], on_a_page);
            if (!flow_.boxes[n].keeps_with_next) break;
        }
        return on_a_page > kTextHeight + kTolerance ? 0 : y - y_;
    }

    void turn() {
        pages_.emplace_back();
        y_ = 0;
        is_fresh_ = true;
    }

    void add(const Box& box) {
        if (is_fresh_ && box.is_space && pages_.size() > 1) return;
        if (is_fresh_ && box.repeated_head >= 0) {
            const Box& head = flow_.heads[static_cast<std::size_t>(box.repeated_head)];
            if (last_head_ == box.repeated_head) put(head);
        }
        last_head_ = box.repeated_head;
        put(box);
    }

    void put(const Box& box) {
        if (box.on_grid) y_ = next_grid_line(y_);
        place(box.items, y_, pages_.back());
        y_ += box.height;
        is_fresh_ = false;
    }

    void add_foot() {
        if (flow_.foot.height <= 0) return;
        if (!is_fresh_ && !fits(flow_.foot.height)) turn();
        place(flow_.foot.items, kTextHeight - flow_.foot.height, pages_.back());
    }

    const Flow& flow_;
    std::vector<Page> pages_;
    double y_ = 0;
    bool is_fresh_ = true;  // nothing stands on the page yet
    int last_head_ = -1;    // of the box before
};

}  // namespace

std::vector<Page> flow_onto_pages(const Flow& flow) {
    return Pager(flow).run();
}

}  // namespace fazhi::document
