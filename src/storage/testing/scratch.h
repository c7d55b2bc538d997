// A folder of a test's own, removed with everything in it at the end.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace fazhi::storage::testing {

class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] std::string file(std::string_view name) const {
        return (folder_ / name).string();
    }

private:
    std::filesystem::path folder_;
};

// Sixteen hexadecimal digits nobody else has.
std::string unlike_any_other();

}  // namespace fazhi::storage::testing
