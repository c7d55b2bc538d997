// How much a file may ask of its reader. Over a limit the file is refused, never cut.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fazhi::review {

inline constexpr std::size_t kFileBytesMax = 50'000'000;
inline constexpr std::size_t kTextFileBytesMax = 20'000'000;   // TXT, Markdown, HTML
inline constexpr std::size_t kUnpackedBytesMax = 200'000'000;  // of all parts of a container
inline constexpr std::size_t kXmlBytesMax = 30'000'000;        // of one XML part
inline constexpr std::size_t kPartsMax = 5'000;                // of a container
inline constexpr int kDepthMax = 200;                          // of elements within elements
inline constexpr std::size_t kCharactersMax = 10'000'000;      // of the text
inline constexpr std::uint32_t kPagesMax = 2'000;
inline constexpr std::uint32_t kOcrPagesMax = 60;  // that are pictures

// Of the child process that reads (extraction.h); for each file.
inline constexpr std::size_t kReaderMemoryMax = 1'500'000'000;  // address space, bytes
inline constexpr unsigned kReaderSecondsMax = 60;               // of processor time
inline constexpr unsigned kOcrSecondsMax = 600;                 // where pages are pictures

}  // namespace fazhi::review
