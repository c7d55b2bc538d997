#include "review/read_html.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <new>
#include <string>

#include <fmt/format.h>
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <re2/re2.h>

#include "calendar/date.h"
#include "review/errors.h"
#include "review/read_characters.h"
#include "review/read_container.h"
#include "review/read_docx_numbering.h"
#include "review/read_lines.h"
#include "review/read_plain_text.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

constexpr int kHtmlDepthMax = 256;      // libxml2 stops there
constexpr std::size_t kProseMin = 30;   // characters of a stretch that is prose
constexpr std::size_t kLinksShare = 2;  // more than half of it links: a menu
constexpr std::size_t kShownMax = 60;
constexpr std::size_t kMainShare = 80;  // % of the prose that the main element holds

template <std::size_t kCount>
bool is_one_of(const std::array<std::string_view, kCount>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Their content is no text of the page.
constexpr std::array<std::string_view, 11> kNoText{"head",     "script", "style", "noscript",
                                                   "template", "iframe", "svg",   "object",
                                                   "video",    "audio",  "map"};
constexpr std::array<std::string_view, 8> kLeftOut{"nav",    "footer", "aside", "form",
                                                   "select", "button", "input", "textarea"};
constexpr std::array<std::string_view, 31> kBlocks{
    "html", "body", "p",  "div",     "section",    "article", "main",  "header",
    "ul",   "ol",   "li", "dl",      "dt",         "dd",      "h1",    "h2",
    "h3",   "h4",   "h5", "h6",      "table",      "thead",   "tbody", "tfoot",
    "tr",   "td",   "th", "caption", "blockquote", "pre",     "center"};
// What may hold a report.
constexpr std::array<std::string_view, 8> kContainers{"html", "body",    "div", "section",
                                                      "main", "article", "td",  "center"};
// What pages call their parts that are no content, in class and id.
constexpr std::array<std::string_view, 14> kPartsLeftOut{
    "nav",    "navbar",  "menu",  "footer",    "foot",    "breadcrumb", "crumb",
    "crumbs", "sidebar", "share", "copyright", "toolbar", "search",     "pager"};

struct Freed {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
    void operator()(htmlParserCtxt* parser) const { htmlFreeParserCtxt(parser); }
};

std::string_view name_of(const xmlNode* node) {
    return node->name == nullptr ? "" : reinterpret_cast<const char*>(node->name);
}

std::string attribute(const xmlNode* node, const char* name) {
    const std::unique_ptr<xmlChar, void (*)(void*)> value(
        xmlGetProp(node, reinterpret_cast<const xmlChar*>(name)),
        [](void* held) { xmlFree(held); });
    return value ? reinterpret_cast<const char*>(value.get()) : "";
}

bool is_element(const xmlNode* node) {
    return node->type == XML_ELEMENT_NODE;
}

// Words of a class or an id: "main-nav topMenu" → main, nav, top, menu.
bool names_a_left_out_part(const std::string& said) {
    std::string word;
    bool was_small = false;
    const auto ends = [&] {
        const bool found = is_one_of(kPartsLeftOut, in_small_letters(word));
        word.clear();
        return found;
    };
    for (const char c : said) {
        const bool large = c >= 'A' && c <= 'Z';
        const bool small = c >= 'a' && c <= 'z';
        if (((large && was_small) || (!large && !small)) && ends()) return true;
        if (large || small) word += c;
        was_small = small;
    }
    return ends();
}

bool is_hidden(const xmlNode* node) {
    if (xmlHasProp(node, reinterpret_cast<const xmlChar*>("hidden")) != nullptr) return true;
    std::string style = in_small_letters(attribute(node, "style"));
    style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
    return style.find("display:none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos;
}

// One stretch of text that stands by itself.
struct Stretch {
    PlacedText text;
    std::size_t of_links = 0;  // characters
    BlockKind kind = BlockKind::Paragraph;
    int level = 0;
    TablePlace place;
    const xmlNode* within = nullptr;
    bool is_left_out = false;
    bool is_hidden = false;
};

struct Table {
    bool is_of_cells = false;
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    bool nests = false;
};

// What is inside a table, other tables passed over.
void look_at_table(const xmlNode* of, Table& out) {
    for (const xmlNode* child = of->children; child != nullptr; child = child->next) {
        if (!is_element(child)) continue;
        const std::string_view name = name_of(child);
        if (name == "table") {
            out.nests = true;
            continue;
        }
        if (name == "tr") ++out.rows;
        if (name == "tr") {
            std::uint32_t cells = 0;
            for (const xmlNode* cell = child->children; cell != nullptr; cell = cell->next) {
                if (is_element(cell) && (name_of(cell) == "td" || name_of(cell) == "th")) ++cells;
            }
            out.columns = std::max(out.columns, cells);
        }
        look_at_table(child, out);
    }
}

int heading_level(std::string_view name) {
    const bool is_heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
    return is_heading ? name[1] - '0' : 0;
}

class PageText {
public:
    // What stands within an element, for the text inside it.
    struct Inside {
        BlockKind kind = BlockKind::Paragraph;
        int level = 0;
        TablePlace place;
        bool is_left_out = false;
        bool is_hidden = false;
        bool is_link = false;
        bool is_of_cells = false;  // in a table that is one
    };

    explicit PageText(const xmlNode* root) { walk(root, {}); }

    [[nodiscard]] std::vector<Stretch> take() {
        end();
        return std::move(stretches_);
    }

private:
    void walk(const xmlNode* node, Inside inside) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            take_text(node, inside);
            return;
        }
        if (!is_element(node)) return;
        const std::string_view name = name_of(node);
        if (is_one_of(kNoText, name)) return;
        if (name == "br" || name == "hr") {
            end();
            return;
        }
        const bool is_block = is_one_of(kBlocks, name);
        if (is_block) begin(node);
        enter(node, name, inside);
        for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
            walk(child, inside);
        }
        if (name == "ol") items_.pop_back();
        if (is_block) begin(node->parent);
    }

    void enter(const xmlNode* node, std::string_view name, Inside& inside) {
        const bool names_part = names_a_left_out_part(attribute(node, "class")) ||
                                names_a_left_out_part(attribute(node, "id"));
        inside.is_left_out =
            inside.is_left_out || is_one_of(kLeftOut, name) || (names_part && name != "body");
        inside.is_hidden = inside.is_hidden || is_hidden(node);
        inside.is_link = inside.is_link || name == "a";
        if (heading_level(name) > 0) {
            inside.kind = BlockKind::Heading;
            inside.level = heading_level(name);
        }
        if (name == "ol") items_.push_back(start_of(node) - 1);
        if (name == "li" && node->parent != nullptr && name_of(node->parent) == "ol") {
            label_ = fmt::format(
                "{}.",
                number_in_format(++items_.back(), format_of(attribute(node->parent, "type"))));
        }
        if (name == "table") enter_table(node, inside);
        if (!inside.is_of_cells) return;
        if (name == "tr") {
            ++rows_[inside.place.table];
            column_ = 0;
        }
        if (name == "td" || name == "th") enter_cell(node, inside);
    }

    void enter_table(const xmlNode* node, Inside& inside) {
        Table table;
        look_at_table(node, table);
        inside.is_of_cells = !table.nests && table.rows > 1 && table.columns > 1;
        inside.kind = BlockKind::Paragraph;
        if (inside.is_of_cells) inside.place = {++tables_, 0, 0};
    }

    void enter_cell(const xmlNode* node, Inside& inside) {
        constexpr int kSpanMax = 1'000;
        inside.kind = BlockKind::TableCell;
        inside.place = {inside.place.table, rows_[inside.place.table], column_ + 1};
        const std::string span = attribute(node, "colspan");
        const int columns = span.empty() ? 1 : std::atoi(span.c_str());
        column_ += static_cast<std::uint32_t>(std::clamp(columns, 1, kSpanMax));
    }

    static int start_of(const xmlNode* list) {
        const std::string said = attribute(list, "start");
        return said.empty() ? 1 : std::clamp(std::atoi(said.c_str()), 0, 100'000);
    }

    static std::string_view format_of(const std::string& type) {
        if (type == "a") return "lowerLetter";
        if (type == "A") return "upperLetter";
        if (type == "i") return "lowerRoman";
        return type == "I" ? "upperRoman" : "decimal";
    }

    // White space of the file is a space; as many as there are, none is wide.
    void take_text(const xmlNode* node, const Inside& inside) {
        if (node->content == nullptr) return;
        std::u32string said = text::code_points(reinterpret_cast<const char*>(node->content));
        for (char32_t& c : said) {
            if (c == U'\n' || c == U'\r' || c == U'\t') c = U' ';
        }
        if (current_.text.empty() && is_blank(said)) return;
        if (current_.text.empty()) {
            const Spot first{1, ++lines_, 0};
            current_.kind = inside.kind;
            current_.level = inside.level;
            current_.place = inside.place;
            current_.is_left_out = inside.is_left_out;
            current_.is_hidden = inside.is_hidden;
            current_.within = block_;
            for (const char c : std::exchange(label_, {})) {
                current_.text.push_back({static_cast<unsigned char>(c), first});
            }
            next_ = first;
        }
        append_collapsed(said);
        if (inside.is_link) current_.of_links += said.size();
    }

    void append_collapsed(const std::u32string& said) {
        for (const char32_t c : said) {
            const bool again =
                c == U' ' && !current_.text.empty() && current_.text.back().character == U' ';
            if (!again) current_.text.push_back({c, next_});
            ++next_.offset;
        }
    }

    void begin(const xmlNode* block) {
        end();
        block_ = block;
    }

    void end() {
        if (!current_.text.empty()) stretches_.push_back(std::exchange(current_, {}));
    }

    std::vector<Stretch> stretches_;
    Stretch current_;
    const xmlNode* block_ = nullptr;
    Spot next_;
    std::uint32_t lines_ = 0;
    std::uint32_t tables_ = 0;
    std::uint32_t column_ = 0;
    std::map<std::uint32_t, std::uint32_t> rows_;  // so far, of each table
    std::vector<int> items_;                       // of the lists around
    std::string label_;                            // of the item that begins
};

