#include "ledger/evidence_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <magic.h>
#include <unistd.h>

#include "ledger/errors.h"
#include "ledger/ledgers.h"

namespace fazhi::ledger {
namespace {

struct TakenType {
    std::string_view media_type;
    std::string_view endings;  // joined by spaces
};

// Of archives only OFD (GB/T 33190), told by the file every one begins with.
constexpr std::string_view kArchive = "application/zip";
constexpr std::string_view kOfdEntry = "OFD.xml";

// Papers, photos, recordings: what an office files. Programs, scripts and archives are not.
constexpr std::array<TakenType, 22> kTakenTypes = {{
    {"image/jpeg", "jpg jpeg"},
    {"image/png", "png"},
    {"image/gif", "gif"},
    {"image/webp", "webp"},
    {"image/heic", "heic"},
    {"image/tiff", "tif tiff"},
    {"image/bmp", "bmp"},
    {"application/pdf", "pdf"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
    {"application/msword", "doc wps"},
    {"application/vnd.ms-excel", "xls et"},
    {"text/plain", "txt csv md"},
    {"text/csv", "csv"},
    {"text/html", "html htm"},
    {kArchive, "ofd"},
    {"video/mp4", "mp4"},
    {"video/quicktime", "mov"},
    {"audio/mpeg", "mp3"},
    {"audio/x-m4a", "m4a"},
    {"audio/x-wav", "wav"},
}};

std::string ending_of(const std::string& name) {
    const size_t dot = name.rfind('.');
    std::string out = dot == std::string::npos ? std::string() : name.substr(dot + 1);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool lists(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const size_t space = std::min(words.find(' '), words.size());
        if (words.substr(0, space) == word) return true;
        words.remove_prefix(std::min(space + 1, words.size()));
    }
    return false;
}

class OpenFile {
public:
    explicit OpenFile(int file) : file_(file) {}
    ~OpenFile() { ::close(file_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

private:
    int file_;
};

// Removed again unless it became whole.
struct PartialFile {
    explicit PartialFile(std::string the_path) : path(std::move(the_path)) {}
    ~PartialFile() {
        if (!is_whole) ::unlink(path.c_str());
    }
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    std::string path;
    bool is_whole = false;
};

void write_all(int file, const std::string& bytes) {
    size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote = ::write(file, bytes.data() + done, bytes.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) throw std::system_error(errno, std::generic_category(), "evidence file");
        done += static_cast<size_t>(wrote);
    }
    if (::fsync(file) != 0)
        throw std::system_error(errno, std::generic_category(), "evidence file");
}

std::filesystem::path path_of(const std::string& folder, const Digest& digest) {
    const std::string hex = digest.hex();
    return std::filesystem::path(folder) / hex.substr(0, 2) / hex;
}

}  // namespace

std::string sniffed_type(const std::string& bytes) {
    // A cookie belongs to one thread; loading the database takes milliseconds.
    thread_local const std::unique_ptr<magic_set, decltype(&magic_close)> cookie = [] {
        std::unique_ptr<magic_set, decltype(&magic_close)> made(magic_open(MAGIC_MIME_TYPE),
                                                                magic_close);
        if (!made || magic_load(made.get(), nullptr) != 0)
            throw std::runtime_error("libmagic has no database");
        return made;
    }();
    const char* type = magic_buffer(cookie.get(), bytes.data(), bytes.size());
    return type == nullptr ? "application/octet-stream" : type;
}

Result<std::string> accepted_type(const std::string& name, const std::string& bytes) {
    if (bytes.empty())
        return refuse(ErrorKind::InvalidInput, errors::kBadEvidence,
                      fmt::format("“{}”是空文件，请重新选择。", name), "evidence");
    if (bytes.size() > kEvidenceFileMax) {
        return refuse(ErrorKind::TooLarge, errors::kBadEvidence,
                      fmt::format("“{}”有{}MB，超过{}MB，请压缩或分开上传。", name,
                                  bytes.size() / 1'000'000, kEvidenceFileMax / 1'000'000),
                      "evidence");
    }
    const std::string type = sniffed_type(bytes);
    const std::string ending = ending_of(name);
    bool type_taken = false;
    for (const TakenType& taken : kTakenTypes) {
        if (taken.media_type != type) continue;
        if (type == kArchive && bytes.find(kOfdEntry) == std::string::npos) continue;
        type_taken = true;
        if (lists(taken.endings, ending)) return type;
    }
    const std::string why = type_taken ? fmt::format("内容是{}，与扩展名“{}”不符", type, ending)
                                       : fmt::format("是{}，不收这种文件", type);
    return refuse(
        ErrorKind::InvalidInput, errors::kBadEvidence,
        fmt::format("“{}”{}；请上传照片、PDF、Word、Excel、文本、录音或录像的原文件。", name, why),
        "evidence");
}

void remove_file(const std::string& folder, const Digest& digest) {
    std::filesystem::remove(path_of(folder, digest));
}

std::optional<std::string> read_file(const std::string& folder, const Digest& digest) {
    std::ifstream in(path_of(folder, digest), std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string store_file(const std::string& folder, const Digest& digest, const std::string& bytes) {
    namespace fs = std::filesystem;
    const fs::path path = path_of(folder, digest);
    const fs::path directory = path.parent_path();
    if (fs::exists(path) && fs::file_size(path) == bytes.size()) return path;
    fs::create_directories(directory);
    PartialFile partial(path.string() + fmt::format(".{}", ::getpid()));
    const int file = ::open(partial.path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "evidence file");
    const OpenFile opened(file);
    write_all(file, bytes);
    fs::rename(partial.path, path);
    partial.is_whole = true;
    // The name must outlast a power cut as the record that cites it does.
    const int folder_file = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder_file < 0) throw std::system_error(errno, std::generic_category(), "evidence folder");
    const OpenFile opened_folder(folder_file);
    if (::fsync(folder_file) != 0)
        throw std::system_error(errno, std::generic_category(), "evidence folder");
    return path;
}

}  // namespace fazhi::ledger
