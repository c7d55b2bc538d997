// Every refusal of this room, most important first: all are of a DOCX that somebody hands in.
#pragma once

#include <string_view>

namespace fazhi::document::errors {

// The file, what it unpacks to, or what filling it would make is larger than is taken.
inline constexpr std::string_view kTooLarge = "document.too_large";
// The file has a password, or is of the format before DOCX.
inline constexpr std::string_view kLocked = "document.locked";
// The file says it is DOCX and is none, or a broken one.
inline constexpr std::string_view kNotDocx = "document.not_docx";
// The file holds macros.
inline constexpr std::string_view kHasMacros = "document.has_macros";
// The file draws pictures or objects from elsewhere when it is opened.
inline constexpr std::string_view kDrawsFromElsewhere = "document.draws_from_elsewhere";
// A brace without its twin, nothing between braces, braces of full width, two lists in one row.
inline constexpr std::string_view kBadMark = "document.bad_mark";
// A mark has a name that nothing stands for.
inline constexpr std::string_view kUnknownMark = "document.unknown_mark";

}  // namespace fazhi::document::errors
