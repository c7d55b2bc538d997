#include "action/document_text.h"

#include "document/outline.h"
#include "text/utf8.h"

namespace fazhi::action {
namespace {

using review::BlockKind;
using review::TextBlock;

std::string words_of(const document::Runs& runs) {
    std::string out;
    for (const document::Run& run : runs) out += run.text;
    return out;
}

class Writing {
public:
    explicit Writing(const document::Document& document)
        : labels_(document::block_labels(document.blocks)) {
        source_.format = "text";
        add({}, document.title);
        add({}, document.number);
        if (!document.addressee.empty())
            add({}, document.addressee + (document.addressee.ends_with("：") ? "" : "："));
        for (const document::Block& block : document.blocks) {
            if (std::holds_alternative<document::Attachment>(block)) break;
            std::visit(*this, block);
            ++at_;
        }
        add({}, document.organisation);
        add({}, document.issued_on);
    }

    review::SourceText take() { return std::move(source_); }

    void operator()(const document::Heading& heading) {
        add({.kind = BlockKind::Heading, .level = heading.level},
            labels_[at_] + words_of(heading.runs));
    }
    void operator()(const document::RunInHeading& heading) {
        add({}, labels_[at_] + words_of(heading.lead) + words_of(heading.runs));
    }
    void operator()(const document::Paragraph& paragraph) { add({}, words_of(paragraph.runs)); }
    void operator()(const document::Table& table) {
        ++table_;
        add({}, table.title);
        std::uint32_t row = 0;
        for (const auto* rows : {&table.header, &table.rows}) {
            for (const document::Row& cells : *rows) add_row(cells, ++row);
        }
        for (const std::string& note : table.notes) add({}, note);
    }
    void operator()(const document::Chart& chart) { add({}, chart.title); }
    void operator()(const document::Attachment&) {}
    void operator()(const document::PageBreak&) {}

private:
    void add_row(const document::Row& cells, std::uint32_t row) {
        std::uint32_t column = 0;
        for (const document::Cell& cell : cells) {
            add({.kind = BlockKind::TableCell, .place = {table_, row, ++column}}, words_of(cell));
        }
    }

    // A line feed within it is a break of the line only.
    void add(TextBlock block, const std::string& words) {
        ++line_;
        for (const char32_t character : text::code_points(words)) {
            if (character != U'\n') block.text += character;
        }
        if (block.text.empty()) return;
        block.runs = {{0, {.page = 1, .line = line_, .offset = 0}}};
        source_.blocks.push_back(std::move(block));
    }

    review::SourceText source_;
    std::vector<std::string> labels_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 0;
    std::uint32_t table_ = 0;
};

}  // namespace

review::SourceText text_of(const document::Document& document) {
    return Writing(document).take();
}

}  // namespace fazhi::action
