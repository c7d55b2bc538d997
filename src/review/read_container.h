// DOCX and OFD are ZIP containers of XML parts: opened within bounds, faults put into words.
//
// One thread at a time.
#pragma once

#include <string_view>

#include "base/result.h"
#include "document/archive_reader.h"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace fazhi::review {

// Refuses kLocked, kHostile, kNotWhole.
Result<document::ArchiveReader> open_container(std::string_view bytes);

enum class Part { Needed, Optional };
// The part as a tree; empty where it is optional and not there. Refuses kNotWhole, kHostile
// (entities, depth, size), kLocked.
Result<void> read_part(document::ArchiveReader& archive, std::string_view name, Part need,
                       pugi::xml_document& into);

// The element's name without its prefix.
std::string_view local_name(const pugi::xml_node&);
// "Word" in small letters: names of parts and types are compared so.
std::string in_small_letters(std::string_view text);

}  // namespace fazhi::review
