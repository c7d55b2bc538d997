#include "review/parts.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "text/utf8.h"

namespace fazhi::review {
namespace {

// The words that name a year, with the one that follows the report's filled in; none where that is
// not known.
std::vector<std::u32string> with_year(const std::vector<std::string>& words, int year) {
    std::vector<std::u32string> out;
    for (std::string word : words) {
        const std::size_t at = word.find(kNextYear);
        if (at == std::string::npos || year == 0) continue;
        word.replace(at, kNextYear.size(), fmt::format("{}", year + 1));
        out.push_back(text::code_points(word));
    }
    return out;
}

class PartReader {
public:
    PartReader(const Prose& prose, const TextMarks& marks, const Outline& outline,
               const DocumentFacts& facts, const Lexicon& lexicon);

    std::vector<ReportPart> all();

private:
    [[nodiscard]] std::optional<std::uint32_t> part_of(Extent title) const;
    [[nodiscard]] std::vector<bool> parts_said(Extent title) const;
    [[nodiscard]] bool has(std::uint32_t part) const;
    bool add_sections(std::size_t item);
    [[nodiscard]] bool is_heading(const OutlineItem& item) const;
    void add(std::uint32_t part, std::size_t item);
    void read_first_level();
    void read_below();
    void read_openings();
    void read_opening(const ProseParagraph&);

    const Prose& prose_;
    const TextMarks& marks_;
    const Outline& outline_;
    const Lexicon& lexicon_;
    const Extent closing_;  // the report's date
    // Words of a year, by part.
    std::vector<std::vector<std::u32string>> headings_;
    std::vector<std::vector<std::u32string>> openings_;
    std::vector<ReportPart> out_;
};

PartReader::PartReader(const Prose& prose, const TextMarks& marks, const Outline& outline,
                       const DocumentFacts& facts, const Lexicon& lexicon)
    : prose_(prose),
      marks_(marks),
      outline_(outline),
      lexicon_(lexicon),
      closing_(facts.date.extent) {
    for (const definition::PartWords& part : lexicon.reading().parts) {
        headings_.push_back(with_year(part.headings, facts.year));
        openings_.push_back(with_year(part.openings, facts.year));
    }
}

// Of each part: whether one of its words stands in the title.
std::vector<bool> PartReader::parts_said(Extent title) const {
    const std::u32string_view text = prose_.view(title);
    std::vector<bool> out(headings_.size());
    for (std::uint32_t i = 0; i < headings_.size(); ++i) {
        const auto words = marks_.of_part(i).in(title);
        out[i] = std::any_of(words.begin(), words.end(),
                             [&](const text::WordHit& word) { return word.end <= title.end; }) ||
                 std::any_of(headings_[i].begin(), headings_[i].end(), [&](const auto& word) {
                     return text.find(word) != std::u32string_view::npos;
                 });
    }
    return out;
}

// The first part one of whose words stands in the title.
std::optional<std::uint32_t> PartReader::part_of(Extent title) const {
    const std::vector<bool> said = parts_said(title);
    const auto first = std::find(said.begin(), said.end(), true);
    if (first == said.end()) return std::nullopt;
    return static_cast<std::uint32_t>(first - said.begin());
}

bool PartReader::has(std::uint32_t part) const {
    return std::any_of(out_.begin(), out_.end(),
                       [part](const ReportPart& each) { return each.part == part; });
}

bool PartReader::is_heading(const OutlineItem& item) const {
    return item.style != NumberStyle::Item;
}

void PartReader::add(std::uint32_t part, std::size_t item) {
    const OutlineItem& heading = outline_.items[item];
    out_.push_back({part, heading.whole, heading.title, static_cast<std::int32_t>(item)});
}

// 存在的问题和下步打算: a heading of several parts, each with a heading below.
bool PartReader::add_sections(std::size_t item) {
    std::map<std::uint32_t, std::size_t> sections;  // by part
    const std::vector<bool> said = parts_said(outline_.items[item].title);
    for (std::size_t i = item + 1; i < outline_.items.size(); ++i) {
        const OutlineItem& below = outline_.items[i];
        if (below.level <= outline_.items[item].level) break;
        const auto part = part_of(below.title);
        if (below.parent != static_cast<std::int32_t>(item) || !is_heading(below) || !part)
            continue;
        if (said[*part]) sections.emplace(*part, i);
    }
    if (sections.size() < 2) return false;
    for (const auto& [part, section] : sections) add(part, section);
    return true;
}

// A heading that says nothing of its part belongs to the last of the packs' list, where the
// particular ones have been asked: what was done.
void PartReader::read_first_level() {
    for (std::size_t i = 0; i < outline_.items.size(); ++i) {
        const OutlineItem& item = outline_.items[i];
        if (item.level != 1 || !is_heading(item) || headings_.empty()) continue;
        if (add_sections(i)) continue;
        const auto last = static_cast<std::uint32_t>(headings_.size() - 1);
        add(part_of(item.title).value_or(last), i);
    }
}

// What no heading of the first level is about may be a section of another part.
void PartReader::read_below() {
    std::vector<bool> missing(headings_.size());
    for (std::uint32_t i = 0; i < headings_.size(); ++i) missing[i] = !has(i);
    for (std::size_t i = 0; i < outline_.items.size(); ++i) {
        const OutlineItem& item = outline_.items[i];
        if (item.level == 1 || !is_heading(item)) continue;
        const auto part = part_of(item.title);
        if (part && missing[*part]) add(*part, i);
    }
}

void PartReader::read_opening(const ProseParagraph& paragraph) {
    const std::u32string_view text = prose_.view(paragraph.extent);
    for (std::uint32_t i = 0; i < openings_.size(); ++i) {
        const bool met =
            lexicon_.part_openings[i].longest_at(text, 0) ||
            std::any_of(openings_[i].begin(), openings_[i].end(),
                        [&](const std::u32string& word) { return text.starts_with(word); });
        if (!met || has(i)) continue;
        // To the next heading, or the next paragraph that opens something.
        std::uint32_t end = static_cast<std::uint32_t>(prose_.text().size());
        for (const OutlineItem& item : outline_.items) {
            if (!is_heading(item) || item.label.begin <= paragraph.extent.begin) continue;
            end = item.label.begin;
            break;
        }
        out_.push_back({i, {paragraph.extent.begin, end}, {}, -1});
        return;
    }
}

void PartReader::read_openings() {
    for (const ProseParagraph& paragraph : prose_.paragraphs()) {
        // The day of the report begins as what is said of the next year does.
        if (paragraph.extent.overlaps(closing_)) continue;
        if (paragraph.extent.begin >= outline_.head.end || outline_.items.empty())
            read_opening(paragraph);
    }
}

std::vector<ReportPart> PartReader::all() {
    read_first_level();
    read_below();
    read_openings();
    std::stable_sort(out_.begin(), out_.end(), [](const ReportPart& a, const ReportPart& b) {
        return a.extent.begin < b.extent.begin;
    });
    return std::move(out_);
}

}  // namespace

std::vector<ReportPart> parts_of(const Prose& prose, const TextMarks& marks, const Outline& outline,
                                 const DocumentFacts& facts, const Lexicon& lexicon) {
    return PartReader(prose, marks, outline, facts, lexicon).all();
}

}  // namespace fazhi::review
