// Files that are part of the program: the JSON Schemas of packs/schema/ and the built-in ledgers.
#pragma once

#include <span>
#include <string_view>

namespace fazhi::definition {

struct EmbeddedFile {
    std::string_view group;  // "schema" | "built_in"
    std::string_view name;   // "ledger.json"
    std::string_view text;
};

// In order of group and name.
std::span<const EmbeddedFile> embedded_files();

}  // namespace fazhi::definition
