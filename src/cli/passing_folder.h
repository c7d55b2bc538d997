// A folder in the system's place for such, of this run alone, and gone with it: what others wrote
// is not left lying about.
#pragma once

#include <filesystem>

namespace fazhi::cli {

class PassingFolder {
public:
    // Throws std::filesystem::filesystem_error where none can be made.
    PassingFolder();
    ~PassingFolder();
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace fazhi::cli
