#include "definition/cursor.h"

#include <fmt/format.h>

namespace fazhi::definition {

std::string line_of(std::string_view text, int line) {
    std::size_t begin = 0;
    for (int n = 1; n < line; ++n) {
        begin = text.find('\n', begin);
        if (begin == std::string_view::npos) return "";
        ++begin;
    }
    if (line < 1 || begin >= text.size()) return "";
    std::string_view found = text.substr(begin, text.find('\n', begin) - begin);
    if (found.ends_with('\r')) found.remove_suffix(1);
    return std::string(found);
}

std::string Cursor::path_to(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

Cursor Cursor::at(std::string_view key) const {
    const Node& member = node_->at(key);
    return {*document_, member, member.line == 0 ? line_ : member.line, path_to(key), *findings_};
}

Cursor Cursor::item(std::size_t index) const {
    const Node& member = node_->items[index];
    return {*document_, member, member.line == 0 ? line_ : member.line,
            fmt::format("{}[{}]", path_, index), *findings_};
}

std::vector<Cursor::Member> Cursor::members() const {
    std::vector<Member> all;
    if (!node_->is_map()) return all;
    all.reserve(node_->keys.size());
    for (std::size_t i = 0; i < node_->keys.size(); ++i) {
        const Node& member = node_->items[i];
        all.push_back({node_->keys[i], Cursor{*document_, member, member.line,
                                              path_to(node_->keys[i]), *findings_}});
    }
    return all;
}

std::vector<Cursor> Cursor::items() const {
    std::vector<Cursor> all;
    if (!present()) return all;
    if (!node_->is_list()) return {*this};
    for (std::size_t i = 0; i < node_->items.size(); ++i) all.push_back(item(i));
    return all;
}

std::string Cursor::text() const {
    return node_->is_scalar() ? node_->text : "";
}

bool Cursor::yes(std::string_view key) const {
    return node_->at(key).flag;
}

int Cursor::integer(std::string_view key, int otherwise) const {
    const Node& member = node_->at(key);
    const bool fits = member.number >= -1'000'000'000 && member.number <= 1'000'000'000;
    return member.kind == NodeKind::Integer && fits ? static_cast<int>(member.number) : otherwise;
}

std::vector<std::string> Cursor::texts() const {
    std::vector<std::string> all;
    for (const Cursor& each : items()) {
        if (each.node().is_scalar() && !each.node().is_null()) all.push_back(each.text());
    }
    return all;
}

Problem Cursor::problem(std::string message) const {
    return Problem{document_->file, line_, path_, line_of(*document_->text, line_),
                   std::move(message)};
}

void Cursor::error(std::string message) const {
    findings_->errors.push_back(problem(std::move(message)));
}

void Cursor::note(std::string message) const {
    findings_->notes.push_back(problem(std::move(message)));
}

}  // namespace fazhi::definition
