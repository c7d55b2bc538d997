#include "document/docx_body.h"

#include <cmath>

#include <fmt/format.h>

#include "document/chart_drawing.h"
#include "document/column_widths.h"
#include "document/docx_paragraph.h"
#include "document/docx_parts.h"
#include "document/layout.h"
#include "document/line_break.h"
#include "document/outline.h"
#include "document/page_setup.h"
#include "document/signature.h"

namespace fazhi::document {

namespace {

constexpr double kChartHeight = 10 * kLinePitch;
constexpr double kDraftFromTop = millimetres(20);
// The dashes are 7 mm below the text; the footer's line, 20 points high, has them in its middle.
constexpr double kFooterFromBottom = kMarginBottom - kPageNumberBelowText - 10;

long emu(double points) {
    return std::lround(points * 12700);
}

class BodyBuilder {
public:
    explicit BodyBuilder(const Document& document) : document_(document) {}

    DocxBody run() {
        add_head();
        const auto labels = block_labels(document_.blocks);
        bool is_closed = false;
        for (std::size_t n = 0; n < document_.blocks.size(); ++n) {
            if (std::holds_alternative<Attachment>(document_.blocks[n]) && !is_closed) {
                add_closing();
                is_closed = true;
            }
            label_ = labels[n];
            std::visit(*this, document_.blocks[n]);
        }
        if (!is_closed) add_closing();
        add_imprint();
        body_.children.push_back(section());
        return {to_xml({"w:document", docx_namespaces(), {std::move(body_)}}), std::move(charts_)};
    }

    void operator()(const Heading& heading) {
        Runs runs = heading.runs;
        runs.insert(runs.begin(), {label_});
        DocxParagraph paragraph{fmt::format("Heading{}", heading.level)};
        paragraph.runs = docx_runs(runs, heading_face(heading.level));
        add(paragraph);
    }

    void operator()(const RunInHeading& heading) {
        Runs lead = heading.lead;
        lead.insert(lead.begin(), {label_});
        DocxParagraph paragraph{"BodyText"};
        paragraph.runs = docx_runs(lead, heading_face(heading.level));
        for (Element& run : docx_runs(heading.runs, Face::FangSong)) {
            paragraph.runs.push_back(std::move(run));
        }
        add(paragraph);
    }

    void operator()(const Paragraph& block) {
        DocxParagraph paragraph{block.placing == Placing::Indented ? "BodyText" : "Normal"};
        if (block.placing == Placing::Centred) paragraph.placing = "center";
        if (block.placing == Placing::Right) paragraph.placing = "right";
        paragraph.runs = docx_runs(block.runs, Face::FangSong);
        add(paragraph);
    }

    void operator()(const Table& table) {
        if (!table.title.empty()) add_caption(table.title);
        if (column_count(table) == 0) return;
        body_.children.push_back(docx_table(table, take_page_start()));
        for (const std::string& note : table.notes) {
            DocxParagraph paragraph{"TableNote"};
            paragraph.runs = {docx_run(note)};
            add(paragraph);
        }
        if (!table.notes.empty()) return;
        DocxParagraph gap{"Normal"};  // Two tables without one between would become one.
        gap.spacing = docx_exact_spacing(6);
        add(gap);
    }

    void operator()(const Chart& chart) {
        if (!chart.title.empty()) add_caption(chart.title);
        charts_.push_back(chart);
        DocxParagraph paragraph{"Normal"};
        paragraph.spacing = {"w:spacing", {{"w:line", "240"}, {"w:lineRule", "auto"}}};
        paragraph.runs = {chart_run(chart)};
        add(paragraph);
    }

    void operator()(const Attachment& annex) {
        starts_page_ = true;
        DocxParagraph label{"Normal"};
        label.keeps_with_next = true;
        label.runs = docx_runs({{label_}}, Face::Hei);
        add(label);
        add_blank_lines(1);
        add_title(annex.title);
        add_blank_lines(1);
    }

