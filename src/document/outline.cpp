#include "document/outline.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/invariant.h"

namespace fazhi::document {

namespace {

constexpr std::array<const char*, 10> kDigits{"",   "一", "二", "三", "四",
                                              "五", "六", "七", "八", "九"};

class HeadingCounter {
public:
    std::string next(int level) {
        const auto depth = static_cast<std::size_t>(level - 1);
        ++counts_.at(depth);
        std::fill(counts_.begin() + level, counts_.end(), 0);
        return heading_number(level, counts_.at(depth));
    }
    void restart() { counts_.fill(0); }

private:
    std::array<int, 4> counts_{};
};

bool is_attachment(const Block& block) {
    return std::holds_alternative<Attachment>(block);
}

}  // namespace

std::string chinese_number(int number) {
    INVARIANT(number > 0);
    if (number >= 1000) return std::to_string(number);
    const auto digit = [](int n) { return kDigits.at(static_cast<std::size_t>(n)); };
    const int hundreds = number / 100;
    const int tens = number / 10 % 10;
    const int ones = number % 10;
    std::string text;
    if (hundreds > 0) text.append(digit(hundreds)).append("百");
    if (hundreds > 0 && tens == 0 && ones > 0) text += "零";
    if (tens > 1 || (tens == 1 && hundreds > 0)) text += digit(tens);
    if (tens > 0) text += "十";
    return text + digit(ones);
}

std::string heading_number(int level, int number) {
    INVARIANT(level >= 1);
    INVARIANT(level <= 4);
    if (level == 1) return chinese_number(number) + "、";
    if (level == 2) return "（" + chinese_number(number) + "）";
    if (level == 3) return fmt::format("{}.", number);
    return fmt::format("（{}）", number);
}

std::vector<std::string> block_labels(const std::vector<Block>& blocks) {
    const auto annexes = std::count_if(blocks.begin(), blocks.end(), is_attachment);
    std::vector<std::string> labels;
    labels.reserve(blocks.size());
    HeadingCounter counter;
    int annex = 0;
    for (const Block& block : blocks) {
        std::string label;
        if (const auto* heading = std::get_if<Heading>(&block))
            label = counter.next(heading->level);
        if (const auto* lead = std::get_if<RunInHeading>(&block)) label = counter.next(lead->level);
        if (is_attachment(block)) {
            counter.restart();
            ++annex;
            label = annexes == 1 ? "附件" : fmt::format("附件{}", annex);
        }
        labels.push_back(std::move(label));
    }
    return labels;
}

std::vector<std::string> annex_list(const std::vector<Block>& blocks) {
    std::vector<std::string> titles;
    for (const Block& block : blocks) {
        if (const auto* annex = std::get_if<Attachment>(&block)) titles.push_back(annex->title);
    }
    if (titles.size() > 1) {
        int number = 0;
        for (std::string& title : titles) title = fmt::format("{}.{}", ++number, title);
    }
    return titles;
}

}  // namespace fazhi::document
