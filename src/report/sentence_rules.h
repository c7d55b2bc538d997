// How a sentence of the report takes its figures (definitions.md §10). Pure; any thread.
//
// The unit follows the number. An optional clause […] is left out when one of its figures has no
// value or is 0; a sentence without a figure left is left out unless it is kept; a figure without
// value drops its sentence, or reads 无数据 where it is kept.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "definition/model.h"
#include "document/block.h"
#include "measure/measures.h"

namespace fazhi::report {

// What a placeholder reads.
struct Reading {
    std::string text;  // "5.5万余份"
    bool has_value = true;
    bool is_zero = false;
    bool is_figure = true;  // false: {year} and the like
    std::string key;        // of the figure, for the run; empty where it is none
};

// The text of a figure in a format: "" | 余 | 万 ; `unit` overrides the measure's. Ratios:
// "66.67%".
std::string figure_text(const measure::Figure&, const std::string& format, const std::string& unit);
// 增长/下降 x% or 持平; nothing without a value above 0 last year.
std::string change_text(const measure::Figure& now, const measure::Figure& before);

using Reader = std::function<Reading(const definition::Placeholder&)>;
// The runs of the sentence; empty: it is left out.
document::Runs render(const definition::Sentence&, const Reader&);

}  // namespace fazhi::report