    void operator()(const PageBreak&) { starts_page_ = true; }

private:
    void add(DocxParagraph paragraph) {
        paragraph.starts_page = take_page_start();
        body_.children.push_back(paragraph.element());
    }

    bool take_page_start() {
        const bool starts = starts_page_;
        starts_page_ = false;
        return starts;
    }

    void add_blank_lines(int lines) {
        for (int n = 0; n < lines; ++n) {
            DocxParagraph blank{"Normal"};
            blank.keeps_with_next = true;
            add(blank);
        }
    }

    void add_caption(const std::string& title) {
        DocxParagraph caption{"Caption"};
        caption.runs = {docx_run(title)};
        add(caption);
    }

    void add_title(const std::string& title) {
        DocxParagraph paragraph{"Title"};
        paragraph.keeps_with_next = true;
        std::string text;
        for (const std::string& line : title_lines(title, kTextWidth / kTitleSize)) {
            text += (text.empty() ? "" : "\n") + line;
        }
        paragraph.runs = {docx_run(text)};
        add(paragraph);
    }

    void add_head() {
        if (document_.red_head) {
            add_red_head();
        } else {
            add_blank_lines(1);
        }
        add_title(document_.title);
        if (!document_.red_head) add_number();
        add_blank_lines(1);
        if (document_.addressee.empty()) return;
        DocxParagraph addressee{"Normal"};
        addressee.runs = {docx_run(document_.addressee + "：")};
        add(addressee);
    }

    void add_red_head() {
        const std::string name = document_.organisation + "文件";
        const double size = red_head_size(nominal_ems(name));
        const std::string halves = std::to_string(twips(size) / 10);
        DocxParagraph mark{"Title"};
        mark.spacing = docx_exact_spacing(size * 1.15, kHeadFromTop);
        mark.runs = {docx_run(name, {{"w:color", {{"w:val", "D90D0D"}}},
                                     {"w:sz", {{"w:val", halves}}},
                                     {"w:szCs", {{"w:val", halves}}}})};
        add(mark);
        add_blank_lines(2);
        add_number();
        DocxParagraph rule{"Normal"};
        rule.spacing = docx_exact_spacing(kRedRuleBelowNumber);
        rule.border = {
            "w:pBdr",
            {},
            {{"w:bottom",
              {{"w:val", "single"}, {"w:sz", "16"}, {"w:space", "0"}, {"w:color", "D90D0D"}}}}};
        add(rule);
        add_blank_lines(2);
    }

    void add_number() {
        DocxParagraph paragraph{"Normal"};
        paragraph.keeps_with_next = true;
        if (!document_.signer) {
            if (document_.number.empty() && !document_.red_head) return;
            paragraph.placing = "center";
            paragraph.runs = {docx_run(document_.number)};
        } else {
            const long edge = twips(kTextWidth - kCharacterPitch);
            paragraph.indent = docx_indent(kCharacterPitch);
            paragraph.tabs = {
                "w:tabs", {}, {{"w:tab", {{"w:val", "right"}, {"w:pos", std::to_string(edge)}}}}};
            paragraph.runs = {docx_run(document_.number), docx_tab(),
                              docx_run(document_.signer->title + "："),
                              docx_run(document_.signer->name, {docx_fonts(Face::Kai)})};
        }
        add(paragraph);
    }

    void add_closing() {
        const std::vector<std::string> annexes = annex_list(document_.blocks);
        if (!annexes.empty()) add_blank_lines(1);
        for (std::size_t n = 0; n < annexes.size(); ++n) {
            DocxParagraph paragraph{"Normal"};
            paragraph.keeps_with_next = true;
            const bool is_first = n == 0;
            paragraph.indent = docx_indent(5 * kCharacterPitch, is_first ? 3 * kCharacterPitch : 0);
            paragraph.runs = {docx_run((is_first ? "附件：" : "") + annexes[n])};
            add(paragraph);
        }
        if (!document_.organisation.empty() || !document_.issued_on.empty()) add_signature();
        if (document_.annotation.empty()) return;
        DocxParagraph annotation{"Normal"};
        annotation.indent = docx_indent(2 * kCharacterPitch);
        annotation.runs = {docx_run(document_.annotation)};
        add(annotation);
    }

