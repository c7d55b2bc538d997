#include "document/layout.h"

#include <algorithm>

#include "document/column_widths.h"
#include "document/composition.h"
#include "document/outline.h"
#include "document/page_setup.h"

namespace fazhi::document {

namespace {

constexpr int kChartLines = 10;

Role heading_role(int level) {
    if (level == 1) return Role::Heading1;
    if (level == 2) return Role::Heading2;
    return level == 3 ? Role::Heading3 : Role::Heading4;
}

// One block after another, with the number its place in the outline gives it.
class BlockComposer {
public:
    explicit BlockComposer(Composition& composition) : composition_(composition) {}

    void set_label(const std::string& label) { label_ = label; }

    void operator()(const Heading& heading) {
        Runs runs = heading.runs;
        runs.insert(runs.begin(), {label_});
        LineLook look = text_look(Placing::Indented);
        look.role = heading_role(heading.level);
        auto boxes =
            composition_.boxes_of(styled(runs, body_style(heading_face(heading.level))), look);
        for (Box& box : boxes) box.keeps_with_next = true;
        bookmark(boxes, heading.level, plain_text(runs));
        add(std::move(boxes));
    }

    void operator()(const RunInHeading& heading) {
        const std::vector<StyledText> number{{label_, body_style(heading_face(heading.level))}};
        std::vector<StyledText> texts = number;
        append(texts, styled(heading.lead, body_style(heading_face(heading.level))));
        append(texts, styled(heading.runs, body_style()));
        auto boxes = composition_.boxes_of(texts, text_look(Placing::Indented));
        bookmark(boxes, heading.level, label_ + plain_text(heading.lead));
        add(std::move(boxes));
    }

    void operator()(const Paragraph& paragraph) {
        add(composition_.boxes_of(styled(paragraph.runs, body_style()),
                                  text_look(paragraph.placing)));
    }

    void operator()(const Table& table) { compose_table(table, composition_); }

    void operator()(const Chart& chart) {
        if (!chart.title.empty()) add_centred_title(chart.title);
        Box box;
        box.height = kChartLines * kLinePitch;
        box.items.charts.push_back({0, 0, kTextWidth, box.height, chart});
        composition_.add(std::move(box));
    }

    void operator()(const Attachment& annex) {
        composition_.start_page();
        auto boxes =
            composition_.boxes_of({{label_, body_style(Face::Hei)}}, text_look(Placing::Flush));
        for (Box& box : boxes) box.keeps_with_next = true;
        bookmark(boxes, 1, label_ + "　" + annex.title);
        add(std::move(boxes));
        composition_.add_blank_lines(1, true);
        for (const std::string& line : title_lines(annex.title, kTextWidth / kTitleSize)) {
            LineLook look = text_look(Placing::Centred);
            look.role = Role::Heading1;
            auto title =
                composition_.boxes_of({{line, {Face::Title, kTitleSize, kTitleSize}}}, look);
            for (Box& box : title) box.keeps_with_next = true;
            add(std::move(title));
        }
        composition_.add_blank_lines(1, true);
    }

    void operator()(const PageBreak&) { composition_.start_page(); }

private:
    static LineLook text_look(Placing placing) { return {0, kTextWidth, kLinePitch, placing}; }

    static void append(std::vector<StyledText>& texts, std::vector<StyledText> more) {
        for (StyledText& text : more) texts.push_back(std::move(text));
    }

    static void bookmark(std::vector<Box>& boxes, int level, const std::string& title) {
        boxes.front().items.bookmarks.push_back({level, title, 0});
    }

    void add_centred_title(const std::string& title) {
        const TextStyle style{Face::Hei, kSmallSize, kSmallSize};
        auto boxes = composition_.boxes_of({{title, style}}, text_look(Placing::Centred));
        for (Box& box : boxes) box.keeps_with_next = true;
        add(std::move(boxes));
    }

    void add(std::vector<Box> boxes) {
        for (Box& box : boxes) composition_.add(std::move(box));
    }

    Composition& composition_;
    std::string label_;
};

bool is_attachment(const Block& block) {
    return std::holds_alternative<Attachment>(block);
}

}  // namespace

TextStyle body_style(Face face) {
    return {face, kBodySize, kCharacterPitch};
}

Face heading_face(int level) {
    if (level == 1) return Face::Hei;
    return level == 2 ? Face::Kai : Face::FangSong;
}

std::string PlacedText::text() const {
    std::string text;
    for (const Piece& piece : pieces) text += piece.text;
    return text;
}

std::vector<std::string> Page::lines() const {
    std::vector<const PlacedText*> ordered;
    for (const PlacedText& text : texts) ordered.push_back(&text);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto* a, const auto* b) { return a->y < b->y; });
    std::vector<std::string> lines;
    for (const PlacedText* text : ordered) lines.push_back(text->text());
    return lines;
}

std::vector<Page> lay_out(const Document& document, const TextMeasure& measure) {
    Composition composition(measure);
    compose_head(document, composition);

    BlockComposer composer(composition);
    const auto labels = block_labels(document.blocks);
    bool is_closed = false;
    for (std::size_t n = 0; n < document.blocks.size(); ++n) {
        if (is_attachment(document.blocks[n]) && !is_closed) {
            compose_closing(document, composition);
            is_closed = true;
        }
        composer.set_label(labels[n]);
        std::visit(composer, document.blocks[n]);
    }
    if (!is_closed) compose_closing(document, composition);
    compose_imprint(document, composition);

    std::vector<Page> pages = flow_onto_pages(composition.take());
    number_pages(document, measure, pages);
    return pages;
}

}  // namespace fazhi::document
