#include "review/outline.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/numeral.h"

namespace fazhi::review {
namespace {

constexpr std::uint32_t kTitleMax = 80;       // characters of a heading that is a paragraph
constexpr std::uint32_t kRunInTitleMax = 60;  // of one that opens a paragraph
constexpr std::size_t kLabelMax = 8;          // characters of （十二）、
constexpr std::u32string_view kCircled = U"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
constexpr std::u32string_view kItemBefore = U"。；;：:，,）)”\n";

struct Label {
    NumberStyle style;
    int number;
    std::uint32_t size;  // characters, the mark behind the number included
};

std::size_t chinese_end(std::u32string_view text, std::size_t at) {
    while (at < text.size() && is_chinese_digit(text[at])) ++at;
    return at;
}

std::size_t arabic_end(std::u32string_view text, std::size_t at) {
    while (at < text.size() && is_ascii_digit(text[at])) ++at;
    return at;
}

int number_in(std::u32string_view written) {
    constexpr std::int64_t kNumberMax = 999;
    const auto number = text::number_from(written);
    return number && *number <= kNumberMax ? static_cast<int>(*number) : 0;
}

std::optional<Label> labelled(NumberStyle style, std::u32string_view number, std::size_t size) {
    const int value = number_in(number);
    if (value == 0) return std::nullopt;
    return Label{style, value, static_cast<std::uint32_t>(size)};
}

// （一） （1）
std::optional<Label> bracketed_label(std::u32string_view text) {
    std::size_t end = chinese_end(text, 1);
    const NumberStyle style = end > 1 ? NumberStyle::Bracketed : NumberStyle::ArabicInner;
    if (end == 1) end = arabic_end(text, 1);
    if (end == 1 || end >= text.size() || !is_one_of(text[end], U"）)")) return std::nullopt;
    std::size_t size = end + 1;
    if (size < text.size() && is_one_of(text[size], U"、.．")) ++size;
    return labelled(style, text.substr(1, end - 1), size);
}

// 第一部分, 第二章
std::optional<Label> division_label(std::u32string_view text) {
    const std::size_t end = chinese_end(text, 1);
    if (end == 1) return std::nullopt;
    for (const std::u32string_view word : {U"部分", U"章", U"篇"}) {
        if (!text.substr(end).starts_with(word)) continue;
        std::size_t size = end + word.size();
        while (size < text.size() && is_one_of(text[size], U"、：: ")) ++size;
        return labelled(NumberStyle::Division, text.substr(1, end - 1), size);
    }
    return std::nullopt;
}

std::optional<Label> chinese_label(std::u32string_view text) {
    const std::size_t end = chinese_end(text, 0);
    if (end == 0 || end >= text.size()) return std::nullopt;
    if (is_one_of(text[end], U"、.．"))
        return labelled(NumberStyle::Chinese, text.substr(0, end), end + 1);
    return std::nullopt;
}

// 1. 1、 but not 1.5 or 2023.
std::optional<Label> arabic_label(std::u32string_view text) {
    const std::size_t end = arabic_end(text, 0);
    if (end == 0 || end > 2 || end >= text.size()) return std::nullopt;
    const std::u32string_view number = text.substr(0, end);
    if (is_one_of(text[end], U"）)")) return labelled(NumberStyle::ArabicInner, number, end + 1);
    if (!is_one_of(text[end], U"、.．")) return std::nullopt;
    if (end + 1 < text.size() && is_ascii_digit(text[end + 1])) return std::nullopt;
    return labelled(NumberStyle::Arabic, number, end + 1);
}

std::optional<Label> label_of(std::u32string_view paragraph) {
    const char32_t first = paragraph.front();
    const std::size_t circled = kCircled.find(first);
    if (circled != std::u32string_view::npos)
        return Label{NumberStyle::Circled, static_cast<int>(circled) + 1, 1};
    if (first == U'（' || first == U'(') return bracketed_label(paragraph);
    if (first == U'第') return division_label(paragraph);
    if (is_chinese_digit(first)) return chinese_label(paragraph);
    if (is_ascii_digit(first)) return arabic_label(paragraph);
    return std::nullopt;
}

// 一是 at `at`, which begins a clause: its number, and how long.
std::optional<Label> item_label(std::u32string_view text, std::size_t at) {
    const std::size_t end = chinese_end(text, at);
    if (end == at || end - at > 2 || end >= text.size() || text[end] != U'是') return std::nullopt;
    return labelled(NumberStyle::Item, text.substr(at, end - at), end - at + 1);
}

bool may_open_item(char32_t c) {
    return c == U'（' || c == U'(' || is_chinese_digit(c);
}

std::optional<NumberStyle> label_style(const std::optional<Label>& label) {
    return label ? std::optional(label->style) : std::nullopt;
}

// Whether the paragraph goes on with （二） where it began with （一）: a list, not a heading.
bool holds_next(std::u32string_view paragraph, const Label& label) {
    if (label.style != NumberStyle::Bracketed) return false;
    for (std::size_t at = label.size; at < paragraph.size(); ++at) {
        if (paragraph[at] != U'（' || !is_one_of(paragraph[at - 1], kItemBefore)) continue;
        const auto next = bracketed_label(paragraph.substr(at, kLabelMax));
        if (next && next->style == label.style && next->number == label.number + 1) return true;
    }
    return false;
}

class OutlineReader {
public:
    explicit OutlineReader(const Prose& prose) : prose_(prose) {}

