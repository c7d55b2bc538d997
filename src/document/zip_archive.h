// A ZIP archive in memory, as DOCX needs it: entries in the order given, dated 1980-01-01, so that
// the same entries give the same bytes.
//
// Throws std::runtime_error where libzip fails. Any thread.
#pragma once

#include <string>
#include <vector>

namespace fazhi::document {

struct ArchiveEntry {
    std::string path;
    std::string content;
};

std::string zip_archive(const std::vector<ArchiveEntry>&);

}  // namespace fazhi::document