bool is_menu(const Stretch& stretch) {
    return stretch.of_links * kLinksShare > stretch.text.size();
}

bool is_kept(const Stretch& stretch) {
    return !stretch.is_left_out && !stretch.is_hidden && !is_menu(stretch);
}

bool is_within(const xmlNode* node, const xmlNode* outer) {
    for (; node != nullptr; node = node->parent) {
        if (node == outer) return true;
    }
    return false;
}

// The innermost element that holds most of the prose; none where there is no prose.
const xmlNode* main_of(const std::vector<Stretch>& stretches) {
    std::map<const xmlNode*, std::size_t> prose;
    std::size_t all = 0;
    for (const Stretch& stretch : stretches) {
        const bool is_prose =
            stretch.text.size() >= kProseMin || stretch.kind == BlockKind::TableCell;
        if (!is_kept(stretch) || !is_prose) continue;
        all += stretch.text.size();
        for (const xmlNode* node = stretch.within; node != nullptr; node = node->parent) {
            const bool is_cell = stretch.kind == BlockKind::TableCell && name_of(node) == "td";
            if (is_one_of(kContainers, name_of(node)) && !is_cell) {
                prose[node] += stretch.text.size();
            }
        }
    }
    const xmlNode* best = nullptr;
    std::size_t depth_of_best = 0;
    for (const auto& [node, characters] : prose) {
        if (characters * 100 < all * kMainShare) continue;
        std::size_t depth = 0;
        for (const xmlNode* up = node; up != nullptr; up = up->parent) ++depth;
        if (depth > depth_of_best) {
            best = node;
            depth_of_best = depth;
        }
    }
    return best;
}

