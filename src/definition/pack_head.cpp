#include "definition/pack_head.h"

#include <charconv>

#include "definition/yaml_tree.h"

namespace fazhi::definition {

namespace {

// The number before the next point, taken off `rest`; nothing where there is none of 1-6 digits.
std::optional<int> take_number(std::string_view& rest) {
    const std::string_view digits = rest.substr(0, rest.find('.'));
    int number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    if (!whole || digits.size() > 6 || number < 0) return std::nullopt;
    rest.remove_prefix(std::min(rest.size(), digits.size() + 1));
    return number;
}

}  // namespace

std::optional<Version> version_from(std::string_view text) {
    if (text.ends_with('.')) return std::nullopt;
    std::string_view rest = text;
    const auto major = take_number(rest);
    const auto minor = take_number(rest);
    if (!major || !minor) return std::nullopt;
    if (rest.empty()) return Version{*major, *minor, 0};
    const auto patch = take_number(rest);
    if (!patch || !rest.empty()) return std::nullopt;
    return Version{*major, *minor, *patch};
}

bool satisfies(Version found, Version wanted) {
    return found.major == wanted.major && found >= wanted;
}

PackHead head_of(const PackSource& pack) {
    PackHead head;
    for (const SourceFile& file : pack.files) {
        if (file.path != "pack.yaml") continue;
        for (const Node& root : read_yaml(file.text).documents) {
            if (!root.has("pack")) continue;
            head.name = root.at("pack").text;
            head.title = root.at("title").text;
            head.version = root.at("version").text;
            const Node& required = root.at("requires");
            for (std::size_t i = 0; i < required.keys.size(); ++i) {
                head.required.emplace(required.keys[i], required.items[i].text);
            }
        }
    }
    return head;
}

}  // namespace fazhi::definition