    Outline read();

private:
    void read_paragraph(std::uint32_t number);
    void add_heading(const ProseParagraph&, std::uint32_t number, const Label&);
    [[nodiscard]] bool is_listed(std::uint32_t number) const;
    void add_items(const ProseParagraph&, std::uint32_t number, std::uint32_t from);
    [[nodiscard]] std::optional<Label> inner_label(std::uint32_t at, std::uint32_t begin) const;
    void place(OutlineItem item);
    void close(std::uint32_t end, int level);

    const Prose& prose_;
    Outline out_;
    std::vector<std::int32_t> open_;    // the items we are in, outermost first
    int last_item_ = 0;                 // 一是 was 1
    std::optional<std::size_t> title_;  // the paragraph the format marks as the title
};

// Items of this level and below end here.
void OutlineReader::close(std::uint32_t end, int level) {
    while (!open_.empty()) {
        OutlineItem& last = out_.items[static_cast<std::size_t>(open_.back())];
        if (last.level < level) return;
        last.whole.end = end;
        open_.pop_back();
    }
}

// An unnumbered heading stands beside those the format gives the same level, or a lower one.
int level_of_unnumbered(const std::vector<const OutlineItem*>& open, const OutlineItem& item) {
    int level = 1;
    for (const OutlineItem* each : open) {
        if (each->style != NumberStyle::Unnumbered) continue;
        if (each->mark >= item.mark) return each->level;
        level = each->level + 1;
    }
    return level;
}

// Where the same style is open, beside it. Else below what is open, but that a style which ranks
// above the outermost comes before it, and one that goes on counting (no 1) ends what ranks below.
int level_among(const std::vector<const OutlineItem*>& open, const OutlineItem& item) {
    if (item.style == NumberStyle::Unnumbered) return level_of_unnumbered(open, item);
    for (const OutlineItem* each : open) {
        if (each->style == item.style) return each->level;
    }
    if (!open.empty() && item.style < open.front()->style &&
        open.front()->style != NumberStyle::Unnumbered) {
        return open.front()->level;
    }
    int level = 1;
    for (const OutlineItem* each : open) {
        const bool ends =
            item.number > 1 && item.style < each->style && each->style != NumberStyle::Unnumbered;
        if (!ends) level = each->level + 1;
    }
    return level;
}

void OutlineReader::place(OutlineItem item) {
    std::vector<const OutlineItem*> open;
    for (const std::int32_t index : open_)
        open.push_back(&out_.items[static_cast<std::size_t>(index)]);
    item.level = level_among(open, item);
    close(item.label.begin, item.level);
    item.parent = open_.empty() ? -1 : open_.back();
    item.whole = {item.label.begin, static_cast<std::uint32_t>(prose_.text().size())};
    open_.push_back(static_cast<std::int32_t>(out_.items.size()));
    out_.items.push_back(item);
    if (item.style != NumberStyle::Item) last_item_ = 0;
}

// A sentence among paragraphs that all have numbers: nothing stands under it.
bool OutlineReader::is_listed(std::uint32_t number) const {
    const auto& paragraphs = prose_.paragraphs();
    const auto numbered = [&](std::uint32_t other) {
        return other < paragraphs.size() &&
               label_of(prose_.view(paragraphs[other].extent)).has_value();
    };
    constexpr std::uint32_t kClosingMax = 40;  // characters of a signature
    const bool last =
        number + 1 >= paragraphs.size() ||
        (!numbered(number + 1) && paragraphs[number + 1].extent.size() < kClosingMax &&
         prose_.view(paragraphs[number + 1].extent).back() != U'。');
    return numbered(number + 1) || last;
}

void OutlineReader::add_heading(const ProseParagraph& paragraph, std::uint32_t number,
                                const Label& label) {
    const std::u32string_view text = prose_.view(paragraph.extent);
    const std::uint32_t begin = paragraph.extent.begin;
    OutlineItem item{.style = label.style, .number = label.number, .paragraph = number};
    item.label = {begin, begin + label.size};
    const auto size = static_cast<std::uint32_t>(text.size());
    auto stop = static_cast<std::uint32_t>(std::min<std::size_t>(text.find(U'。'), size));
    if (stop == size && text.back() == U'；') --stop;
    const bool is_item = stop + 1 == size && is_listed(number);
    if (stop < size && (stop > kRunInTitleMax || is_item || holds_next(text, label))) {
        const std::size_t comma = text.find_first_of(U"，；：");
        stop = static_cast<std::uint32_t>(std::min<std::size_t>(comma, stop));
    }
    if (stop == size && size > kTitleMax) stop = label.size;
    item.title = {item.label.end, begin + std::max(stop, label.size)};
    item.run_in = begin + size > item.title.end + 1;
    const std::uint32_t after = item.title.end;
    place(item);
    if (item.run_in) add_items(paragraph, number, after);
}

// 一是 or （二） inside a paragraph, which goes on where the last one's number was. It may open
// one.
std::optional<Label> OutlineReader::inner_label(std::uint32_t at, std::uint32_t begin) const {
    const std::u32string_view text = prose_.text();
    const bool counts = is_chinese_digit(text[at]);
    if (at > begin && !is_one_of(text[at - 1], kItemBefore)) return std::nullopt;
    if (counts) {
        const auto label = item_label(text, at);
        const bool goes_on = label && (label->number == 1 || label->number == last_item_ + 1);
        return goes_on ? label : std::nullopt;
    }
    if (at == begin) return std::nullopt;
    const auto label = bracketed_label(text.substr(at, kLabelMax));
    const bool follows = !out_.items.empty() && out_.items.back().style == label_style(label) &&
                         out_.items.back().number + 1 == label->number;
    return label && follows ? label : std::nullopt;
}

void OutlineReader::add_items(const ProseParagraph& paragraph, std::uint32_t number,
                              std::uint32_t from) {
    const std::u32string_view text = prose_.text();
    for (std::uint32_t at = from; at < paragraph.extent.end; ++at) {
        if (!may_open_item(text[at])) continue;
        const auto label = inner_label(at, paragraph.extent.begin);
        if (!label) continue;
        OutlineItem item{.style = label->style, .number = label->number, .paragraph = number};
        item.label = {at, at + label->size};
        const std::size_t stop = text.find_first_of(U"，。；：;\n", item.label.end);
        item.title = {item.label.end, static_cast<std::uint32_t>(stop)};
        item.run_in = true;
        place(item);
        if (label->style == NumberStyle::Item) last_item_ = label->number;
    }
}

void OutlineReader::read_paragraph(std::uint32_t number) {
    const ProseParagraph& paragraph = prose_.paragraphs()[number];
    if (paragraph.kind == BlockKind::TableCell || paragraph.kind == BlockKind::Footnote) return;
    if (const auto label = label_of(prose_.view(paragraph.extent))) {
        add_heading(paragraph, number, *label);
        return;
    }
    if (paragraph.kind == BlockKind::Heading && paragraph.level > 0) {
        if (number == title_) return;
        OutlineItem item{.mark = paragraph.level, .paragraph = number};
        item.label = {paragraph.extent.begin, paragraph.extent.begin};
        item.title = paragraph.extent;
        place(item);
        return;
    }
    add_items(paragraph, number, paragraph.extent.begin);
}

// The first of the paragraphs, marked as a heading, where none other is marked as high.
std::optional<std::size_t> marked_title(const Prose& prose) {
    const auto& paragraphs = prose.paragraphs();
    const auto marked = [](const ProseParagraph& each) { return each.level > 0; };
    const auto first = std::find_if(paragraphs.begin(), paragraphs.end(), marked);
    if (first == paragraphs.end() || label_of(prose.view(first->extent))) return std::nullopt;
    const bool alone = std::none_of(first + 1, paragraphs.end(), [&](const ProseParagraph& each) {
        return marked(each) && each.level <= first->level && !label_of(prose.view(each.extent));
    });
    const auto index = static_cast<std::size_t>(first - paragraphs.begin());
    constexpr std::size_t kHeadParagraphs = 4;
    return alone && index < kHeadParagraphs ? std::optional(index) : std::nullopt;
}

Outline OutlineReader::read() {
    title_ = marked_title(prose_);
    for (std::uint32_t i = 0; i < prose_.paragraphs().size(); ++i) read_paragraph(i);
    close(static_cast<std::uint32_t>(prose_.text().size()), 0);
    out_.head = {0, out_.items.empty() ? static_cast<std::uint32_t>(prose_.text().size())
                                       : out_.items.front().label.begin};
    return std::move(out_);
}

}  // namespace

Outline outline_of(const Prose& prose) {
    return OutlineReader(prose).read();
}

}  // namespace fazhi::review