// What the browser's bar shows: the report's title and, behind it, the site's name.
std::string title_of_page(const xmlNode* node) {
    for (; node != nullptr; node = node->next) {
        if (!is_element(node)) continue;
        if (name_of(node) == "title") {
            const std::unique_ptr<xmlChar, void (*)(void*)> content(
                xmlNodeGetContent(node), [](void* held) { xmlFree(held); });
            const char* said = reinterpret_cast<const char*>(content.get());
            return content ? std::string(text::trimmed(said)) : "";
        }
        if (name_of(node) == "html" || name_of(node) == "head")
            return title_of_page(node->children);
    }
    return "";
}

bool is_title(const Stretch& stretch, const std::string& title_of_page) {
    constexpr std::size_t kTitleMin = 8;
    if (stretch.kind == BlockKind::Heading) return true;
    if (stretch.text.size() < kTitleMin) return false;
    return title_of_page.starts_with(
        text::trimmed(text::from_code_points(characters_of(stretch.text))));
}

// 发布日期：2025-04-18 among what stands around the text, as the calendar writes it; or "".
std::string published_on(const std::vector<Stretch>& stretches, const xmlNode* main) {
    static const re2::RE2 kSaid(
        "(?:发布|发文|公开|公布)?(?:日期|时间)[：:]?\\s*(20\\d\\d)[-年/.](\\d{1,2})[-月/"
        ".](\\d{1,2})");
    static const re2::RE2 kWritten("(?:成文|生成|印发|生效)(?:日期|时间)[：:]?");
    std::string around;
    for (const Stretch& stretch : stretches) {
        if (main != nullptr && is_within(stretch.within, main)) continue;
        around += text::from_code_points(characters_of(stretch.text));
    }
    re2::RE2::GlobalReplace(&around, kWritten, "\n");
    int year = 0;
    int month = 0;
    int day = 0;
    if (!re2::RE2::PartialMatch(around, kSaid, &year, &month, &day)) return "";
    const std::string out = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    return calendar::date_from(out) ? out : "";
}

