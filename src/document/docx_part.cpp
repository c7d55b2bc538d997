#include "document/docx_part.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "document/clean_text.h"
#include "document/docx_marks.h"
#include "document/docx_package.h"
#include "document/errors.h"
#include "document/xml_file.h"

namespace fazhi::document {

namespace {

constexpr std::array<std::string_view, 5> kRoots{"w:document", "w:hdr", "w:ftr", "w:footnotes",
                                                 "w:endnotes"};
// ECMA-376 transitional and strict.
constexpr std::array<std::string_view, 2> kNamespaces{
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main"};

template <std::size_t kCount>
bool is_one_of(const std::array<std::string_view, kCount>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// What has no text of the paragraph in it: formats, paragraphs of their own, deleted text.
constexpr std::array<std::string_view, 6> kPassedOver{"w:pPr", "w:rPr",         "w:p",
                                                      "w:del", "w:txbxContent", "w:moveFrom"};
constexpr std::array<std::string_view, 5> kOneCharacter{"w:tab", "w:br", "w:cr", "w:noBreakHyphen",
                                                        "w:softHyphen"};

// A stretch of the paragraph's text: a w:t, or the one character of a tab or a break.
struct Stretch {
    pugi::xml_node node;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool is_text = true;
};

struct ParagraphText {
    std::string text;
    std::vector<Stretch> stretches;
};

bool is_named(pugi::xml_node node, std::string_view name) {
    return node.name() == name;
}

// Of a w:t. A line break of the file's own layout is a blank.
std::string written_text(pugi::xml_node node) {
    std::string out;
    for (const pugi::xml_node part : node.children()) out += part.value();
    std::replace_if(
        out.begin(), out.end(),
        [](char letter) { return letter == '\n' || letter == '\r' || letter == '\t'; }, ' ');
    return out;
}

void collect_text(pugi::xml_node of, ParagraphText& out) {
    for (const pugi::xml_node child : of.children()) {
        const std::string_view name = child.name();
        if (is_one_of(kPassedOver, name)) continue;
        const std::size_t begin = out.text.size();
        if (name == "w:t") {
            out.text += written_text(child);
            out.stretches.push_back({child, begin, out.text.size()});
        } else if (is_one_of(kOneCharacter, name)) {
            out.text += '\t';
            out.stretches.push_back({child, begin, begin + 1, false});
        } else {
            collect_text(child, out);
        }
    }
}

void collect_paragraphs(pugi::xml_node of, std::vector<pugi::xml_node>& out) {
    for (const pugi::xml_node child : of.children()) {
        if (is_named(child, "w:p")) out.push_back(child);
        // What is inside a text or a tab goes when they change.
        if (is_named(child, "w:t") || is_one_of(kOneCharacter, child.name())) continue;
        collect_paragraphs(child, out);
    }
}

void set_line(pugi::xml_node node, const std::string& line) {
    while (node.first_child()) node.remove_child(node.first_child());
    node.remove_attribute("xml:space");
    node.append_attribute("xml:space").set_value("preserve");
    node.append_child(pugi::node_pcdata).set_value(line.c_str());
}

void set_text(pugi::xml_node node, std::string_view text) {
    pugi::xml_node run = node.parent();
    std::size_t end = std::min(text.find_first_of("\n\t"), text.size());
    set_line(node, std::string(text.substr(0, end)));
    while (end < text.size()) {
        node = run.insert_child_after(text[end] == '\n' ? "w:br" : "w:tab", node);
        text.remove_prefix(end + 1);
        end = std::min(text.find_first_of("\n\t"), text.size());
        if (end == 0) continue;
        node = run.insert_child_after("w:t", node);
        set_line(node, std::string(text.substr(0, end)));
    }
}

// All w:p below, those of text boxes too, in the order of the file.
std::vector<pugi::xml_node> paragraphs_below(pugi::xml_node node) {
    std::vector<pugi::xml_node> out;
    collect_paragraphs(node, out);
    return out;
}

// Without paragraphs inside it (text boxes), and without what tracked changes deleted.
ParagraphText text_of(pugi::xml_node paragraph) {
    ParagraphText out;
    collect_text(paragraph, out);
    return out;
}

// A new text stands in the run where its edit begins; line feeds in it become w:br, tabs w:tab.
void change_text(const ParagraphText& paragraph, const std::vector<Edit>& edits) {
    auto first = edits.begin();
    for (const Stretch& stretch : paragraph.stretches) {
        while (first != edits.end() && first->end <= stretch.begin) ++first;
        if (first == edits.end()) return;
        if (first->begin >= stretch.end) continue;
        if (!stretch.is_text) {
            pugi::xml_node(stretch.node.parent()).remove_child(stretch.node);
            continue;
        }
        std::string text;
        std::size_t at = stretch.begin;
        for (auto edit = first; edit != edits.end() && edit->begin < stretch.end; ++edit) {
            if (edit->begin >= stretch.begin) {
                text.append(paragraph.text, at, edit->begin - at);
                text += edit->text;
            }
            at = std::min(edit->end, stretch.end);
        }
        text.append(paragraph.text, at, stretch.end - at);
        set_text(stretch.node, text);
    }
}

Refusal too_large() {
    return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                  "按模板填出来的文书太大，请减少模板里重复的行或内容。");
}

Result<void> read_text_part(pugi::xml_document& document, const ArchiveEntry& part) {
    if (part.content.size() > kXmlPartBytesMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("模板的文字部分太大（{}），请缩短。", part.path));
    }
    const XmlFault fault = read_xml(document, part.content);
    const bool whole = fault == XmlFault::None || fault == XmlFault::DocumentType;
    const pugi::xml_node root = document.document_element();
    if (whole && is_one_of(kRoots, root.name()) &&
        is_one_of(kNamespaces, root.attribute("xmlns:w").value())) {
        return {};
    }
    return refuse(ErrorKind::InvalidInput, errors::kNotDocx,
                  fmt::format("文件里的文字部分（{}）读不出来或者层次太深，"
                              "请在文字处理软件里打开它，再“另存为”→“.docx”。",
                              part.path));
}

// A row of a table, or a paragraph outside tables, that is there once for each row of a list.
struct Repeated {
    pugi::xml_node node;
    std::string list;
};

class PartFiller {
public:
    PartFiller(const TemplateFill& fill, FillRoom& room)
        : fill_(fill), nodes_left_(room.nodes), bytes_left_(room.bytes) {}