    void add_signature() {
        const SignaturePlace place =
            signature_place(nominal_ems(document_.organisation), nominal_ems(document_.issued_on),
                            document_.sealed);
        add_blank_lines(document_.sealed ? 2 : 1);
        const auto line = [this](double characters, const std::string& text, bool keeps) {
            if (text.empty()) return;
            DocxParagraph paragraph{"Normal"};
            paragraph.keeps_with_next = keeps;
            paragraph.indent = docx_indent(characters * kCharacterPitch);
            paragraph.placing = "left";
            paragraph.runs = {docx_run(text)};
            add(paragraph);
        };
        line(place.organisation, document_.organisation, true);
        line(place.date, document_.issued_on, !document_.annotation.empty());
    }

    void add_imprint() {
        if (document_.copies.empty() && document_.printed_by.empty()) return;
        body_.children.push_back(docx_imprint(document_));
        DocxParagraph anchor{"Normal"};
        anchor.spacing = docx_exact_spacing(1);
        add(anchor);
    }

    Element chart_run(const Chart& chart) {
        const std::string id = std::to_string(charts_.size());
        const std::string width = std::to_string(emu(kTextWidth));
        const std::string height = std::to_string(emu(kChartHeight));
        const std::string uri = "http://schemas.openxmlformats.org/drawingml/2006/chart";
        const Element graphic{
            "a:graphic",
            {},
            {{"a:graphicData", {{"uri", uri}}, {{"c:chart", {{"r:id", "chart" + id}}}}}}};
        return {
            "w:r",
            {},
            {{"w:drawing",
              {},
              {{"wp:inline",
                {{"distT", "0"}, {"distB", "0"}, {"distL", "0"}, {"distR", "0"}},
                {{"wp:extent", {{"cx", width}, {"cy", height}}},
                 {"wp:docPr", {{"id", id}, {"name", "图" + id}, {"descr", chart_in_words(chart)}}},
                 graphic}}}}}};
    }

    [[nodiscard]] Element section() const {
        const auto reference = [](const char* name, const char* type, const char* id) {
            return Element{name, {{"w:type", type}, {"r:id", id}}};
        };
        const auto length = [](double points) { return std::to_string(twips(points)); };
        Element section{"w:sectPr"};
        if (!document_.draft_mark.empty()) {
            section.children.push_back(reference("w:headerReference", "default", "draft"));
            section.children.push_back(reference("w:headerReference", "even", "draft"));
        }
        section.children.push_back(reference("w:footerReference", "default", "odd"));
        section.children.push_back(reference("w:footerReference", "even", "even"));
        section.children.push_back(
            {"w:pgSz", {{"w:w", length(kPageWidth)}, {"w:h", length(kPageHeight)}}});
        section.children.push_back({"w:pgMar",
                                    {{"w:top", length(kMarginTop)},
                                     {"w:right", length(kMarginRight)},
                                     {"w:bottom", length(kMarginBottom)},
                                     {"w:left", length(kMarginLeft)},
                                     {"w:header", length(kDraftFromTop)},
                                     {"w:footer", length(kFooterFromBottom)},
                                     {"w:gutter", "0"}}});
        section.children.push_back(
            {"w:docGrid", {{"w:type", "lines"}, {"w:linePitch", "579"}}});  // 28.95 points
        return section;
    }

    const Document& document_;
    Element body_{"w:body"};
    std::vector<Chart> charts_;
    std::string label_;
    bool starts_page_ = false;
};

}  // namespace

DocxBody docx_body(const Document& document) {
    return BodyBuilder(document).run();
}

}  // namespace fazhi::document
