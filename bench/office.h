// One example office, loaded into a SQLite file of a temporary folder, for a benchmark to work in.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "action/workplace.h"
#include "calendar/clock.h"
#include "storage/database.h"

namespace fazhi::bench {

// Removed, with what is in it, when it goes.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path path;
};

// Throws std::runtime_error with the refusal where the office cannot be loaded. Run from the
// project's folder: it reads packs/ and examples/.
class LoadedOffice {
public:
    // Into an SQLite file in the folder, or into the empty database of a PostgreSQL server.
    explicit LoadedOffice(const std::string& code, const std::string& postgresql = "");

    TemporaryFolder folder;
    calendar::SystemClock clock;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<action::Workplace> workplace;
    JurisdictionId id;

    [[nodiscard]] std::filesystem::path file() const { return folder.path / "office.db"; }
};

// The value, or std::runtime_error with what was refused.
template <class T>
T required(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace fazhi::bench
