#include "review/figure_table.h"

namespace fazhi::review {
namespace {

// 件 of 受理（件）; of 办结率（%） too.
std::string unit_in_head(std::u32string_view head, const Lexicon& lexicon) {
    const std::size_t open = head.find_last_of(U"（(");
    const std::size_t close = head.find_last_of(U"）)");
    if (open == std::u32string_view::npos || close != head.size() - 1 || close < open) return "";
    const std::u32string_view said = head.substr(open + 1, close - open - 1);
    const auto unit = lexicon.units.longest_at(said, 0);
    if (said == U"%") return "%";
    return unit && unit->end == said.size() ? lexicon.reading().units[unit->word] : "";
}

}  // namespace

TableUnits::TableUnits(const Prose& prose, const Lexicon& lexicon) : prose_(prose) {
    for (const ProseParagraph& paragraph : prose.paragraphs()) {
        if (paragraph.kind != BlockKind::TableCell) continue;
        const TablePlace& place = prose.source().blocks[paragraph.block].place;
        if (place.row != 1) continue;
        const std::string unit = unit_in_head(prose.view(paragraph.extent), lexicon);
        if (!unit.empty()) units_[{place.table, place.column}] = unit;
    }
}

std::string TableUnits::unit_of(Extent number) const {
    if (units_.empty()) return "";
    const ProseParagraph& paragraph = prose_.paragraphs()[prose_.paragraph_at(number.begin)];
    if (paragraph.kind != BlockKind::TableCell || !(paragraph.extent == number)) return "";
    const TablePlace& place = prose_.source().blocks[paragraph.block].place;
    const auto unit = units_.find({place.table, place.column});
    return unit == units_.end() ? "" : unit->second;
}

}  // namespace fazhi::review
