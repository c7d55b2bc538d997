#include "action/restore_backup.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "action/backup.h"
#include "action/destroy_entry.h"
#include "action/errors.h"
#include "action/workplace.h"
#include "storage/database_copy.h"
#include "storage/migrations.h"

namespace fazhi::action {
namespace {

namespace fs = std::filesystem;

Result<void> require_fitting(const RestoreOrder& order, const Manifest& manifest) {
    const std::int64_t known = storage::embedded_migrations().back().version;
    if (manifest.schema > known) {
        return refuse(ErrorKind::RefusedByRule, errors::kLaterBackup,
                      "备份由更新版本的程序做成，请先升级本程序。", "folder");
    }
    if (storage::dialect_of(order.url) != manifest.database) {
        const bool sqlite = manifest.database == storage::Dialect::Sqlite;
        return refuse(ErrorKind::InvalidInput, errors::kOtherDatabase,
                      sqlite ? "这是 SQLite 的备份，只能恢复成 SQLite 文件。"
                             : "这是 PostgreSQL 的备份，只能恢复到 PostgreSQL。",
                      "--database");
    }
    if (fs::exists(order.data) && !fs::is_empty(order.data)) {
        return refuse(ErrorKind::RefusedByRule, errors::kPlaceTaken,
                      fmt::format("数据文件夹 {} 里已经有东西，不能覆盖；请恢复到别处。",
                                  order.data.string()),
                      "--data");
    }
    const fs::path partial = order.data.string() + ".partial";
    if (fs::exists(partial)) {
        return refuse(ErrorKind::RefusedByRule, errors::kPlaceTaken,
                      fmt::format("{} 是以前没有恢复完的，请先删掉它。", partial.string()),
                      "--data");
    }
    if (order.keys.empty() && !manifest.with_keys) {
        return refuse(ErrorKind::InvalidInput, errors::kNeedsKeys,
                      "备份里没有密钥，请用 --keys 指明另行保管的密钥文件夹。", "--keys");
    }
    return storage::require_restorable(order.url);
}

void copy_private(const fs::path& from, const fs::path& to) {
    fs::create_directories(to.parent_path());
    fs::copy_file(from, to);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
    flush_to_disk(to);
}

// Lines of the newer list that the backup's lacks: one that was there stays where it was.
void add_lines(const fs::path& newer, const fs::path& list) {
    std::set<std::string> known;
    std::ifstream old(list);
    for (std::string line; std::getline(old, line);) known.insert(line);
    old.close();
    std::ifstream in(newer);
    if (!in) throw std::system_error(errno, std::generic_category(), newer.string());
    std::ofstream out(list, std::ios::app);
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && known.insert(line).second) out << line << "\n";
    }
    out.close();
    if (!out) throw std::system_error(errno, std::generic_category(), list.string());
    fs::permissions(list, fs::perms::owner_read | fs::perms::owner_write);
    flush_to_disk(list);
}

// The data folder as it will be, beside its place; taken away again unless it came there.
class PartialData {
public:
    explicit PartialData(const fs::path& target)
        : target_(target), path_(target.string() + ".partial") {
        fs::create_directories(path_);
        fs::permissions(path_, fs::perms::owner_all);
    }
    ~PartialData() {
        std::error_code ignored;  // On the way out of another failure, which is told.
        fs::remove_all(path_, ignored);
    }
    PartialData(const PartialData&) = delete;
    PartialData& operator=(const PartialData&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }
    void come_to_its_place() {
        fs::remove(target_);  // It is empty, or not there.
        fs::rename(path_, target_);
        flush_to_disk(fs::absolute(target_).parent_path());
    }

private:
    fs::path target_;
    fs::path path_;
};

