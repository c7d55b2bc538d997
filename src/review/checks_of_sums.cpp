#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "review/checks.h"
#include "review/figure_relations.h"
#include "text/numeral.h"

namespace fazhi::review {
namespace {

constexpr std::int64_t kEnough = 1'000'000'000'000'000;  // stands for no upper bound

struct Sum {
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::size_t parts = 0;
    bool all = false;        // the parts are said to be all there is
    char32_t first = 0;      // character of what each part counts, where it is one; else 0
    bool too_large = false;  // one of them alone is more than the whole
    std::string shown;
    const Figure* last = nullptr;
};

// 其他12件 among the parts: with it they are all.
bool names_rest(const Subject& subject, std::size_t index) {
    const std::u32string_view words = subject.reading.prose.view(words_before(subject, index));
    return !subject.lexicon.rests.all_in(words).empty();
}

// 进 of 进社区21场, behind 其中 and 、.
char32_t first_of(const Subject& subject, std::size_t index) {
    const std::u32string_view words = subject.reading.prose.view(words_before(subject, index));
    const auto of_which = subject.lexicon.of_which.longest_at(words, 0);
    std::size_t at = of_which ? of_which->end : 0;
    while (at < words.size() && words[at] == U'、') ++at;
    return at < words.size() ? words[at] : U'\0';
}

std::map<std::int32_t, Sum> sums_of(const Subject& subject) {
    const auto& figures = subject.reading.figures;
    std::map<std::int32_t, Sum> out;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        if (figure.total < 0) continue;
        Sum& sum = out[figure.total];
        const Figure& total = figures[static_cast<std::size_t>(figure.total)];
        sum.low += figure.low;
        sum.high = std::min(sum.high, kEnough) + std::min(figure.high, kEnough);
        sum.all = sum.all || figure.listed_part || names_rest(subject, i);
        const char32_t first = first_of(subject, i);
        sum.first = sum.parts == 0 || sum.first == first ? first : 0;
        sum.too_large = sum.too_large || figure.low > total.high;
        sum.shown += (sum.parts++ == 0 ? "" : "＋") + value_text(figure.value);
        sum.last = &figure;
    }
    return out;
}

void add_wrong_lists(const CompiledCheck& check, const Subject& subject,
                     std::vector<Finding>& out) {
    for (const auto& [index, sum] : sums_of(subject)) {
        const Figure& total = subject.reading.figures[static_cast<std::size_t>(index)];
        if (sum.parts < 2 || sum.too_large) continue;
        const bool too_many = sum.low > total.high;
        // 进社区…、进学校…、进企业…: parts named alike are taken for all.
        constexpr std::size_t kAlikeMin = 3;
        const bool alike = sum.first != 0 && sum.parts >= kAlikeMin;
        const bool too_few = (sum.all || alike) && sum.high < total.low;
        if (!too_many && !too_few) continue;
        // Parts that 其中 names may overlap.
        out.push_back(check.finding(sum.all ? Verdict::Fail : Verdict::Uncertain,
                                    {std::min(total.extent.begin, sum.last->extent.begin),
                                     std::max(total.extent.end, sum.last->extent.end)},
                                    {.found = shown(subject, total),
                                     .expected = sum.shown,
                                     .others = {{"sum", value_text(sum.low)}}}));
    }
}

struct Cell {
    TablePlace place;
    Extent extent;
    std::string text;
};

std::vector<Cell> cells_of(const Subject& subject) {
    const Prose& prose = subject.reading.prose;
    std::vector<Cell> out;
    for (const ProseParagraph& paragraph : prose.paragraphs()) {
        if (paragraph.kind != BlockKind::TableCell) continue;
        out.push_back({prose.source().blocks[paragraph.block].place, paragraph.extent,
                       prose.utf8(paragraph.extent)});
    }
    return out;
}

// The row of a table whose first cell says that it holds the sums; 0: none.
std::uint32_t row_of_sums(const CompiledCheck& check, const std::vector<Cell>& cells,
                          std::uint32_t table) {
    const auto& words = check.definition().words;
    for (const Cell& cell : cells) {
        const bool says_so = std::any_of(words.begin(), words.end(),
                                         [&](const auto& word) { return word.first == cell.text; });
        if (cell.place.table == table && cell.place.column == 1 && says_so) return cell.place.row;
    }
    return 0;
}

// Whole numbers of the rows above against the row of sums, column by column.
void add_wrong_columns(const CompiledCheck& check, const std::vector<Cell>& cells,
                       std::uint32_t table, std::uint32_t sums_row, std::vector<Finding>& out) {
    std::map<std::uint32_t, std::vector<std::int64_t>> parts;
    for (const Cell& cell : cells) {
        if (cell.place.table != table || cell.place.column < 2) continue;
        const auto value = text::number_from(cell.text);
        if (!value) {
            if (cell.place.row < sums_row && cell.place.row > 1) parts.erase(cell.place.column);
            continue;
        }
        auto& column = parts[cell.place.column];
        if (cell.place.row < sums_row) column.push_back(*value);
        if (cell.place.row != sums_row || column.size() < 2) continue;
        std::int64_t sum = 0;
        for (const std::int64_t part : column) sum += part;
        if (sum == *value) continue;
        out.push_back(check.finding(Verdict::Fail, cell.extent,
                                    {.found = cell.text,
                                     .expected = fmt::format("{}", fmt::join(column, "＋")),
                                     .others = {{"sum", fmt::format("{}", sum)}}}));
    }
}

}  // namespace

// What is listed as all parts of a figure, in prose or above a table's row of sums.
std::vector<Finding> find_wrong_sums(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    add_wrong_lists(check, subject, out);
    const std::vector<Cell> cells = cells_of(subject);
    for (std::uint32_t table = 1; !cells.empty() && table <= cells.back().place.table; ++table) {
        const std::uint32_t row = row_of_sums(check, cells, table);
        if (row > 1) add_wrong_columns(check, cells, table, row, out);
    }
    return out;
}

// One part that is more than the whole.
std::vector<Finding> find_wrong_subsets(const CompiledCheck& check, const Subject& subject) {
    const auto& figures = subject.reading.figures;
    std::vector<Finding> out;
    for (const Figure& part : figures) {
        if (part.total < 0) continue;
        const Figure& whole = figures[static_cast<std::size_t>(part.total)];
        if (part.low <= whole.high) continue;
        out.push_back(check.finding(
            Verdict::Fail, part.extent,
            {.found = shown(subject, part), .others = {{"whole", shown(subject, whole)}}}));
    }
    return out;
}

}  // namespace fazhi::review
