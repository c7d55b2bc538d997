#include "review/read_docx_body.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "review/read_characters.h"
#include "review/read_docx_numbering.h"
#include "review/read_docx_styles.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

using pugi::xml_node;

constexpr std::size_t kShownMax = 60;  // characters of hidden or deleted text in a notice
constexpr int kTinyHalfPoints = 4;
constexpr int kSpanMax = 1'000;

template <std::size_t kCount>
bool is_one_of(const std::array<std::string_view, kCount>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// What only groups, wherever it stands.
constexpr std::array<std::string_view, 7> kGroups{
    "w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:hyperlink"};

xml_node chosen(const xml_node& alternatives) {
    const xml_node choice = alternatives.child("mc:Choice");
    return choice ? choice : alternatives.child("mc:Fallback");
}

std::string value_of(const xml_node& node, const char* child) {
    return node.child(child).attribute("w:val").value();
}

void collect_text(const xml_node& of, std::string& out) {
    for (const xml_node child : of.children()) {
        const std::string_view name = child.name();
        if (name == "w:t" || name == "w:delText") {
            out += child.text().get();
        } else {
            collect_text(child, out);
        }
    }
}

bool is_shaded(const xml_node& properties) {
    const xml_node shade = properties.child("w:shd");
    const std::string fill = shade.attribute("w:fill").value();
    return properties.child("w:highlight") ||
           (shade && !fill.empty() && fill != "auto" && fill != "FFFFFF");
}

bool is_faint(const xml_node& run) {
    const int size = run.child("w:sz").attribute("w:val").as_int(kTinyHalfPoints + 1);
    const bool white = value_of(run, "w:color") == "FFFFFF" && !is_shaded(run);
    return white || size <= kTinyHalfPoints;
}

// Text that a notice tells of, and where it stands.
struct Aside {
    std::string text;
    Spot spot;

    void add(const std::string& more, Spot at) {
        if (text.empty()) spot = at;
        text += more;
    }
};

// One paragraph as it is read; several, where the marks between them were deleted.
struct Paragraph {
    std::vector<PlacedText> lines{1};
    Aside hidden;
    Aside faint;
    Aside deleted;
    std::vector<xml_node> boxes;
    std::vector<std::string> notes;  // "footnote 3"
    Spot spot;                       // of the next character
    bool is_begun = false;
};

// Which paragraph of the file each w:p is.
class ParagraphNumbers {
public:
    void count(const xml_node& root) {
        for (const xml_node child : root.children()) {
            if (std::string_view(child.name()) == "w:p") numbers_[child.hash_value()] = ++last_;
            count(child);
        }
    }
    [[nodiscard]] std::uint32_t number_of(const xml_node& paragraph) const {
        const auto found = numbers_.find(paragraph.hash_value());
        return found == numbers_.end() ? 1 : found->second;
    }

private:
    std::map<std::size_t, std::uint32_t> numbers_;
    std::uint32_t last_ = 0;
};

class DocxText {
public:
    explicit DocxText(const DocxParts& parts) : styles_(parts.styles), numbering_(parts.numbering) {
        numbers_.count(parts.document);
        numbers_.count(parts.footnotes);
        numbers_.count(parts.endnotes);
        collect_notes(parts.footnotes, "w:footnote");
        collect_notes(parts.endnotes, "w:endnote");
        walk(parts.document.document_element().child("w:body"));
        end_carried();
        if (has_insertions_) {
            out_.notices.push_back(
                {"tracked_insertion", "文件带有修订，按接受全部修订后的文字阅读。", {}});
        }
    }

    SourceText take() { return std::move(out_); }

private:
    // Separators between text and notes have a type; notes have none.
    void collect_notes(const xml_node& part, const char* name) {
        for (const xml_node note : part.first_child().children(name)) {
            if (note.attribute("w:type")) continue;
            notes_[fmt::format("{} {}", name, note.attribute("w:id").value())] = note;
        }
    }

    void walk(const xml_node& parent) {
        for (const xml_node child : parent.children()) {
            const std::string_view name = child.name();
            if (name == "w:p") {
                paragraph(child);
            } else if (name == "w:tbl") {
                table(child);
            } else if (name == "mc:AlternateContent") {
                walk(chosen(child));
            } else if (is_one_of(kGroups, name)) {
                walk(child);
            }
        }
    }

    void paragraph(const xml_node& node) {
        const xml_node properties = node.child("w:pPr");
        const std::string said = value_of(properties, "w:pStyle");
        paragraph_style_ = said.empty() ? styles_.paragraph_default() : said;
        paragraph_is_shaded_ = is_shaded(properties);
        current_.is_begun = true;
        current_.spot = {1, numbers_.number_of(node), 0};
        content(node);
        const xml_node mark = properties.child("w:rPr");
        if (mark.child("w:ins")) has_insertions_ = true;
        if (!mark.child("w:del") && !mark.child("w:moveFrom")) end_paragraph(properties);
    }

    void content(const xml_node& parent) {
        for (const xml_node child : parent.children()) {
            const std::string_view name = child.name();
            if (name == "w:r") {
                run(child);
            } else if (name == "w:del") {
                std::string text;
                collect_text(child, text);
                if (!text.empty()) current_.deleted.add(text, current_.spot);
            } else if (name == "m:t") {
                take(text::code_points(child.text().get()));
            } else if (name == "mc:AlternateContent") {
                content(chosen(child));
            } else if (name != "w:moveFrom" && name != "w:pPr" && name != "w:sdtPr") {
                if (name == "w:ins") has_insertions_ = true;
                content(child);
            }
        }
    }

    [[nodiscard]] bool is_hidden(const xml_node& properties) const {
        const auto own = format_of({}, properties).is_hidden;
        if (own) return *own;
        const auto of_style = styles_.style(value_of(properties, "w:rStyle")).is_hidden;
        return of_style.value_or(styles_.style(paragraph_style_).is_hidden.value_or(false));
    }

    void run(const xml_node& node) {
        const xml_node properties = node.child("w:rPr");
        if (is_hidden(properties)) {
            std::string text;
            collect_text(node, text);
            if (!text.empty()) current_.hidden.add(text, current_.spot);
            return;
        }
        if (is_faint(properties) && !paragraph_is_shaded_ && !cell_is_shaded_) {
            std::string text;
            collect_text(node, text);
            if (!text.empty()) current_.faint.add(text, current_.spot);
        }
        for (const xml_node child : node.children()) piece(child);
    }

    void piece(const xml_node& node) {
        const std::string_view name = node.name();
        if (name == "w:t") take(text::code_points(node.text().get()));
        if (name == "w:tab" || name == "w:ptab") take(U"\t");
        if (name == "w:noBreakHyphen") take(U"-");
        if (name == "w:sym") take_symbol(node.attribute("w:char").value());
        if (name == "w:br" || name == "w:cr") line_break(node);
        if (name == "w:footnoteReference") refer("w:footnote", node);
        if (name == "w:endnoteReference") refer("w:endnote", node);
        if (name == "w:ruby") content(node.child("w:rubyBase"));
        if (name == "w:drawing" || name == "w:pict" || name == "w:object") find_boxes(node);
        if (name == "mc:AlternateContent") {
            for (const xml_node child : chosen(node).children()) piece(child);
        }
    }

    void take(const std::u32string& text) {
        append(current_.lines.back(), text, current_.spot);
        current_.spot.offset += static_cast<std::uint32_t>(text.size());
    }

    // Of a symbol font's own signs only its program knows what they look like.
    void take_symbol(const std::string& hex) {
        const auto c = static_cast<char32_t>(std::strtoul(hex.c_str(), nullptr, 16));
        const bool is_own = c >= 0xE000 && c <= 0xF8FF;
        const bool is_character = c >= 0x20 && c < 0xD800;
        if (is_character && !is_own) take(std::u32string(1, c));
    }

    void line_break(const xml_node& node) {
        const std::string type = node.attribute("w:type").value();
        if (type.empty() || type == "textWrapping") current_.lines.emplace_back();
    }

    void refer(const char* kind, const xml_node& node) {
        current_.notes.push_back(fmt::format("{} {}", kind, node.attribute("w:id").value()));
    }

    void find_boxes(const xml_node& parent) {
        for (const xml_node child : parent.children()) {
            const std::string_view name = child.name();
            if (name == "w:txbxContent") {
                current_.boxes.push_back(child);
            } else {
                find_boxes(name == "mc:AlternateContent" ? chosen(child) : child);
            }
        }
    }

    [[nodiscard]] std::u32string label(const DocxStyle& own, const DocxStyle& style) {
        const std::string& list = own.list.empty() ? style.list : own.list;
        if (list.empty() || list == "0") return {};
        const auto level = own.list_level ? own.list_level : style.list_level;
        return numbering_.next_label(list,
                                     level ? *level : numbering_.level_for(list, paragraph_style_));
    }

    // A deleted mark at the end of a cell, a note, a text has no paragraph to join.
    void end_carried() {
        if (current_.is_begun) end_paragraph({});
    }

    // The paragraph ends here, with these properties.
    void end_paragraph(const xml_node& properties) {
        const Paragraph done = std::exchange(current_, {});
        const DocxStyle own = format_of(properties, {});
        const DocxStyle& style = styles_.style(paragraph_style_);
        const int outline = own.outline.value_or(style.outline.value_or(kNumberLevels));
        PlacedText first;
        for (const char32_t c : label(own, style)) first.push_back({c, {1, done.spot.line, 0}});
        const bool is_heading = outline < kNumberLevels && kind_ == BlockKind::Paragraph;
        for (const PlacedText& line : done.lines) {
            if (block_of(kind_, 0, line).text.empty()) continue;
            append(first, line);
            TextBlock block = is_heading ? block_of(BlockKind::Heading, outline + 1, first)
                                         : block_of(kind_, 0, first);
            if (kind_ == BlockKind::TableCell) block.place = place_;
            out_.blocks.push_back(std::move(block));
            first.clear();
        }
        tell(done);
        for (const std::string& note : done.notes) note_text(note);
        for (const xml_node& box : done.boxes) box_text(box);
    }

    void tell(const Paragraph& of) {
        const auto add = [&](const char* code, const char* what, const Aside& aside) {
            if (text::trimmed(aside.text).empty()) return;
            out_.notices.push_back(
                {code, fmt::format("{}：“{}”。", what, text::truncated(aside.text, kShownMax)),
                 aside.spot, std::string(text::trimmed(aside.text))});
        };
        add("hidden_text", "有隐藏文字，没有读入", of.hidden);
        add("hidden_text", "有白色或极小的文字，看不见却在正文里", of.faint);
        add("tracked_deletion", "修订中删除的文字，没有读入", of.deleted);
    }

    // Once: a note that refers to itself would have no end.
    void note_text(const std::string& key) {
        const auto found = notes_.find(key);
        if (found == notes_.end()) return;
        const xml_node note = found->second;
        notes_.erase(found);
        const BlockKind outer = std::exchange(kind_, BlockKind::Footnote);
        walk(note);
        end_carried();
        kind_ = outer;
    }

    void box_text(const xml_node& box) {
        walk(box);
        end_carried();
    }

    void table(const xml_node& node) {
        end_carried();
        const auto outer = std::make_tuple(kind_, place_, cell_is_shaded_);
        kind_ = kind_ == BlockKind::Footnote ? kind_ : BlockKind::TableCell;
        place_ = {++tables_, 0, 0};
        rows(node);
        std::tie(kind_, place_, cell_is_shaded_) = outer;
    }

    void rows(const xml_node& parent) {
        for (const xml_node child : parent.children()) {
            const std::string_view name = child.name();
            if (is_one_of(kGroups, name)) rows(child);
            if (name != "w:tr") continue;
            const xml_node properties = child.child("w:trPr");
            if (properties.child("w:ins")) has_insertions_ = true;
            if (properties.child("w:del")) {
                deleted_row(child);
                continue;
            }
            const int skipped = properties.child("w:gridBefore").attribute("w:val").as_int();
            ++place_.row;
            place_.column = 1 + static_cast<std::uint32_t>(std::clamp(skipped, 0, kSpanMax));
            cells(child);
        }
    }

    void deleted_row(const xml_node& row) {
        std::string text;
        collect_text(row, text);
        const xml_node first = row.child("w:tc").child("w:p");
        Paragraph gone;
        gone.deleted.add(text, {1, numbers_.number_of(first), 0});
        tell(gone);
    }

    void cells(const xml_node& parent) {
        for (const xml_node child : parent.children()) {
            const std::string_view name = child.name();
            if (is_one_of(kGroups, name)) cells(child);
            if (name != "w:tc") continue;
            const xml_node properties = child.child("w:tcPr");
            const xml_node merged = properties.child("w:vMerge");
            const bool goes_on =
                merged && std::string_view(merged.attribute("w:val").value()) != "restart";
            cell_is_shaded_ = is_shaded(properties);
            if (!goes_on) walk(child);
            end_carried();
            const int span = properties.child("w:gridSpan").attribute("w:val").as_int(1);
            place_.column += static_cast<std::uint32_t>(std::clamp(span, 1, kSpanMax));
        }
    }

    DocxStyles styles_;
    DocxNumbering numbering_;
    ParagraphNumbers numbers_;
    std::map<std::string, xml_node> notes_;  // not read yet
    SourceText out_{.format = "docx", .pages = 1, .blocks = {}, .notices = {}};
    Paragraph current_;
    std::string paragraph_style_;
    bool paragraph_is_shaded_ = false;
    bool cell_is_shaded_ = false;
    bool has_insertions_ = false;
    BlockKind kind_ = BlockKind::Paragraph;
    TablePlace place_;
    std::uint32_t tables_ = 0;
};

}  // namespace

SourceText text_of_docx(const DocxParts& parts) {
    return DocxText(parts).take();
}

}  // namespace fazhi::review
