#include "document/html_writer.h"

#include <algorithm>

#include <fmt/format.h>

#include "document/chart_drawing.h"
#include "document/clean_text.h"
#include "document/html_page.h"
#include "document/outline.h"

namespace fazhi::document {
namespace {

constexpr double kChartWidth = 720;
constexpr double kChartHeight = 320;

std::string html_text(std::string_view text) {
    return escaped(clean_text(text));
}

std::string_view class_of(RunStyle style) {
    switch (style) {
        case RunStyle::Plain:
            return {};
        case RunStyle::Lead:
            return "lead";
        case RunStyle::Strong:
            return "strong";
        case RunStyle::Faint:
            return "faint";
    }
    return {};
}

std::string_view class_of(Placing placing) {
    switch (placing) {
        case Placing::Indented:
            return {};
        case Placing::Flush:
            return "flush";
        case Placing::Centred:
            return "centred";
        case Placing::Right:
            return "right";
    }
    return {};
}

std::string_view class_of(Alignment alignment) {
    switch (alignment) {
        case Alignment::Left:
            return "left";
        case Alignment::Centre:
            return "centre";
        case Alignment::Right:
            return "right";
    }
    return {};
}

std::string runs_html(const Runs& runs) {
    std::string out;
    for (const Run& run : runs) {
        std::string text = html_text(run.text);
        if (!run.figure.empty()) {
            text = fmt::format(
                "<button type=\"button\" class=\"figure\" data-figure=\"{}\">{}</button>",
                html_text(run.figure), text);
        }
        const std::string_view style = class_of(run.style);
        out += style.empty() ? text : fmt::format("<span class=\"{}\">{}</span>", style, text);
    }
    return out;
}

std::string table_html(const Table& table) {
    std::string out = "<figure><table>";
    if (!table.title.empty()) out += fmt::format("<caption>{}</caption>", html_text(table.title));
    const auto add_rows = [&](const std::vector<Row>& rows, std::string_view tag) {
        for (const Row& row : rows) {
            out += "<tr>";
            for (size_t i = 0; i < row.size(); ++i) {
                const Alignment alignment =
                    i < table.alignment.size() ? table.alignment[i] : Alignment::Left;
                out += fmt::format("<{0} class=\"{1}\">{2}</{0}>", tag, class_of(alignment),
                                   runs_html(row[i]));
            }
            out += "</tr>";
        }
    };
    out += "<thead>";
    add_rows(table.header, "th");
    out += "</thead><tbody>";
    add_rows(table.rows, "td");
    out += "</tbody></table>";
    for (const std::string& note : table.notes)
        out += fmt::format("<p class=\"flush\">{}</p>", html_text(note));
    return out + "</figure>";
}

std::string_view anchor_of(Anchor anchor) {
    switch (anchor) {
        case Anchor::Start:
            return "start";
        case Anchor::Middle:
            return "middle";
        case Anchor::End:
            return "end";
    }
    return {};
}

std::string colour_of(int series) {
    return series < 0 ? "#888888" : series_colour(series);
}

std::string chart_html(const Chart& chart) {
    const ChartDrawing drawing = draw_chart(chart, kChartWidth, kChartHeight);
    std::string out = fmt::format(
        "<figure><figcaption>{}</figcaption><svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"{}\" "
        "aria-label=\"{}\">",
        html_text(chart.title), drawing.width, drawing.height,
        drawing.targets.empty() ? "img" : "group", html_text(chart_in_words(chart)));
    for (const ChartStroke& stroke : drawing.strokes) {
        std::string points;
        for (const Point& point : stroke.points)
            points += fmt::format("{:.1f},{:.1f} ", point.x, point.y);
        out += fmt::format(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.1f}\"/>", points,
            colour_of(stroke.series), stroke.thickness);
    }
    for (const ChartArea& area : drawing.areas) {
        out += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>",
            area.corner.x, area.corner.y, area.width, area.height, colour_of(area.series));
    }
    for (const ChartDot& dot : drawing.dots) {
        out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>",
                           dot.centre.x, dot.centre.y, colour_of(dot.series));
    }
    for (const ChartText& text : drawing.texts) {
        out += fmt::format(
            "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\" text-anchor=\"{}\">{}</text>",
            text.at.x, text.at.y, drawing.text_size, anchor_of(text.anchor), html_text(text.text));
    }
    for (const ChartTarget& target : drawing.targets) {
        out += fmt::format(
            "<rect class=\"figure\" data-figure=\"{}\" role=\"button\" tabindex=\"0\" "
            "aria-label=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
            html_text(target.figure), html_text(target.words), target.corner.x, target.corner.y,
            target.width, target.height);
    }
    return out + "</svg></figure>";
}

