#include "action/backup.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "action/destroy_entry.h"
#include "action/errors.h"
#include "base/file_digest.h"
#include "ledger/evidence_store.h"
#include "storage/database_copy.h"

namespace fazhi::action {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnfinished = "unfinished";  // stands in the folder until it is whole
constexpr const char* kEvidence = "evidence";

// The folder that becomes the backup: taken away again unless it does.
class PartialFolder {
public:
    static Result<PartialFolder> make(const fs::path& target) {
        const fs::path partial = target.string() + ".partial";
        if (fs::exists(fs::symlink_status(target)))
            return taken(fmt::format("{} 已经在那里了，不能覆盖；请换一个名字。", target.string()));
        if (fs::exists(partial)) {
            if (!is_ours(partial))
                return taken(fmt::format("{} 已经在那里了，又不是没有做完的备份；请换一个名字。",
                                         partial.string()));
            mark(partial);
            take_away(partial);
        }
        fs::create_directories(partial);
        fs::permissions(partial, fs::perms::owner_all);
        mark(partial);
        return PartialFolder(target, partial);
    }

    ~PartialFolder() {
        if (path_.empty()) return;
        try {
            take_away(path_);
        } catch (const fs::filesystem_error&) {
            return;  // On the way out of another failure, which is told.
        }
    }
    PartialFolder(PartialFolder&& other) noexcept
        : target_(std::move(other.target_)), path_(std::move(other.path_)) {
        other.path_.clear();
    }
    PartialFolder(const PartialFolder&) = delete;
    PartialFolder& operator=(const PartialFolder&) = delete;
    PartialFolder& operator=(PartialFolder&&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

    void become_whole() {
        fs::remove(path_ / kUnfinished);
        flush_to_disk(path_);
        fs::rename(path_, target_);
        path_.clear();
        flush_to_disk(fs::absolute(target_).parent_path());
    }

private:
    PartialFolder(fs::path target, fs::path partial)
        : target_(std::move(target)), path_(std::move(partial)) {}

    // What a backup that was killed may have left, at any moment: a folder without anything, one
    // with the mark, or one that is whole but for its name.
    static bool is_ours(const fs::path& partial) {
        return fs::is_directory(partial) &&
               (fs::is_empty(partial) || fs::exists(partial / kUnfinished) ||
                read_manifest(partial).has_value());
    }

    static void mark(const fs::path& partial) {
        const std::ofstream file(partial / kUnfinished);
        if (!file) throw std::system_error(errno, std::generic_category(), partial.string());
    }

    // The mark last, so that what is left of it when that is killed is still known for ours.
    static void take_away(const fs::path& partial) {
        for (const auto& each : fs::directory_iterator(partial)) {
            if (each.path().filename() != kUnfinished) fs::remove_all(each.path());
        }
        fs::remove_all(partial);
    }

    static Result<PartialFolder> taken(const std::string& message) {
        return refuse(ErrorKind::RefusedByRule, errors::kPlaceTaken, message, "folder");
    }

    fs::path target_;
    fs::path path_;
};

// What is half written now stands under such a name.
bool is_unfinished(const fs::path& file) {
    const std::string ending = file.extension().string();
    const bool process_number =
        ending.size() > 1 &&
        std::all_of(ending.begin() + 1, ending.end(), [](char c) { return c >= '0' && c <= '9'; });
    return process_number || ending == ".part" || ending == ".partial";
}

// False: the file went away before it was copied.
bool copy_one(const fs::path& from, const fs::path& to) {
    fs::create_directories(to.parent_path());
    std::error_code why;
    fs::copy_file(from, to, why);
    if (why == std::errc::no_such_file_or_directory && !fs::exists(from)) return false;
    if (why) throw fs::filesystem_error("copy", from, to, why);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
    flush_to_disk(to);
    return true;
}

// Copies what is below `from` to `folder`/`name` and describes it.
class Copying {
public:
    Copying(fs::path folder, Manifest& manifest)
        : folder_(std::move(folder)), manifest_(manifest) {}

    void file(const fs::path& from, const std::string& path) {
        if (copy_one(from, folder_ / path)) manifest_.files.push_back(described(folder_, path));
    }

