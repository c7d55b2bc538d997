// The head of a pack (pack.yaml): its name, version and what it requires.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "definition/definition_set.h"

namespace fazhi::definition {

// The pack every set holds: the ledgers that are part of the program.
inline constexpr std::string_view kBuiltInPack = "built_in";

struct Version {
    int major = 0;
    int minor = 0;
    int patch = 0;
    friend auto operator<=>(const Version&, const Version&) = default;
};

// "1.2.3" or "1.2"; nothing for anything else.
std::optional<Version> version_from(std::string_view text);
// `wanted` or a later one with the same major number.
bool satisfies(Version found, Version wanted);

struct PackHead {
    std::string name;
    std::string title;
    std::string version;
    std::map<std::string, std::string> required;  // pack → version
};

// As far as pack.yaml can be read; else empty.
PackHead head_of(const PackSource&);

}  // namespace fazhi::definition
