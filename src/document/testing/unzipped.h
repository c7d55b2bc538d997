// What is in a ZIP archive: how tests look into a DOCX.
#pragma once

#include <string>
#include <vector>

#include "document/zip_archive.h"

namespace fazhi::document::testing {

// The entries, in order. Throws std::runtime_error where the bytes are no sound archive.
std::vector<ArchiveEntry> unzipped(const std::string& bytes);

// The content of one entry; "" where there is none.
std::string part(const std::string& docx, const std::string& path);

}  // namespace fazhi::document::testing
