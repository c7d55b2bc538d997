// An office's own form (自备文书模板): a DOCX it made with its word processor, with marks in the
// text of the body, headers, footers, notes and text boxes.
//
//   {name}                what the name stands for, in the format of the mark's first character
//   […{name}…]            a clause: left out where something it names is empty; brackets without
//                         a mark are text
//   {list.column}         the table row around it (outside tables: the paragraph) is there once for
//                         each row of the list, and not at all where the list has none
//
// The file is untrusted: its size, what it unpacks to, its depth and what filling makes of it are
// bounded; macros and content drawn from elsewhere are refused. Values are cleaned (clean_text.h)
// and escaped. The same template and values make the same bytes. Throws std::runtime_error where
// libzip fails. Any thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fazhi::document {

inline constexpr std::size_t kTemplateBytesMax = 5'000'000;
inline constexpr std::size_t kFilledTextBytesMax = 20'000'000;  // what stands in for marks, in all
inline constexpr std::size_t kFilledNodesMax = 300'000;         // of repeated rows, in all

// What the marks stand for. A line feed is a line break.
struct TemplateFill {
    using Row = std::map<std::string, std::string, std::less<>>;  // by name; by column

    Row values;  // "party", "jurisdiction.name"
    std::map<std::string, std::vector<Row>, std::less<>> lists;
};

// The names between the braces, each once, in the order they stand. Refuses errors kTooLarge,
// kLocked, kNotDocx, kHasMacros, kDrawsFromElsewhere, kBadMark.
Result<std::vector<std::string>> marks_of_docx(std::string_view docx);

// The form. Refuses the same, kBadMark also where one row has marks of two lists, and kUnknownMark
// (the name in `where`) where a mark is neither a value nor a column of a list's rows.
Result<std::string> fill_docx(std::string_view docx, const TemplateFill&);

}  // namespace fazhi::document
