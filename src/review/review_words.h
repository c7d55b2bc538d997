// What people read of a review: levels, verdicts and places in Chinese, the same in every output.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "review/human_verdict.h"
#include "review/reviewer.h"

namespace fazhi::review {

std::string_view level_title(definition::CheckLevel);  // 错误, 警告, 提示
std::string_view verdict_title(Verdict);               // 通过, 不通过, 待核, 无法判断
std::string spot_text(const Spot&);                    // 第2页第13行
std::string place_text(const Prose&, Extent);          // 全文, where the extent is empty
std::string qualifier_text(const Figure&);             // 至少, 约, 至多; "" where it is exact

// A file and what was found in it, for the outputs. What they point to outlives them.
struct ReviewedFile {
    std::string file;  // as it was named
    const Review* review = nullptr;
    const SourceText* source = nullptr;
    // What people said of each finding; null: nobody was asked.
    const std::vector<std::optional<HumanVerdict>>* human = nullptr;

    // Of the finding of this index; null: nobody said anything.
    [[nodiscard]] const HumanVerdict* said_of(std::size_t finding) const;
};

// 人工复核：属实1处，误报2处，豁免1处，还有3处没有复核。; "" where nobody was asked.
std::string verdicts_summary(const ReviewedFile&);

std::size_t count_of(const Review&, definition::CheckLevel);

}  // namespace fazhi::review