    Result<void> fill(pugi::xml_node root) {
        const std::vector<pugi::xml_node> paragraphs = paragraphs_below(root);
        for (const pugi::xml_node paragraph : paragraphs) {
            TRY(const std::string list, list_of(paragraph));
            if (list.empty()) continue;
            TRY_OK(repeat(unit_of(paragraph), list));
        }
        TRY_OK(drop_inner());
        for (const pugi::xml_node paragraph : paragraphs) {
            if (around(paragraph) != nullptr) continue;
            TRY_OK(fill_paragraph(paragraph, "", {}));
        }
        for (const Repeated& each : repeated_) {
            TRY_OK(fill_rows(each));
        }
        for (const Repeated& each : repeated_) {
            if (rows_of(each).empty()) remove(each.node);
        }
        return {};
    }

private:
    [[nodiscard]] const std::vector<TemplateFill::Row>& rows_of(const Repeated& repeated) const {
        return fill_.lists.find(repeated.list)->second;
    }

    // The list whose columns the paragraph names; "": none.
    Result<std::string> list_of(pugi::xml_node paragraph) const {
        const ParagraphText written = text_of(paragraph);
        TRY(const std::vector<Mark> marks, marks_in(written.text));
        std::string out;
        for (const Mark& mark : marks) {
            const std::string list = mark.name.substr(0, mark.name.find('.'));
            if (list.size() == mark.name.size() || fill_.values.contains(mark.name) ||
                !fill_.lists.contains(list)) {
                continue;
            }
            if (!out.empty() && out != list) return two_lists(out, list);
            out = list;
        }
        return out;
    }

    static Refusal two_lists(const std::string& one, const std::string& other) {
        return refuse(ErrorKind::InvalidInput, errors::kBadMark,
                      fmt::format("同一行里有两个清单的项（{}、{}），请分成两行。", one, other));
    }

    static pugi::xml_node unit_of(pugi::xml_node paragraph) {
        for (pugi::xml_node node = paragraph; node; node = node.parent()) {
            if (is_named(node, "w:tr")) return node;
        }
        return paragraph;
    }

    Result<void> repeat(pugi::xml_node unit, const std::string& list) {
        const auto [known, is_new] = list_by_unit_.emplace(unit.hash_value(), list);
        if (!is_new && known->second != list) return two_lists(known->second, list);
        if (is_new) repeated_.push_back({unit, list});
        return {};
    }

    // The list of the nearest unit at or above the node; null: it is in none.
    [[nodiscard]] const std::string* around(pugi::xml_node node) const {
        for (; node && !list_by_unit_.empty(); node = node.parent()) {
            const auto found = list_by_unit_.find(node.hash_value());
            if (found != list_by_unit_.end()) return &found->second;
        }
        return nullptr;
    }

    // What is repeated inside what is repeated goes with it.
    Result<void> drop_inner() {
        std::vector<Repeated> outer;
        for (const Repeated& each : repeated_) {
            const std::string* list = around(each.node.parent());
            if (list != nullptr && *list != each.list) return two_lists(*list, each.list);
            if (list == nullptr) outer.push_back(each);
        }
        repeated_ = std::move(outer);
        return {};
    }

    Result<void> fill_rows(const Repeated& repeated) {
        const auto& rows = rows_of(repeated);
        pugi::xml_node parent = repeated.node.parent();
        const std::size_t nodes = nodes_in(repeated.node);
        if (nodes * rows.size() > nodes_left_) return too_large();
        nodes_left_ -= nodes * rows.size();
        for (std::size_t row = 0; row < rows.size(); ++row) {
            pugi::xml_node copy = repeated.node;
            if (row + 1 < rows.size()) {
                copy = parent.insert_copy_before(repeated.node, repeated.node);
                forget_identity(copy);
            }
            std::vector<pugi::xml_node> paragraphs = paragraphs_below(copy);
            if (is_named(copy, "w:p")) paragraphs.push_back(copy);
            for (const pugi::xml_node paragraph : paragraphs) {
                TRY_OK(fill_paragraph(paragraph, repeated.list, rows[row]));
            }
        }
        return {};
    }

