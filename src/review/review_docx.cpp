#include "review/review_docx.h"

#include <fmt/format.h>

#include "base/invariant.h"
#include "document/docx_writer.h"
#include "review/marked_text.h"

namespace fazhi::review {
namespace {

constexpr std::string_view kAuthor = "法治台账审查";

document::Comment comment_of(const Finding& finding, const HumanVerdict* said,
                             const Lexicon& lexicon) {
    std::string text =
        fmt::format("{}{}：{}", level_title(finding.level),
                    finding.verdict == Verdict::Uncertain ? "（待核）" : "", finding.say);
    if (!finding.fix.empty()) text += "\n怎么改：" + finding.fix;
    if (!finding.why.empty()) text += "\n依据：" + finding.why;
    if (finding.other)
        text += fmt::format("\n{}（{}）：“{}”", finding.other->report,
                            spot_text(finding.other->spot), finding.other->text);
    if (said != nullptr) text += "\n人工复核：" + verdict_text(*said);
    if (const definition::Check* check = lexicon.definitions().check(finding.check))
        text += "\n规则：" + check->title;
    return {std::string(kAuthor), text};
}

class Annotated {
public:
    Annotated(const ReviewedFile& file, const Lexicon& lexicon)
        : file_(file), review_(*file.review), prose_(review_.reading.prose) {
        for (std::size_t i = 0; i < review_.findings.size(); ++i)
            document_.comments.push_back(comment_of(review_.findings[i], file.said_of(i), lexicon));
        shown_.resize(review_.findings.size());
    }

    document::Document run() {
        const std::string& title = review_.reading.facts.title.text;
        document_.title = "审查批注：" + (title.empty() ? file_.file : title);
        add_summary();
        const auto& paragraphs = prose_.paragraphs();
        for (std::size_t i = 0; i < paragraphs.size(); ++i) {
            if (paragraphs[i].kind == BlockKind::TableCell) {
                i = add_table(i);
            } else {
                document_.blocks.emplace_back(
                    document::Paragraph{runs_of(paragraphs[i].extent), placing(paragraphs[i])});
            }
        }
        return std::move(document_);
    }

private:
    // What is said of the whole report is said here.
    void add_summary() {
        using definition::CheckLevel;
        document::Run run{
            fmt::format("错误{}处，警告{}处，提示{}处。", count_of(review_, CheckLevel::Error),
                        count_of(review_, CheckLevel::Warning),
                        count_of(review_, CheckLevel::Note)) +
                verdicts_summary(file_),
            {},
            document::RunStyle::Faint};
        for (std::size_t i = 0; i < review_.findings.size(); ++i) {
            if (review_.findings[i].extent.empty()) run.comments.push_back(i);
        }
        document_.blocks.emplace_back(
            document::Paragraph{{std::move(run)}, document::Placing::Flush});
    }

    [[nodiscard]] document::Placing placing(const ProseParagraph& paragraph) const {
        const bool is_title = review_.reading.facts.title.extent.overlaps(paragraph.extent);
        return is_title ? document::Placing::Centred : document::Placing::Indented;
    }

    [[nodiscard]] bool is_heading(Extent paragraph) const {
        if (review_.reading.facts.title.extent.overlaps(paragraph)) return true;
        for (const OutlineItem& item : review_.reading.outline.items) {
            if (item.label.begin == paragraph.begin && item.title.end == paragraph.end) return true;
        }
        return false;
    }

    document::Runs runs_of(Extent paragraph) {
        const auto style =
            is_heading(paragraph) ? document::RunStyle::Strong : document::RunStyle::Plain;
        document::Runs out;
        for (const MarkedPiece& piece : marked_pieces(review_, paragraph)) {
            document::Run run{prose_.utf8(piece.extent), {}, style};
            for (const std::size_t i : piece.findings) {
                // A comment stands in one paragraph: where its finding begins.
                if (!shown_[i]) run.comments.push_back(i);
            }
            out.push_back(std::move(run));
        }
        for (const document::Run& run : out) {
            for (const std::size_t i : run.comments) shown_[i] = true;
        }
        return out;
    }

    [[nodiscard]] const TablePlace& table_place(std::size_t paragraph) const {
        return file_.source->blocks[prose_.paragraphs()[paragraph].block].place;
    }

    // Answers its last cell.
    std::size_t add_table(std::size_t first) {
        const auto& paragraphs = prose_.paragraphs();
        document::Table table;
        std::uint32_t row = 0;
        std::size_t i = first;
        for (; i < paragraphs.size() && paragraphs[i].kind == BlockKind::TableCell; ++i) {
            const TablePlace& place = table_place(i);
            if (place.table != table_place(first).table) break;
            if (place.row != row) table.rows.emplace_back();
            row = place.row;
            document::Row& cells = table.rows.back();
            while (cells.size() < place.column) cells.emplace_back();
            for (document::Run& run : runs_of(paragraphs[i].extent))
                cells.back().push_back(std::move(run));
        }
        document_.blocks.emplace_back(std::move(table));
        return i - 1;
    }

    const ReviewedFile& file_;
    const Review& review_;
    const Prose& prose_;
    document::Document document_;
    std::vector<bool> shown_;
};

}  // namespace

std::string review_docx(const ReviewedFile& file, const Lexicon& lexicon) {
    INVARIANT(file.review != nullptr && file.source != nullptr);
    return document::write_docx(Annotated(file, lexicon).run());
}

}  // namespace fazhi::review