// Writes block after block; an annex stays open until the next or the end.
class BodyWriter {
public:
    explicit BodyWriter(const std::vector<Block>& blocks) : labels_(block_labels(blocks)) {
        for (const Block& block : blocks) {
            std::visit([this](const auto& each) { write(each); }, block);
            ++index_;
        }
        if (in_annex_) out_ += "</section>";
    }
    [[nodiscard]] const std::string& html() const { return out_; }

private:
    void write(const Heading& heading) {
        out_ += fmt::format("<h{0}>{1}{2}</h{0}>", heading.level + 1, html_text(labels_[index_]),
                            runs_html(heading.runs));
    }
    void write(const RunInHeading& heading) {
        out_ += fmt::format("<p><span class=\"{}\">{}{}</span>{}</p>",
                            heading.level == 1 ? "strong" : "lead", html_text(labels_[index_]),
                            runs_html(heading.lead), runs_html(heading.runs));
    }
    void write(const Paragraph& paragraph) {
        out_ += fmt::format("<p class=\"{}\">{}</p>", class_of(paragraph.placing),
                            runs_html(paragraph.runs));
    }
    void write(const Table& table) { out_ += table_html(table); }
    void write(const Chart& chart) { out_ += chart_html(chart); }
    void write(const Attachment& attachment) {
        if (in_annex_) out_ += "</section>";
        in_annex_ = true;
        out_ += fmt::format("<section class=\"annex\"><strong>{}</strong><h1>{}</h1>",
                            html_text(labels_[index_]), html_text(attachment.title));
    }
    void write(const PageBreak&) {}

    std::vector<std::string> labels_;
    size_t index_ = 0;
    bool in_annex_ = false;
    std::string out_;
};

std::string with_colon(const std::string& addressee) {
    return addressee.ends_with("：") ? addressee : addressee + "：";
}

std::string head_html(const Document& document) {
    std::string out;
    if (!document.draft_mark.empty())
        out += fmt::format("<p class=\"draft\">{}</p>", html_text(document.draft_mark));
    if (document.red_head)
        out +=
            fmt::format("<p class=\"organisation\">{}文件</p>", html_text(document.organisation));
    if (!document.number.empty() || document.signer) {
        out += fmt::format("<div class=\"reference{}\"><span>{}</span>",
                           document.signer ? "" : " one", html_text(document.number));
        if (document.signer) {
            const std::string title =
                document.signer->title.empty() ? "签发人" : document.signer->title;
            out += fmt::format("<span>{}：<span class=\"lead\">{}</span></span>", html_text(title),
                               html_text(document.signer->name));
        }
        out += "</div>";
    }
    if (document.red_head) out += "<hr class=\"rule\">";
    out += fmt::format("<h1>{}</h1>", html_text(document.title));
    if (!document.addressee.empty())
        out +=
            fmt::format("<p class=\"addressee\">{}</p>", html_text(with_colon(document.addressee)));
    return out;
}

// The body up to the first annex, then the signature, then the annexes: as on paper.
std::string content_html(const Document& document) {
    const std::string body = BodyWriter(document.blocks).html();
    const size_t annex = std::min(body.find("<section class=\"annex\">"), body.size());
    std::string closing;
    const std::vector<std::string> annexes = annex_list(document.blocks);
    for (size_t i = 0; i < annexes.size(); ++i)
        closing += fmt::format("<p>{}{}</p>", i == 0 ? "附件：" : "", html_text(annexes[i]));
    closing += "<div class=\"signature\">";
    if (!document.issued_on.empty())
        closing += fmt::format("<p>{}</p><p>{}</p>", html_text(document.organisation),
                               html_text(document.issued_on));
    closing += "</div>";
    if (!document.annotation.empty())
        closing += fmt::format("<p>{}</p>", html_text(document.annotation));
    std::string imprint;
    if (!document.copies.empty())
        imprint += fmt::format("<p>抄送：{}{}</p>", html_text(document.copies),
                               document.copies.ends_with("。") ? "" : "。");
    if (!document.printed_by.empty()) {
        imprint += fmt::format(
            "<p>{}　{}印发</p>", html_text(document.printed_by),
            html_text(document.printed_on.empty() ? document.issued_on : document.printed_on));
    }
    if (!imprint.empty()) imprint = "<div class=\"imprint\">" + imprint + "</div>";
    return body.substr(0, annex) + closing + body.substr(annex) + imprint;
}

// JSON inside a script element: no "<" may stand there.
std::string script_json(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    for (const char c : json) {
        if (c == '<') {
            out += "\\u003c";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

std::string write_html(const Document& document, const HtmlOptions& options) {
    std::string title = document.title;
    for (char& c : title) {
        if (c == '\n') c = ' ';
    }
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"><title>{}</title><style>{}</style></head>\n"
        "<body><main>{}{}<p id=\"verdict\"></p></main>\n<aside id=\"panel\" role=\"dialog\" "
        "aria-label=\"数据来源\" "
        "hidden></aside>\n"
        "<script type=\"application/json\" "
        "id=\"fazhi-figures\">{}</script>\n<script>{}</script></body></html>\n",
        html_text(title), html_style(), head_html(document), content_html(document),
        script_json(options.figures_json), html_script());
}

}  // namespace fazhi::document
