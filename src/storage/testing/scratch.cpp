#include "storage/testing/scratch.h"

#include <random>
#include <system_error>

#include <fmt/format.h>

namespace fazhi::storage::testing {

std::string unlike_any_other() {
    std::random_device device;
    return fmt::format("{:08x}{:08x}", device(), device());
}

Scratch::Scratch()
    : folder_(std::filesystem::temp_directory_path() / ("fazhi-test-" + unlike_any_other())) {
    std::filesystem::create_directory(folder_);
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace fazhi::storage::testing
