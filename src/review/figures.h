// Figures (数字): every quantity the prose gives, with the measure it speaks of.
//
// What is none is told by kind: dates, numbers of documents and articles, ordinals, what stands in
// 《》 or is a name in quotes, rules of how often; and by the packs' named numbers (三重一大).
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "review/facts.h"
#include "review/lexicon.h"
#include "review/outline.h"
#include "review/prose.h"
#include "text/running_quantity.h"

namespace fazhi::review {

inline constexpr std::int64_t kFigureUnit = 10'000;  // values are in units of 10^-4

enum class Change { None, Up, Down };

struct Figure {
    Extent extent;     // the number with qualifiers and unit; of a zero statement the statement
    std::string unit;  // as written; of a zero statement the measure's; "%" of shares
    std::int64_t value = 0;
    std::int64_t low = 0;  // it says low ≤ v ≤ high
    std::int64_t high = 0;
    text::Qualifier qualifier = text::Qualifier::Exact;
    std::int32_t measure = -1;     // index in DefinitionSet::measure_words(); -1: none is known
    std::int32_t thing = -1;       // the measure its words speak of, whatever the unit
    int year = 0;                  // of the period it speaks of; 0: unknown
    bool period_stated = false;    // in its sentence, its paragraph or the heading above
    Extent period;                 // where; empty: nowhere near
    Extent subject;                // who or where, of the clause; empty: not said
    Change change = Change::None;  // against an earlier figure
    bool says_none = false;        // 未发生…事件, 清零
    std::int32_t total = -1;       // index of the figure this one is part of
    bool listed_part = false;  // one of all parts, as （3名…，16名…） lists them; else of 其中
    std::uint32_t outline = 0;  // index of the heading it stands under, plus 1; 0: none
};

// In the order of the text.
std::vector<Figure> figures_of(const Prose&, const TextMarks&, const Outline&, const DocumentFacts&,
                               const Lexicon&);

// "392起", "5.5万余份" as the text has it.
std::string figure_text(const Prose&, const Figure&);
// 392, 98.5: the value alone.
std::string value_text(std::int64_t value);
std::string_view qualifier_name(text::Qualifier);  // exact, at_least, about, at_most

}  // namespace fazhi::review
