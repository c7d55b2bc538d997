#include "cli/passing_folder.h"

#include <cerrno>
#include <cstdlib>
#include <string>

namespace fazhi::cli {

namespace fs = std::filesystem;

PassingFolder::PassingFolder() {
    std::string name = (fs::temp_directory_path() / "fazhi-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw fs::filesystem_error("cannot make", name,
                                   std::error_code(errno, std::generic_category()));
    path_ = name;
}

PassingFolder::~PassingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace fazhi::cli
