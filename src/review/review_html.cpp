#include "review/review_html.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/invariant.h"
#include "document/clean_text.h"
#include "review/comparable.h"
#include "review/marked_text.h"

namespace fazhi::review {
namespace {

// Colours hold 4.5 : 1 on their grounds; a level is also said in words.
constexpr std::string_view kStyle = R"css(
*{box-sizing:border-box}
body{margin:0;font:16px/1.75 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;
color:#1b1b1b;background:#fff}
header,section,.text{max-width:1240px;margin:0 auto;padding:0 24px}
h1{font-size:22px;line-height:1.4;margin:24px 0 4px}
h2{font-size:18px;margin:32px 0 8px;border-bottom:1px solid #c8c8c8;padding-bottom:4px}
.quiet{color:#5a5a5a;font-size:14px;margin:0}
dl{display:grid;grid-template-columns:max-content 1fr max-content 1fr;gap:2px 12px;
margin:12px 0;font-size:15px}
dt{color:#5a5a5a}dd{margin:0;overflow-wrap:anywhere}
nav{margin:8px 0;font-size:15px}nav a{margin-right:16px}
a{color:#0b57a4}
.counts{display:flex;flex-wrap:wrap;gap:8px;list-style:none;padding:0;margin:12px 0}
.counts li{padding:2px 12px;border-radius:4px;font-size:15px}
.row{display:grid;grid-template-columns:minmax(0,1fr) 380px;gap:28px}
.row>.said{min-width:0}
.row p{margin:0 0 8px;text-indent:2em;overflow-wrap:anywhere}
.row p.heading{font-weight:bold}
.row p.title{font-weight:bold;font-size:20px;text-align:center;text-indent:0}
.row p.note{font-size:14px;color:#5a5a5a}
mark{background:none;color:inherit;border-bottom:2px solid}
.error{--ink:#a3160d;--ground:#fdeceb}.warning{--ink:#7a4a00;--ground:#fff4d9}.note{
--ink:#0b4a8f;--ground:#e8f1fc}
.none{--ink:#1d5c2f;--ground:#e6f4ea}
mark.error,mark.warning,mark.note{background:var(--ground);border-color:var(--ink)}
mark sup a{color:var(--ink);text-decoration:none;font:bold 11px/1 sans-serif;padding:0 2px}
.figure{border-bottom:1px dotted #777}
.counts li,.finding{background:var(--ground);color:#1b1b1b;border-left:4px solid var(--ink)}
.finding{padding:8px 12px;margin:0 0 10px;font-size:14px;line-height:1.6;break-inside:avoid;
overflow-wrap:anywhere}
.finding p{margin:0;text-indent:0}
.finding .say{font-size:15px}
.finding:target,mark:target{outline:2px solid var(--ink)}
.level{font-weight:bold;color:var(--ink);margin-right:6px}
.finding .quiet{font-size:13px}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.5}
th,td{border:1px solid #c8c8c8;padding:4px 8px;text-align:left;vertical-align:top;
overflow-wrap:anywhere}
th{background:#f2f2f2;font-weight:bold}
td.number{text-align:right;white-space:nowrap}
td.date,th{white-space:nowrap}.cross th{white-space:normal}
.wide{overflow-x:auto}
.cross th span{writing-mode:vertical-rl;max-height:14em}
.cross td{white-space:nowrap}
.hit{background:var(--ground);color:var(--ink,#1b1b1b);text-align:center;font-weight:bold}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:16px;margin:0 0 16px;break-inside:avoid}
.pair>div{border:1px solid #c8c8c8;padding:8px 12px;min-width:0;overflow-wrap:anywhere}
.pair p{margin:0}
@media(max-width:820px){header,section,.text{padding:0 14px}.row,.pair{
grid-template-columns:minmax(0,1fr);gap:4px}
dl{grid-template-columns:max-content 1fr}.pair{gap:0}.pair>div+div{border-top:0}}
@media print{@page{margin:15mm 12mm}body{font-size:11pt}nav{display:none}header,section,.text{
max-width:none;padding:0}
.row{grid-template-columns:minmax(0,1fr) 62mm;gap:6mm}.finding,.counts li,mark{
print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}h2{break-after:avoid}}
)css";

std::string safe(std::string_view text) {
    return document::escaped(document::clean_text(text));
}

class Page {
public:
    Page(const ReviewedFile& file, const Lexicon& lexicon)
        : file_(file), review_(*file.review), prose_(review_.reading.prose), lexicon_(lexicon) {}

    std::string run() {
        const Said& title = review_.reading.facts.title;
        out_ = page_head("审查：" + (title.empty() ? file_.file : title.text));
        add_head();
        add_whole();
        add_text();
        add_excerpts();
        add_figures();
        add_checks();
        return out_ + "</body></html>\n";
    }

private:
    void add(std::string_view text) { out_ += text; }

    void add_fact(std::string_view name, const std::string& value) {
        out_ +=
            fmt::format("<dt>{}</dt><dd>{}</dd>", name, value.empty() ? "没有写明" : safe(value));
    }

    void add_count(std::string_view css, std::string_view name, std::size_t count) {
        out_ += fmt::format("<li class=\"{}\">{} {} 处</li>", css, name, count);
    }

    void add_head() {
        const DocumentFacts& facts = review_.reading.facts;
        out_ += fmt::format("<header><h1>{}</h1><p class=\"quiet\">{}</p>",
                            safe(facts.title.empty() ? file_.file : facts.title.text),
                            safe(file_.file));
        add("<dl>");
        add_fact("单位", facts.unit.text);
        add_fact("年度", facts.year == 0 ? "" : fmt::format("{}", facts.year));
        add_fact("文号", facts.number ? facts.number->whole.text : "");
        add_fact("日期", facts.date.text);
        add_fact("主送", facts.addressee.text);
        add_fact("落款", facts.signature.text);
        add("</dl><ul class=\"counts\">");
        using definition::CheckLevel;
        for (const CheckLevel level : {CheckLevel::Error, CheckLevel::Warning, CheckLevel::Note}) {
            const std::size_t count = count_of(review_, level);
            add_count(count == 0 ? "none" : level_name(level), level_title(level), count);
        }
        add("</ul>");
        if (const std::string said = verdicts_summary(file_); !said.empty())
            out_ += fmt::format("<p>{}</p>", safe(said));
        for (const SourceNotice& notice : file_.source->notices)
            out_ += fmt::format("<p class=\"quiet\">原件提示：{}</p>", safe(notice.message));
        add("<nav><a href=\"#text\">正文</a>");
        if (has_excerpts()) add("<a href=\"#excerpts\">雷同对照</a>");
        add("<a href=\"#figures\">数字</a><a href=\"#checks\">规则</a></nav></header>");
    }

    [[nodiscard]] bool has_excerpts() const {
        for (const Finding& each : review_.findings) {
            if (each.other) return true;
        }
        return false;
    }

    void add_finding(std::size_t index) {
        const Finding& finding = review_.findings[index];
        const definition::Check* check = lexicon_.definitions().check(finding.check);
        out_ += fmt::format("<article class=\"finding {}\" id=\"f{}\"><p class=\"say\">",
                            level_name(finding.level), index + 1);
        out_ += fmt::format(
            "<span class=\"level\">{}. {}{}</span>{}</p>", index + 1, level_title(finding.level),
            finding.verdict == Verdict::Uncertain ? "（待核）" : "", safe(finding.say));
        if (!finding.fix.empty()) out_ += fmt::format("<p>怎么改：{}</p>", safe(finding.fix));
        if (!finding.why.empty()) out_ += fmt::format("<p>依据：{}</p>", safe(finding.why));
        if (const HumanVerdict* said = file_.said_of(index))
            out_ += fmt::format("<p>人工复核：{}</p>", safe(verdict_text(*said)));
        if (finding.other) out_ += fmt::format("<p><a href=\"#e{}\">并排对照</a></p>", index + 1);
        out_ += fmt::format("<p class=\"quiet\">{} · {}</p></article>",
                            place_text(prose_, finding.extent),
                            check == nullptr ? finding.check : safe(check->title));
    }

    void add_whole() {
        bool any = false;
        for (std::size_t i = 0; i < review_.findings.size(); ++i) {
            if (!review_.findings[i].extent.empty()) continue;
            if (!any) add("<section id=\"whole\"><h2>对整篇报告</h2>");
            any = true;
            add_finding(i);
        }
        if (any) add("</section>");
    }

    // With every finding a number behind its last character.
    void add_marked(Extent extent) {
        for (const MarkedPiece& piece : marked_pieces(review_, extent)) {
            const std::string text = safe(prose_.utf8(piece.extent));
            const std::string said =
                piece.figure < 0 ? text
                                 : fmt::format("<span class=\"figure\" title=\"{}\">{}</span>",
                                               safe(figure_title(piece.figure)), text);
            if (piece.findings.empty()) {
                add(said);
                continue;
            }
            const Finding& gravest = review_.findings[piece.findings.front()];
            out_ += fmt::format("<mark class=\"{}\">{}", level_name(gravest.level), said);
            for (const std::size_t i : piece.findings) {
                if (review_.findings[i].extent.end == piece.extent.end)
                    out_ += fmt::format("<sup><a href=\"#f{0}\">{0}</a></sup>", i + 1);
            }
            add("</mark>");
        }
    }

    [[nodiscard]] std::string figure_title(std::int32_t index) const {
        const Figure& figure = review_.reading.figures[static_cast<std::size_t>(index)];
        const std::string measure = measure_title(lexicon_, figure.measure);
        return measure.empty() ? "没有对应的指标" : measure;
    }

    // Of the findings that begin within.
    void add_beside(Extent extent) {
        const auto& findings = review_.findings;  // by place
        auto each = std::lower_bound(
            findings.begin(), findings.end(), extent.begin,
            [](const Finding& finding, std::uint32_t at) { return finding.extent.begin < at; });
        for (; each != findings.end() && each->extent.begin < extent.end; ++each) {
            if (!each->extent.empty())
                add_finding(static_cast<std::size_t>(each - findings.begin()));
        }
    }

    void add_text() {
        add("<div class=\"text\" id=\"text\"><h2>正文</h2>");
        const auto& paragraphs = prose_.paragraphs();
        for (std::size_t i = 0; i < paragraphs.size(); ++i) {
            const std::size_t first = i;
            add("<div class=\"row\"><div class=\"said\">");
            if (paragraphs[i].kind == BlockKind::TableCell) {
                i = add_table(i);
            } else {
                out_ += fmt::format("<p{}>", paragraph_class(paragraphs[i]));
                add_marked(paragraphs[i].extent);
                add("</p>");
            }
            add("</div><aside>");
            // The character between paragraphs belongs to the one before.
            add_beside({paragraphs[first].extent.begin, paragraphs[i].extent.end + 1});
            add("</aside></div>");
        }
        add("</div>");
    }

    [[nodiscard]] std::string_view paragraph_class(const ProseParagraph& paragraph) const {
        if (review_.reading.facts.title.extent.overlaps(paragraph.extent))
            return " class=\"title\"";
        if (paragraph.kind == BlockKind::Footnote) return " class=\"note\"";
        for (const OutlineItem& item : review_.reading.outline.items) {
            const bool is_whole = item.title.end == paragraph.extent.end;
            if (is_whole && item.label.begin == paragraph.extent.begin) return " class=\"heading\"";
        }
        return "";
    }

    [[nodiscard]] const TablePlace& table_place(std::size_t paragraph) const {
        return file_.source->blocks[prose_.paragraphs()[paragraph].block].place;
    }

    // Answers its last cell.
    std::size_t add_table(std::size_t first) {
        const auto& paragraphs = prose_.paragraphs();
        add("<div class=\"wide\"><table>");
        std::size_t i = first;
        std::uint32_t row = 0, column = 0;
        for (; i < paragraphs.size() && paragraphs[i].kind == BlockKind::TableCell; ++i) {
            const TablePlace& place = table_place(i);
            if (place.table != table_place(first).table) break;
            if (place.row != row) {
                add(row == 0 ? "<tr>" : "</td></tr><tr>");
                column = 0;
                row = place.row;
            }
            if (place.column != column) {
                if (column != 0) add("</td>");
                // Cells without text are no paragraphs.
                for (std::uint32_t empty = column + 1; empty < place.column; ++empty)
                    add("<td></td>");
                add("<td>");
                column = place.column;
            } else {
                add("<br>");
            }
            add_marked(paragraphs[i].extent);
        }
        add("</td></tr></table></div>");
        return i - 1;
    }

    void add_excerpts() {
        if (!has_excerpts()) return;
        add("<section id=\"excerpts\"><h2>与其他报告对照</h2>");
        for (std::size_t i = 0; i < review_.findings.size(); ++i) {
            const Finding& finding = review_.findings[i];
            if (!finding.other) continue;
            const std::string place = place_text(prose_, finding.extent);
            out_ += fmt::format(
                "<div class=\"pair\" id=\"e{0}\"><div><p class=\"quiet\"><a href=\"#f{0}\">第{0}处"
                "</a>，本报告{1}</p><p>{2}</p></div><div><p class=\"quiet\">{3}，{4}</p><p>{5}</p>"
                "</div></div>",
                i + 1, finding.extent.empty() ? "没有说到" : place,
                finding.extent.empty() ? "" : safe(prose_.utf8(shown_extent(finding))),
                safe(finding.other->report), spot_text(finding.other->spot),
                safe(finding.other->text));
        }
        add("</section>");
    }

    // A figure alone says too little to be compared.
    [[nodiscard]] Extent shown_extent(const Finding& finding) const {
        const Extent sentence = prose_.sentence(finding.extent.begin);
        return sentence.size() > finding.extent.size() ? sentence : finding.extent;
    }

    void add_figures() {
        add("<section id=\"figures\"><h2>数字</h2><div class=\"wide\"><table><thead><tr><th>原文"
            "</th><th>指标</th><th>数值</th><th>单位</th><th>限定</th><th>位置</th></tr></thead>");
        for (const Figure& figure : review_.reading.figures) {
            out_ += fmt::format(
                "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td>{}</td>"
                "<td>{}</td><td>{}</td></tr>",
                safe(figure_text(prose_, figure)), safe(measure_title(lexicon_, figure.measure)),
                value_text(figure.value), safe(figure.unit), qualifier_text(figure),
                place_text(prose_, figure.extent));
        }
        add("</table></div></section>");
    }

    void add_checks() {
        add("<section id=\"checks\"><h2>规则</h2><div "
            "class=\"wide\"><table><thead><tr><th>规则</th>"
            "<th>级别</th><th>结论</th></tr></thead>");
        for (const CheckOutcome& each : review_.outcomes) {
            const definition::Check* check = lexicon_.definitions().check(each.check);
            if (check == nullptr) continue;
            out_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", safe(check->title),
                                level_title(check->level), verdict_title(each.verdict));
        }
        add("</table></div></section>");
    }

    const ReviewedFile& file_;
    const Review& review_;
    const Prose& prose_;
    const Lexicon& lexicon_;
    std::string out_;
};

}  // namespace

std::string page_head(const std::string& title) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        "<title>{}</title><style>{}</style></head><body>",
        safe(title), kStyle);
}

std::string review_html(const ReviewedFile& file, const Lexicon& lexicon) {
    INVARIANT(file.review != nullptr && file.source != nullptr);
    return Page(file, lexicon).run();
}

}  // namespace fazhi::review