// Refuses keys that sign with another name than the backup's.
Result<void> copy_keys(const RestoreOrder& order, const Manifest& manifest, const fs::path& data) {
    const fs::path from = order.keys.empty() ? order.folder / kBackupKeys : order.keys;
    const fs::path to = data / kBackupKeys;
    if (!fs::is_directory(from)) {
        return refuse(ErrorKind::NotFound, errors::kNeedsKeys,
                      fmt::format("没有密钥文件夹 {}。", from.string()), "--keys");
    }
    fs::create_directories(to);
    fs::permissions(to, fs::perms::owner_all);
    for (const auto& each : fs::directory_iterator(from)) {
        if (each.is_regular_file()) copy_private(each.path(), to / each.path().filename());
    }
    TRY(const journal::Vault vault, journal::Vault::open(to));
    if (journal::Journal(manifest.hash, vault).verifier_key() == manifest.verifier_key) return {};
    return refuse(ErrorKind::InvalidInput, errors::kNeedsKeys,
                  "这些密钥不属于这份备份的数据库，请找到原来的密钥文件夹。", "--keys");
}

Result<void> copy_data(const RestoreOrder& order, const Manifest& manifest, const fs::path& data) {
    for (const BackupFile& file : manifest.files) {
        const fs::path below = fs::path(file.path).lexically_relative(kBackupData);
        if (file.path.starts_with(std::string(kBackupData) + "/"))
            copy_private(order.folder / file.path, data / below);
    }
    if (!order.destroyed.empty()) {
        if (!fs::is_regular_file(order.destroyed)) {
            return refuse(ErrorKind::NotFound, errors::kBadDestroyedList,
                          fmt::format("没有文件 {}。", order.destroyed.string()), "--destroyed");
        }
        add_lines(order.destroyed, data / kDestroyedList);
    }
    return copy_keys(order, manifest, data);
}

Result<void> require_as_backed_up(Workplace& workplace, const Manifest& manifest) {
    const auto connection = workplace.database.reading();
    std::vector<BackupJournal> found;
    for (const auto& each : access::Organisation::jurisdictions(*connection)) {
        const journal::Head head = workplace.journal.head(*connection, each.id);
        found.push_back({each.id, each.code, head.size, head.root});
    }
    if (found == manifest.journals) return {};
    return refuse(ErrorKind::RefusedByRule, errors::kNotAsBackedUp,
                  "恢复出来的流水与备份的清单不符：请不要使用，换一份备份恢复到别处。",
                  "--database");
}

}  // namespace

bool Restored::is_sound() const {
    return server_log.empty() &&
           std::all_of(journals.begin(), journals.end(),
                       [](const RestoredJournal& each) { return each.verified.findings.empty(); });
}

Result<Restored> restore_backup(const RestoreOrder& order, const calendar::Clock& clock,
                                const journal::Progress& progress) {
    Restored out;
    TRY(out.manifest, read_manifest(order.folder));
    TRY_OK(require_fitting(order, out.manifest));
    TRY_OK(check_files(order.folder, out.manifest));

    PartialData data(order.data);
    TRY_OK(copy_data(order, out.manifest, data.path()));
    TRY_OK(storage::restore_database(order.folder / kBackupDatabase, order.url));
    data.come_to_its_place();

    TRY(const auto database, storage::Database::open(order.url, storage::Migrate::Yes));
    out.is_upgraded = storage::schema_version(*database->reading()) != out.manifest.schema;
    if (out.is_upgraded) {
        TRY_OK(initialise(*database, order.data, {}));  // The tables that definitions make.
    }
    TRY(const auto workplace, Workplace::open(*database, order.data, clock));
    TRY_OK(require_as_backed_up(*workplace, out.manifest));
    TRY(out.destroyed_again, destroy_again(*workplace));

    const auto connection = database->reading();
    for (const auto& each : access::Organisation::jurisdictions(*connection)) {
        out.journals.push_back(
            {each.code, journal::verify(workplace->journal, workplace->vault, *connection, each.id,
                                        workplace->projections(), progress)});
    }
    out.server_log = workplace->server_log.verify(*connection, {});
    return out;
}

}  // namespace fazhi::action
