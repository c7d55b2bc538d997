#include "review/plain_text.h"

#include "text/utf8.h"

namespace fazhi::review {

SourceText paragraphs_of(std::string_view utf8) {
    SourceText out{.format = "text"};
    std::uint32_t line = 0;
    while (!utf8.empty()) {
        const std::size_t end = utf8.find('\n');
        std::string_view written = utf8.substr(0, end);
        utf8.remove_prefix(end == std::string_view::npos ? utf8.size() : end + 1);
        ++line;
        if (written.ends_with('\r')) written.remove_suffix(1);
        if (text::trimmed(written).empty()) continue;
        out.blocks.push_back({.text = text::code_points(written),
                              .runs = {{0, {.page = 1, .line = line, .offset = 0}}}});
    }
    return out;
}

}  // namespace fazhi::review
