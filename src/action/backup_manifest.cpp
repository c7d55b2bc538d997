#include "action/backup_manifest.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "action/errors.h"
#include "base/file_digest.h"
#include "journal/record.h"

namespace fazhi::action {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kManifestDigest = "manifest.json.sha256";
constexpr std::int64_t kFormat = 1;

std::string_view to_text(storage::Dialect dialect) {
    switch (dialect) {
        case storage::Dialect::Sqlite:
            return "sqlite";
        case storage::Dialect::Postgresql:
            return "postgresql";
    }
    return {};
}

std::string value_text(const Manifest& manifest) {
    Value::List journals;
    for (const BackupJournal& each : manifest.journals) {
        journals.emplace_back(Value::Map{{"code", each.code},
                                         {"id", each.id.value},
                                         {"root", each.root.hex()},
                                         {"size", each.size}});
    }
    Value::List files;
    for (const BackupFile& each : manifest.files) {
        files.emplace_back(
            Value::Map{{"path", each.path}, {"sha256", each.sha256.hex()}, {"size", each.size}});
    }
    return journal::canonical(Value::Map{{"at", manifest.at},
                                         {"database", to_text(manifest.database)},
                                         {"files", std::move(files)},
                                         {"format", kFormat},
                                         {"hash", fazhi::to_text(manifest.hash)},
                                         {"journals", std::move(journals)},
                                         {"keys", manifest.with_keys},
                                         {"program", manifest.program},
                                         {"schema", manifest.schema},
                                         {"verifier_key", manifest.verifier_key}});
}

// "…  manifest.json", as sha256sum writes it.
std::string digest_line(const std::string& text) {
    return fmt::format("{}  {}\n", digest_of(HashAlgorithm::Sha256, text).hex(), kManifest);
}

void write_text(const fs::path& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
    std::size_t done = 0;
    bool failed = false;
    while (!failed && done < text.size()) {
        const ssize_t wrote = ::write(file, text.data() + done, text.size() - done);
        failed = wrote < 0 && errno != EINTR;
        if (wrote > 0) done += static_cast<std::size_t>(wrote);
    }
    failed = failed || ::fsync(file) != 0;
    const int why = errno;
    ::close(file);
    if (failed) throw std::system_error(why, std::generic_category(), path.string());
}

std::optional<std::string> text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// Below the folder, in the places that a backup has: what is read from elsewhere is not trusted.
bool is_place_in_backup(const std::string& path) {
    const fs::path place(path);
    if (path == kBackupDatabase) return true;
    const bool known = place.begin() != place.end() &&
                       (*place.begin() == kBackupData || *place.begin() == kBackupKeys);
    return known && place.is_relative() &&
           std::none_of(place.begin(), place.end(),
                        [](const fs::path& part) { return part == ".." || part == "."; });
}

Error damaged(const std::string& message, const std::string& where) {
    return {ErrorKind::InvalidInput, errors::kDamagedBackup, message, where};
}

Result<void> read_lists(const Value& value, Manifest& manifest) {
    const Error bad = damaged("备份的清单读不懂，请换一份备份。", kManifest);
    if (!value.at("journals").is_list() || !value.at("files").is_list()) return refuse(bad);
    for (const Value& each : value.at("journals").as_list()) {
        const auto root = Digest::from_hex(each.text_at("root"));
        if (!root) return refuse(bad);
        manifest.journals.push_back({JurisdictionId{each.integer_at("id")}, each.text_at("code"),
                                     each.integer_at("size"), *root});
    }
    std::set<std::string> paths;
    for (const Value& each : value.at("files").as_list()) {
        const auto sha256 = Digest::from_hex(each.text_at("sha256"));
        const std::string path = each.text_at("path");
        if (!sha256 || !is_place_in_backup(path) || !paths.insert(path).second) return refuse(bad);
        manifest.files.push_back({path, each.integer_at("size"), *sha256});
    }
    if (!paths.contains(std::string(kBackupDatabase))) return refuse(bad);
    return {};
}

}  // namespace

void flush_to_disk(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool flushed = file >= 0 && ::fsync(file) == 0;
    const int why = errno;
    if (file >= 0) ::close(file);
    if (!flushed) throw std::system_error(why, std::generic_category(), path.string());
}

BackupFile described(const fs::path& folder, const std::string& path) {
    const fs::path file = folder / path;
    return {path, static_cast<std::int64_t>(fs::file_size(file)),
            digest_of_file(HashAlgorithm::Sha256, file)};
}

void write_manifest(const fs::path& folder, const Manifest& manifest) {
    const std::string text = value_text(manifest);
    write_text(folder / kManifest, text);
    write_text(folder / kManifestDigest, digest_line(text));
}

Result<Manifest> read_manifest(const fs::path& folder) {
    const auto text = text_of(folder / kManifest);
    const auto digest = text_of(folder / kManifestDigest);
    if (!text || !digest) {
        return refuse(
            ErrorKind::NotFound, errors::kNoBackup,
            fmt::format("{} 里没有完整的备份（没有清单）；没有做完的备份不能用。", folder.string()),
            "folder");
    }
    if (*digest != digest_line(*text))
        return refuse(damaged("备份的清单被改动或已损坏，请换一份备份。", kManifest));
    const auto value = journal::parse_canonical(*text);
    if (!value || !value->is_map())
        return refuse(damaged("备份的清单读不懂，请换一份备份。", kManifest));
    if (value->integer_at("format") != kFormat) {
        return refuse(ErrorKind::RefusedByRule, errors::kLaterBackup,
                      "备份由更新版本的程序做成，请先升级本程序。", "folder");
    }
    const auto hash = hash_algorithm_from(value->text_at("hash"));
    const std::string database = value->text_at("database");
    const bool sqlite = database == to_text(storage::Dialect::Sqlite);
    if (!hash || (!sqlite && database != to_text(storage::Dialect::Postgresql)))
        return refuse(damaged("备份的清单读不懂，请换一份备份。", kManifest));
    Manifest out;
    out.at = value->text_at("at");
    out.program = value->text_at("program");
    out.schema = value->integer_at("schema");
    out.database = sqlite ? storage::Dialect::Sqlite : storage::Dialect::Postgresql;
    out.hash = *hash;
    out.verifier_key = value->text_at("verifier_key");
    out.with_keys = value->at("keys") == Value(true);
    TRY_OK(read_lists(*value, out));
    return out;
}

Result<void> check_files(const fs::path& folder, const Manifest& manifest) {
    std::vector<Error> faults;
    for (const BackupFile& file : manifest.files) {
        if (!fs::is_regular_file(folder / file.path)) {
            faults.push_back(damaged("备份里缺这个文件，请换一份备份。", file.path));
        } else if (described(folder, file.path) != file) {
            faults.push_back(
                damaged("这个文件与备份时不同（被改动或已损坏），请换一份备份。", file.path));
        }
    }
    if (!faults.empty()) return refuse(join_errors(std::move(faults)));
    return {};
}

}  // namespace fazhi::action
