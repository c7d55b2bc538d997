// The end of a document: annex list (附件说明), signature, date, annotation, imprint (版记), page
// numbers.
#include <algorithm>

#include <fmt/format.h>

#include "document/composition.h"
#include "document/outline.h"
#include "document/page_setup.h"
#include "document/signature.h"

namespace fazhi::document {

namespace {

constexpr double kImprintPitch = 24;
constexpr double kDashAboveBaseline = 0.37;  // of the size: where a dash is drawn
constexpr double kDraftFromTop = millimetres(20);

const LineLook kTextLook{0, kTextWidth, kLinePitch, Placing::Flush};

TextStyle small_style(Face face = Face::FangSong) {
    return {face, kSmallSize, kSmallSize};
}

void compose_annex_list(const Document& document, Composition& composition) {
    const std::vector<std::string> titles = annex_list(document.blocks);
    if (titles.empty()) return;
    composition.add_blank_lines(1, true);
    const StyledText head{"附件：", body_style()};
    double left = 2 * kCharacterPitch;
    bool is_first = true;
    for (const std::string& title : titles) {
        const double start = 5 * kCharacterPitch;
        const LineLook look{start, kTextWidth - start, kLinePitch, Placing::Flush};
        auto boxes = composition.boxes_of({{title, body_style()}}, look);
        if (is_first) {
            auto& texts = boxes.front().items.texts;
            texts.insert(texts.begin(), composition.text_at(left, 0, kLinePitch, head));
        }
        for (Box& box : boxes) composition.add(std::move(box));
        is_first = false;
    }
}

void add_line(Composition& composition, double left, const std::string& text) {
    Box box;
    box.height = kLinePitch;
    box.items.texts.push_back(composition.text_at(left, 0, kLinePitch, {text, body_style()}));
    box.keeps_with_next = true;
    composition.add(std::move(box));
}

void compose_signature(const Document& document, Composition& composition) {
    const auto ems = [&composition](const std::string& text) {
        return composition.width_of({text, body_style()}) / kCharacterPitch;
    };
    const SignaturePlace place =
        signature_place(ems(document.organisation), ems(document.issued_on), document.sealed);
    composition.keep_with_next(2);  // Signed alone on a page, a text could be exchanged.
    composition.add_blank_lines(document.sealed ? 2 : 1, true);
    if (!document.organisation.empty()) {
        add_line(composition, place.organisation * kCharacterPitch, document.organisation);
    }
    if (!document.issued_on.empty()) {
        add_line(composition, place.date * kCharacterPitch, document.issued_on);
    }
}

Box imprint_box(const Document& document, Composition& composition) {
    Box box;
    const double one = kSmallSize;
    double y = 0;
    const auto rule = [&box, &y](double thickness) {
        box.items.rules.push_back({0, y, kTextWidth, y, thickness});
    };
    rule(kThickRule);
    if (!document.copies.empty()) {
        const StyledText head{"抄送：", small_style()};
        const double start = one + composition.width_of(head);
        box.items.texts.push_back(composition.text_at(one, y, kImprintPitch, head));
        const LineLook look{start, kTextWidth - start - one, kImprintPitch, Placing::Flush};
        composition.set_lines(
            box, composition.lines_of({{document.copies + "。", small_style()}}, look), look, y);
        y = box.height;
        if (!document.printed_by.empty()) rule(kThinRule);
    }
    if (!document.printed_by.empty()) {
        box.items.texts.push_back(
            composition.text_at(one, y, kImprintPitch, {document.printed_by, small_style()}));
        if (!document.printed_on.empty()) {
            const StyledText on{document.printed_on + "印发", small_style()};
            const double left = kTextWidth - one - composition.width_of(on);
            box.items.texts.push_back(composition.text_at(left, y, kImprintPitch, on));
        }
        y += kImprintPitch;
    }
    rule(kThickRule);
    box.height = y;
    return box;
}

void place_draft_mark(const Document& document, Composition& composition, Page& page) {
    TextStyle style = small_style(Face::Hei);
    style.ink = Ink::Grey;
    const StyledText mark{document.draft_mark, style};
    const double left = kMarginLeft + kTextWidth - composition.width_of(mark);
    PlacedText text = composition.text_at(left, kDraftFromTop, kSmallSize, mark);
    text.role = Role::Furniture;
    page.texts.push_back(std::move(text));
}

}  // namespace

SignaturePlace signature_place(double organisation_length, double date_length, bool sealed) {
    SignaturePlace place;
    if (sealed) {
        place.date = kCharactersInLine - 4 - date_length;
        place.organisation = place.date + (date_length - organisation_length) / 2;
        const double over = place.organisation + organisation_length - kCharactersInLine;
        if (over > 0) place.organisation -= over;
    } else {
        place.organisation = kCharactersInLine - 2 - organisation_length;
        place.date = place.organisation + 2;
        const double latest = kCharactersInLine - 2 - date_length;
        if (place.date > latest) {
            place.date = latest;
            place.organisation = latest - 2;
        }
    }
    return {std::max(place.organisation, 0.0), std::max(place.date, 0.0)};
}

void compose_closing(const Document& document, Composition& composition) {
    compose_annex_list(document, composition);
    if (!document.organisation.empty() || !document.issued_on.empty()) {
        compose_signature(document, composition);
    }
    if (!document.annotation.empty()) {
        const LineLook look{2 * kCharacterPitch, kTextWidth - 2 * kCharacterPitch, kLinePitch,
                            Placing::Flush};
        for (Box& box : composition.boxes_of({{document.annotation, body_style()}}, look)) {
            box.keeps_with_next = true;
            composition.add(std::move(box));
        }
    }
    composition.add({});  // Ends the chain of what stays together.
}

void compose_imprint(const Document& document, Composition& composition) {
    if (document.copies.empty() && document.printed_by.empty()) return;
    composition.set_foot(imprint_box(document, composition));
}

void number_pages(const Document& document, const TextMeasure& measure, std::vector<Page>& pages) {
    Composition composition(measure);
    const double y =
        kMarginTop + kTextHeight + kPageNumberBelowText + kDashAboveBaseline * kSmallSize;
    for (std::size_t n = 0; n < pages.size(); ++n) {
        const StyledText number{fmt::format("— {} —", n + 1), small_style(Face::Song)};
        const bool is_odd = n % 2 == 0;
        const double right = kMarginLeft + kTextWidth - kSmallSize - composition.width_of(number);
        PlacedText text = composition.text_at(0, 0, kLinePitch, number);
        text.x = is_odd ? right : kMarginLeft + kSmallSize;
        text.y = y;
        text.role = Role::Furniture;
        pages[n].texts.push_back(std::move(text));
        if (!document.draft_mark.empty()) place_draft_mark(document, composition, pages[n]);
    }
}

}  // namespace fazhi::document
