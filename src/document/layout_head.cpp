// The top of a document: red head (版头), title, number, addressee.
#include "document/composition.h"
#include "document/page_setup.h"

namespace fazhi::document {

namespace {

LineLook centred(double pitch) {
    return {0, kTextWidth, pitch, Placing::Centred};
}

TextStyle kai() {
    return body_style(Face::Kai);
}

// The number, and on upward documents the signer, on one line: in by one character at either side.
void place_number(const Document& document, double top, Box& box, Composition& composition) {
    if (!document.signer) {
        const LineLook look = centred(kLinePitch);
        composition.set_lines(box, composition.lines_of({{document.number, body_style()}}, look),
                              look, top);
        return;
    }
    const double one = kCharacterPitch;
    if (!document.number.empty()) {
        box.items.texts.push_back(
            composition.text_at(one, top, kLinePitch, {document.number, body_style()}));
    }
    const StyledText title{document.signer->title + "：", body_style()};
    const StyledText name{document.signer->name, kai()};
    const double left = kTextWidth - one - composition.width_of(title) - composition.width_of(name);
    PlacedText text = composition.text_at(left, top, kLinePitch, title);
    for (const Piece& piece : composition.text_at(left, top, kLinePitch, name).pieces) {
        text.pieces.push_back(piece);
    }
    box.items.texts.push_back(std::move(text));
}

void compose_red_head(const Document& document, Composition& composition) {
    Box box;
    const std::string name = document.organisation + "文件";
    const double size = red_head_size(nominal_ems(name));
    const LineLook look = centred(size);
    const std::vector<Line> lines =
        composition.lines_of({{name, {Face::Title, size, size, Ink::Red}}}, look);
    composition.set_lines(box, lines, look, kHeadFromTop);

    const double number_top = box.height + 2 * kLinePitch;
    place_number(document, number_top, box, composition);
    const double rule = number_top + kLinePitch + kRedRuleBelowNumber;
    box.items.rules.push_back({0, rule, kTextWidth, rule, kRedRule, Ink::Red});
    box.height = rule;
    composition.add(std::move(box));
}

void compose_title(const Document& document, Composition& composition) {
    const TextStyle style{Face::Title, kTitleSize, kTitleSize};
    LineLook look = centred(kLinePitch);
    look.role = Role::Heading1;
    for (const std::string& line : title_lines(document.title, kTextWidth / kTitleSize)) {
        for (Box& box : composition.boxes_of({{line, style}}, look)) {
            box.keeps_with_next = true;
            composition.add(std::move(box));
        }
    }
}

}  // namespace

void compose_head(const Document& document, Composition& composition) {
    if (document.red_head) {
        compose_red_head(document, composition);
        composition.add_blank_lines(2, true);
        compose_title(document, composition);
    } else {
        composition.add_blank_lines(1, true);
        compose_title(document, composition);
        if (!document.number.empty() || document.signer) {
            Box box;
            box.height = kLinePitch;
            place_number(document, 0, box, composition);
            box.keeps_with_next = true;
            composition.add(std::move(box));
        }
    }
    composition.add_blank_lines(1, true);
    if (document.addressee.empty()) return;
    const LineLook look{0, kTextWidth, kLinePitch, Placing::Flush};
    for (Box& box : composition.boxes_of({{document.addressee + "：", body_style()}}, look)) {
        composition.add(std::move(box));
    }
}

}  // namespace fazhi::document