    // Only regular files, in the order of their names; `takes` is asked with the path below `from`.
    void all(const fs::path& from, std::string_view name,
             const std::function<bool(const fs::path&)>& takes) {
        std::vector<fs::path> found;
        const auto options = fs::directory_options::follow_directory_symlink;
        for (const auto& each : fs::recursive_directory_iterator(from, options)) {
            const fs::path below = each.path().lexically_relative(from);
            if (each.is_regular_file() && takes(below)) found.push_back(below);
        }
        std::sort(found.begin(), found.end());
        for (const fs::path& each : found) file(from / each, (fs::path(name) / each).string());
    }

private:
    fs::path folder_;
    Manifest& manifest_;
};

bool is_below(const fs::path& path, std::string_view folder) {
    return path.begin() != path.end() && *path.begin() == folder;
}

Result<void> copy_tables(Workplace& workplace, const fs::path& folder, BackedUp& out,
                         std::vector<Digest>& evidence) {
    Manifest& manifest = out.manifest;
    const fs::path file = folder / kBackupDatabase;
    TRY_OK(storage::copy_database(
        workplace.database, file, [&](storage::Connection& connection) -> Result<void> {
            manifest.schema = storage::schema_version(connection);
            for (const auto& each : access::Organisation::jurisdictions(connection)) {
                const journal::Head head = workplace.journal.head(connection, each.id);
                manifest.journals.push_back({each.id, each.code, head.size, head.root});
            }
            evidence = ledger::evidence_named(connection);
            return {};
        }));
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    manifest.files.push_back(described(folder, std::string(kBackupDatabase)));
    return {};
}

void copy_files(const Workplace& workplace, const fs::path& folder, BackupKeys keys,
                Manifest& manifest) {
    Copying copying(folder, manifest);
    copying.all(workplace.data, kBackupData, [](const fs::path& below) {
        return !is_below(below, kBackupKeys) && below != kDestroyedList && !is_unfinished(below);
    });
    if (keys == BackupKeys::Included)
        copying.all(workplace.data / kBackupKeys, kBackupKeys,
                    [](const fs::path& below) { return !is_unfinished(below); });
    const fs::path list = workplace.data / kDestroyedList;
    if (fs::exists(list)) copying.file(list, (fs::path(kBackupData) / kDestroyedList).string());
}

// Which of the evidence that the database names the backup lacks, and which is not what its name
// says. An entry may have been destroyed since: its files are no loss.
void compare_evidence(Workplace& workplace, const fs::path& folder,
                      const std::vector<Digest>& named, BackedUp& out) {
    const std::vector<Digest> now = ledger::evidence_named(*workplace.database.reading());
    for (const Digest& digest : named) {
        if (!std::binary_search(now.begin(), now.end(), digest)) continue;
        const std::string hex = digest.hex();
        const fs::path file = folder / kBackupData / kEvidence / hex.substr(0, 2) / hex;
        if (!fs::exists(file)) {
            out.missing.push_back(hex);
        } else if (digest_of_file(workplace.journal.algorithm(), file) != digest) {
            out.damaged.push_back(hex);
        }
    }
}

}  // namespace

Result<BackedUp> back_up(Workplace& workplace, const fs::path& folder, BackupKeys keys) {
    BackedUp out;
    Manifest& manifest = out.manifest;
    manifest.at = calendar::to_text(workplace.clock.now());
    manifest.program = FAZHI_VERSION;
    manifest.database = workplace.database.dialect();
    manifest.hash = workplace.journal.algorithm();
    manifest.verifier_key = workplace.journal.verifier_key();
    manifest.with_keys = keys == BackupKeys::Included;

    TRY(PartialFolder partial, PartialFolder::make(folder));
    std::vector<Digest> evidence;
    TRY_OK(copy_tables(workplace, partial.path(), out, evidence));
    copy_files(workplace, partial.path(), keys, manifest);
    compare_evidence(workplace, partial.path(), evidence, out);
    for (const BackupFile& file : manifest.files) out.bytes += file.size;
    write_manifest(partial.path(), manifest);
    partial.become_whole();
    return out;
}

Result<Manifest> check_backup(const fs::path& folder) {
    TRY(Manifest manifest, read_manifest(folder));
    TRY_OK(check_files(folder, manifest));
    return manifest;
}

}  // namespace fazhi::action
