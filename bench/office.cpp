#include "office.h"

#include <stdexcept>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include "action/load_office.h"

namespace fazhi::bench {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "fazhi-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;  // What is left lies in the system's temporary folder.
    fs::remove_all(path, ignored);
}

LoadedOffice::LoadedOffice(const std::string& code, const std::string& postgresql) {
    const fs::path data = folder.path / "data";
    database = required(storage::Database::open(postgresql.empty() ? file().string() : postgresql,
                                                storage::Migrate::Yes));
    required(action::initialise(*database, data, {}));
    const action::OfficeFolder source = required(action::read_office(fs::path("examples") / code));
    required(action::install_packs(*database, "packs", source.packs));
    workplace = required(action::Workplace::open(*database, data, clock));
    required(action::load_office(*workplace, source, [](std::size_t, std::size_t) {}));
    id = required(access::Organisation::jurisdiction(*database->reading(), code)).id;
}

}  // namespace fazhi::bench
