// The web application's files, read once when the program starts, as they are sent: compressed
// where the build has made a .gz beside them.
//
// Immutable afterwards; any thread. Bounds: kWebFileBytesMax each, kWebFilesMax of them.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "http/request.h"

namespace fazhi::http {

inline constexpr std::size_t kWebFilesMax = 2'000;
inline constexpr std::size_t kWebFileBytesMax = 20'000'000;

class WebFiles {
public:
    // None: only the API answers.
    WebFiles() = default;
    // Refuses kNoWebApplication.
    static Result<WebFiles> read(const std::filesystem::path& folder);

    // The file of the path, else the application's page, whose script finds its own way; 404 where
    // there is no application.
    [[nodiscard]] Response answer(const Request&) const;

private:
    struct File {
        std::string media_type;
        std::string bytes;
        std::string compressed;  // gzip; "": not made
        bool keeps = false;      // its name changes with its content
    };
    std::map<std::string, File, std::less<>> files_;  // by path: "/assets/index-1a2b3c4d.js"
};

}  // namespace fazhi::http
