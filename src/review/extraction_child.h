// The child that reads files for another process: limits itself, then reads what it is asked to.
//
// Before the first byte of a file it gives up: files of its own (it has none open but the socket
// and may write none), memory beyond the limit, what lies outside the system's folders (Landlock,
// where the kernel has it), and new privileges. For each file it has so many seconds of processor
// time; over them the kernel ends it.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// The program's hidden command: `fazhi extract-files`, with a socket as standard input.
inline constexpr std::string_view kExtractionCommand = "extract-files";

using SourceReader =
    std::function<Result<SourceText>(std::string_view name, std::string_view bytes)>;

// Answers until the other end hangs up. Returns the exit code. The process does nothing else.
int serve_extraction(int socket, const SourceReader& reader);
// With read_source.
int serve_extraction(int socket);

}  // namespace fazhi::review
