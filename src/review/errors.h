// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::review::errors {

// The file cannot be read from the disk.
inline constexpr std::string_view kUnreadable = "review.unreadable";
// The file is larger, longer or has more pages than is taken.
inline constexpr std::string_view kTooLarge = "review.too_large";
// The file has a password, or is encrypted.
inline constexpr std::string_view kLocked = "review.locked";
// A format of before DOCX (.doc, .wps), or another that is not read: the message names it.
inline constexpr std::string_view kFormatNotRead = "review.format_not_read";
// The file holds macros.
inline constexpr std::string_view kHasMacros = "review.has_macros";
// A small file that unpacks to a huge one, nests without end, or defines entities: made to exhaust
// its reader.
inline constexpr std::string_view kHostile = "review.hostile";
// The file begins as its format does, but is cut short or broken.
inline constexpr std::string_view kNotWhole = "review.not_whole";
// The text is neither UTF-8 nor GB18030, or no text at all.
inline constexpr std::string_view kNotText = "review.not_text";
// The file is whole and has no text in it.
inline constexpr std::string_view kNoText = "review.no_text";
// Pages are pictures and the programs that read them (tesseract, its Chinese data) are not there.
inline constexpr std::string_view kNoOcr = "review.no_ocr";
// Reading took more time or memory than one file may.
inline constexpr std::string_view kTooCostly = "review.too_costly";
// The reader ended by accident over this file.
inline constexpr std::string_view kReaderFailed = "review.reader_failed";
// A table of a pack's reference/ folder cannot be used.
inline constexpr std::string_view kBadTable = "review.bad_table";

}  // namespace fazhi::review::errors