    static std::size_t nodes_in(pugi::xml_node node) {
        std::size_t out = 1;
        for (const pugi::xml_node child : node.children()) out += nodes_in(child);
        return out;
    }

    // Names that a file may hold only once stay with the last copy; so does the end of a section.
    static void forget_identity(pugi::xml_node node) {
        node.remove_attribute("w14:paraId");
        node.remove_attribute("w14:textId");
        for (pugi::xml_node child = node.first_child(); child;) {
            const pugi::xml_node here = child;
            child = child.next_sibling();
            if (is_named(here, "w:bookmarkStart") || is_named(here, "w:bookmarkEnd") ||
                is_named(here, "w:sectPr")) {
                node.remove_child(here);
            } else {
                forget_identity(here);
            }
        }
    }

    static bool is_empty(pugi::xml_node table) {
        const auto is_kept = [](pugi::xml_node node) {
            return is_named(node, "w:tr") || is_named(node, "w:p");
        };
        return !table.find_node(is_kept);
    }

    // Word wants a row in every table, and a paragraph in whatever holds paragraphs; a paragraph
    // that ends a section keeps it.
    static void remove(pugi::xml_node node) {
        pugi::xml_node parent = node.parent();
        if (is_named(node, "w:tr")) {
            parent.remove_child(node);
            pugi::xml_node table = parent;
            while (table && !is_named(table, "w:tbl")) table = table.parent();
            if (table && is_empty(table)) table.parent().remove_child(table);
            return;
        }
        const bool is_only = node == parent.child("w:p") && !node.next_sibling("w:p");
        if (!is_only && !node.child("w:pPr").child("w:sectPr")) {
            parent.remove_child(node);
            return;
        }
        for (pugi::xml_node child = node.first_child(); child;) {
            const pugi::xml_node here = child;
            child = child.next_sibling();
            if (!is_named(here, "w:pPr")) node.remove_child(here);
        }
    }

    [[nodiscard]] const std::string* value_of(const std::string& name, const std::string& list,
                                              const TemplateFill::Row& row) const {
        const auto named = fill_.values.find(name);
        if (named != fill_.values.end()) return &named->second;
        if (list.empty() || !name.starts_with(list + ".")) return nullptr;
        const auto column = row.find(std::string_view(name).substr(list.size() + 1));
        return column == row.end() ? nullptr : &column->second;
    }

    // A break is an element.
    static std::size_t cost_of(const std::string& value) {
        constexpr std::size_t kBreakCost = 50;
        const auto breaks = std::count_if(value.begin(), value.end(), [](char letter) {
            return letter == '\n' || letter == '\t';
        });
        return value.size() + kBreakCost * static_cast<std::size_t>(breaks);
    }

    Result<void> fill_paragraph(pugi::xml_node paragraph, const std::string& list,
                                const TemplateFill::Row& row) {
        const ParagraphText written = text_of(paragraph);
        TRY(const std::vector<Mark> marks, marks_in(written.text));
        if (marks.empty()) return {};
        std::vector<std::string> values;
        for (const Mark& mark : marks) {
            const std::string* value = value_of(mark.name, list, row);
            if (value == nullptr) {
                return refuse(ErrorKind::InvalidInput, errors::kUnknownMark,
                              fmt::format("模板里的“{{{}}}”没有对应的项。", mark.name), mark.name);
            }
            values.push_back(clean_text(*value));
            const std::size_t cost = cost_of(values.back());
            if (cost > bytes_left_) return too_large();
            bytes_left_ -= cost;
        }
        change_text(written, edits_for(written.text, marks, values));
        return {};
    }

    const TemplateFill& fill_;
    std::size_t& nodes_left_;
    std::size_t& bytes_left_;
    std::vector<Repeated> repeated_;
    std::map<std::size_t, std::string> list_by_unit_;
};

}  // namespace

Result<std::vector<std::string>> marks_of_part(const ArchiveEntry& part) {
    pugi::xml_document document;
    TRY_OK(read_text_part(document, part));
    std::vector<std::string> out;
    for (const pugi::xml_node paragraph : paragraphs_below(document)) {
        TRY(const auto marks, marks_in(text_of(paragraph).text));
        for (const Mark& mark : marks) out.push_back(mark.name);
    }
    return out;
}

Result<std::string> fill_part(const ArchiveEntry& part, const TemplateFill& fill, FillRoom& room) {
    pugi::xml_document document;
    TRY_OK(read_text_part(document, part));
    TRY_OK(PartFiller(fill, room).fill(document.document_element()));
    return written_xml(document);
}

}  // namespace fazhi::document
