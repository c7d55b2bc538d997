#include "review/testing/shown.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "text/utf8.h"

namespace fazhi::review::testing {

namespace {

void require(bool holds, const char* promise) {
    if (!holds) throw std::logic_error(promise);
}

void check_promises(const SourceText& source, const TextBlock& block) {
    require(block.text.empty() == block.runs.empty(), "runs where there is text");
    if (block.runs.empty()) return;
    require(block.runs.front().begin == 0, "the first run begins at 0");
    for (std::size_t i = 0; i < block.runs.size(); ++i) {
        const SpotRun& run = block.runs[i];
        require(run.begin < block.text.size(), "a run begins within the text");
        require(i == 0 || block.runs[i - 1].begin < run.begin, "runs ascend");
        require(run.spot.page >= 1 && run.spot.page <= source.pages, "pages that there are");
        require(run.spot.line >= 1, "lines from 1");
    }
}

std::string mark_of(const TextBlock& block) {
    switch (block.kind) {
        case BlockKind::Paragraph:
            return "P";
        case BlockKind::Heading:
            return fmt::format("H{}", block.level);
        case BlockKind::Footnote:
            return "F";
        case BlockKind::TableCell:
            return fmt::format("C{}.{}.{}", block.place.table, block.place.row, block.place.column);
    }
    return {};
}

}  // namespace

std::vector<std::string> texts_of(const SourceText& source) {
    std::vector<std::string> out;
    for (const TextBlock& block : source.blocks) {
        check_promises(source, block);
        out.push_back(text::from_code_points(block.text));
    }
    return out;
}

std::vector<std::string> shown(const SourceText& source) {
    std::vector<std::string> out = texts_of(source);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = fmt::format("{} {}", mark_of(source.blocks[i]), out[i]);
    }
    return out;
}

std::uint32_t char_at(const TextBlock& block, char32_t c) {
    const auto found = std::find(block.text.begin(), block.text.end(), c);
    return static_cast<std::uint32_t>(found - block.text.begin());
}

std::vector<std::string> notices_of(const SourceText& source) {
    std::vector<std::string> out;
    for (const SourceNotice& notice : source.notices) out.push_back(notice.code);
    return out;
}

}  // namespace fazhi::review::testing
