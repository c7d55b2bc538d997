// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::exchange::errors {

// The file is larger, longer or wider than is taken.
inline constexpr std::string_view kTooLarge = "exchange.too_large";
// An .xls or .et file, or an XLSX with a password.
inline constexpr std::string_view kOldFormat = "exchange.old_format";
// The file says it is XLSX and is none, or a broken one.
inline constexpr std::string_view kNotXlsx = "exchange.not_xlsx";
// The file is neither UTF-8 nor GB18030 text.
inline constexpr std::string_view kNotUtf8 = "exchange.not_utf8";
// No CSV can be read from the file: quotes without a partner.
inline constexpr std::string_view kNotCsv = "exchange.not_csv";
// There is no sheet of this name.
inline constexpr std::string_view kNoSuchSheet = "exchange.no_such_sheet";
// The sheet is empty: no row can be the head.
inline constexpr std::string_view kNoHead = "exchange.no_head";
// Two columns have the same head, or a head is empty above cells that are not.
inline constexpr std::string_view kBadHead = "exchange.bad_head";
// The file cannot be written: no such folder, no right, no space.
inline constexpr std::string_view kNotWritten = "exchange.not_written";
// A long number that the spreadsheet keeps as one: its last digits are gone.
inline constexpr std::string_view kSpoiledNumber = "exchange.spoiled_number";

}  // namespace fazhi::exchange::errors
