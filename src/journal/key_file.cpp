#include "journal/key_file.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/digest.h"
#include "journal/errors.h"

namespace fazhi::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMax = 1000;

std::string text_of(std::string_view kind, const KeyBytes& key) {
    const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
    const auto head = fmt::format("fazhi {} key 1\n", kind);
    constexpr std::size_t kCheckDigits = 8;
    const auto check = digest_of(HashAlgorithm::Sha256, head, bytes).hex().substr(0, kCheckDigits);
    return fmt::format("{}{}\ncheck {}\n", head, base64(bytes), check);
}

// The key `text` holds, if it is exactly what text_of makes of it.
std::optional<KeyBytes> key_in(std::string_view kind, const std::string& text) {
    const auto begin = text.find('\n') + 1;
    const auto end = text.find('\n', begin);
    if (begin == 0 || end == std::string::npos) return std::nullopt;
    const auto bytes = from_base64(std::string_view(text).substr(begin, end - begin));
    KeyBytes key{};
    if (!bytes || bytes->size() != key.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), key.begin());
    if (text_of(kind, key) != text) return std::nullopt;
    return key;
}

Refusal not_written(const fs::path& path, int error) {
    return refuse(ErrorKind::Unavailable, errors::kKeysNotWritten,
                  fmt::format("无法写入密钥 {}：{}。请检查该文件夹的权限和磁盘空间。",
                              path.string(), std::generic_category().message(error)));
}

Refusal broken(const fs::path& file) {
    return refuse(ErrorKind::InvalidInput, errors::kKeysBroken,
                  fmt::format("密钥文件 {} 已损坏，请从备份中恢复。", file.string()));
}

// Closed, and its name gone, whatever happens.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string pattern)
        : name_(std::move(pattern)), descriptor_(::mkostemp(name_.data(), O_CLOEXEC)) {}
    ~TemporaryFile() {
        if (descriptor_ < 0) return;
        ::close(descriptor_);
        ::unlink(name_.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }
    // mkostemp made it 0600.
    [[nodiscard]] bool holds(std::string_view text) const {
        if (descriptor_ < 0) return false;
        const auto written = ::write(descriptor_, text.data(), text.size());
        return written == static_cast<ssize_t>(text.size()) && ::fsync(descriptor_) == 0;
    }

private:
    std::string name_;
    int descriptor_;
};

bool make_durable(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
}

}  // namespace

Result<void> make_key_folder(const fs::path& folder) {
    std::error_code failed;
    const bool made = fs::create_directories(folder, failed);
    if (failed) return not_written(folder, failed.value());
    if (!made) return {};
    fs::permissions(folder, fs::perms::owner_all, failed);
    if (failed) return not_written(folder, failed.value());
    return {};
}

Result<void> make_key_file(const fs::path& file, std::string_view kind, const KeyBytes& key) {
    std::error_code failed;
    if (fs::exists(file, failed)) return {};
    const TemporaryFile temporary(file.string() + ".XXXXXX");
    if (!temporary.holds(text_of(kind, key))) return not_written(file, errno);
    // link(), and not rename(): whoever comes second must not replace the first one's key.
    if (::link(temporary.name().c_str(), file.c_str()) != 0 && errno != EEXIST) {
        return not_written(file, errno);
    }
    if (!make_durable(file.parent_path())) return not_written(file, errno);
    return {};
}

Result<KeyBytes> read_key_file(const fs::path& file, std::string_view kind) {
    std::error_code failed;
    const auto status = fs::status(file, failed);
    if (!fs::exists(status)) {
        return refuse(
            ErrorKind::NotFound, errors::kKeysMissing,
            fmt::format("找不到密钥文件 {}，请先运行 fazhi init，或用 --data 指明数据文件夹。",
                        file.string()));
    }
    constexpr auto kOthers = fs::perms::group_all | fs::perms::others_all;
    if ((status.permissions() & kOthers) != fs::perms::none) {
        return refuse(ErrorKind::Forbidden, errors::kKeysExposed,
                      fmt::format("密钥文件 {} 的权限过宽，请改为仅所有者可读写（chmod 600）。",
                                  file.string()));
    }
    std::ifstream stream(file, std::ios::binary);
    std::string text(kFileBytesMax, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    const auto key = key_in(kind, text);
    if (!key) return broken(file);
    return *key;
}

}  // namespace fazhi::journal