void add_stretches(const std::vector<Stretch>& stretches, const std::string& title_of_page,
                   SourceText& out) {
    const xmlNode* main = main_of(stretches);
    out.published_on = published_on(stretches, main);
    bool before_main = true;
    for (const Stretch& stretch : stretches) {
        const bool in_main = main == nullptr || is_within(stretch.within, main);
        before_main = before_main && !in_main;
        if (!in_main && !(before_main && is_title(stretch, title_of_page))) continue;
        TextBlock block = block_of(stretch.kind, stretch.level, stretch.text);
        if (block.text.empty() || stretch.is_left_out) continue;
        if (stretch.is_hidden) {
            const std::string words = text::from_code_points(block.text);
            out.notices.push_back(
                {"hidden_text",
                 fmt::format("有隐藏文字，没有读入：“{}”。", text::truncated(words, kShownMax)),
                 stretch.text.front().spot, words});
            continue;
        }
        if (is_menu(stretch)) continue;
        if (stretch.kind == BlockKind::TableCell) block.place = stretch.place;
        out.blocks.push_back(std::move(block));
    }
}

using Document = std::unique_ptr<xmlDoc, Freed>;

Result<Document> parsed(const std::string& text) {
    constexpr int kHow = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                         HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    const std::unique_ptr<htmlParserCtxt, Freed> parser(htmlNewParserCtxt());
    if (!parser) throw std::bad_alloc();
    Document document(htmlCtxtReadMemory(parser.get(), text.data(), static_cast<int>(text.size()),
                                         nullptr, "UTF-8", kHow));
    // The parser mends what is broken and goes on; it gives up only where that has no end.
    const xmlError* fault = xmlCtxtGetLastError(parser.get());
    const bool gave_up = fault != nullptr && fault->code == XML_ERR_INTERNAL_ERROR;
    if (!gave_up) return document;
    return refuse(ErrorKind::InvalidInput, errors::kHostile,
                  fmt::format("网页的嵌套超过{}层，为安全起见不予读取。", kHtmlDepthMax));
}

}  // namespace

Result<SourceText> read_html(std::string_view bytes) {
    TRY(const std::string decoded, decoded_text(bytes));
    TRY(const auto document, parsed(decoded));
    const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr)
        return refuse(ErrorKind::InvalidInput, errors::kNoText, "网页里没有文字。");
    SourceText out{.format = "html", .pages = 1, .blocks = {}, .notices = {}};
    add_stretches(PageText(root).take(), title_of_page(root), out);
    if (!out.blocks.empty()) return out;
    return refuse(ErrorKind::InvalidInput, errors::kNoText, "网页里没有正文。");
}

}  // namespace fazhi::review
