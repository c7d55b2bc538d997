#include "document/docx_marks.h"

#include <fmt/format.h>

#include "document/clean_text.h"
#include "document/errors.h"

namespace fazhi::document {

namespace {

constexpr std::size_t kCharactersShown = 30;

// The paragraph, as far as it takes to find it.
std::string shown(std::string_view text) {
    std::u32string characters = code_points(text);
    const bool is_long = characters.size() > kCharactersShown;
    if (is_long) characters.resize(kCharactersShown);
    return utf8(characters) + (is_long ? "…" : "");
}

Refusal bad_mark(std::string_view text, std::string_view what) {
    return refuse(ErrorKind::InvalidInput, errors::kBadMark,
                  fmt::format("“{}”这一段里{}。", shown(text), what));
}

// A stretch in square brackets with marks first..last (not included) in it.
struct Clause {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t first = 0;
    std::size_t last = 0;
};

// The innermost brackets that hold a mark.
std::vector<Clause> clauses_in(std::string_view text, const std::vector<Mark>& marks) {
    std::vector<Clause> out;
    std::size_t open = std::string_view::npos;
    std::size_t mark = 0;
    for (std::size_t at = text.find_first_of("[]"); at != std::string_view::npos;
         at = text.find_first_of("[]", at + 1)) {
        if (text[at] == '[') {
            open = at;
            continue;
        }
        if (open == std::string_view::npos) continue;
        while (mark < marks.size() && marks[mark].begin < open) ++mark;
        const std::size_t first = mark;
        while (mark < marks.size() && marks[mark].end <= at) ++mark;
        if (mark > first) out.push_back({open, at + 1, first, mark});
        open = std::string_view::npos;
    }
    return out;
}

}  // namespace

Result<std::vector<Mark>> marks_in(std::string_view text) {
    for (const std::string_view wide : {"｛", "｝"}) {
        if (text.find(wide) != std::string_view::npos)
            return bad_mark(text, "有全角的花括号，请改用半角的 {}");
    }
    std::vector<Mark> out;
    for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
         at = text.find_first_of("{}", at)) {
        if (text[at] == '}') return bad_mark(text, "花括号没有配对");
        const std::size_t end = text.find_first_of("{}", at + 1);
        if (end == std::string_view::npos || text[end] == '{')
            return bad_mark(text, "花括号没有配对");
        if (end == at + 1) return bad_mark(text, "花括号里没有名称");
        out.push_back({std::string(text.substr(at + 1, end - at - 1)), at, end + 1});
        at = end + 1;
    }
    return out;
}

std::vector<Edit> edits_for(std::string_view text, const std::vector<Mark>& marks,
                            const std::vector<std::string>& values) {
    std::vector<Edit> out;
    std::size_t next = 0;
    const auto fill_up_to = [&](std::size_t last) {
        for (; next < last; ++next)
            out.push_back({marks[next].begin, marks[next].end, values[next]});
    };
    for (const Clause& clause : clauses_in(text, marks)) {
        fill_up_to(clause.first);
        bool whole = true;
        for (std::size_t n = clause.first; n < clause.last; ++n)
            whole = whole && !values[n].empty();
        if (whole) {
            out.push_back({clause.begin, clause.begin + 1});
            fill_up_to(clause.last);
            out.push_back({clause.end - 1, clause.end});
        } else {
            out.push_back({clause.begin, clause.end});
            next = clause.last;
        }
    }
    fill_up_to(marks.size());
    return out;
}

}  // namespace fazhi::document
