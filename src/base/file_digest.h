// The digest of what a file holds, read piece by piece, however large it is. Any thread.
#pragma once

#include <filesystem>

#include "base/digest.h"

namespace fazhi {

// Throws std::system_error where the file cannot be read.
Digest digest_of_file(HashAlgorithm, const std::filesystem::path& file);

}  // namespace fazhi
