#include "action/uploads.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "access/session.h"
#include "action/errors.h"
#include "base/digest.h"
#include "base/value.h"
#include "journal/record.h"
#include "text/utf8.h"

namespace fazhi::action {
namespace {

constexpr std::size_t kIdCharacters = 32;
constexpr std::size_t kHexOfSha256 = 64;
constexpr std::size_t kNameCharactersMax = 200;
constexpr const char* kAbout = "about.json";
constexpr std::string_view kHex = "0123456789abcdef";

bool is_hex(std::string_view text, std::size_t length) {
    return text.size() == length && text.find_first_not_of(kHex) == std::string_view::npos;
}

// Of 256 random bits as many as an id has.
std::string new_id() {
    return access::digest_of_token(access::new_token("upload")).hex().substr(0, kIdCharacters);
}

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The file appears whole or not at all, whatever happens meanwhile.
void write_whole(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::path partial = file;
    partial += fmt::format(".{}", new_id());
    const int handle = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (handle < 0) throw std::system_error(errno, std::generic_category(), "upload");
    std::size_t done = 0;
    int fault = 0;
    while (done < bytes.size() && fault == 0) {
        const ssize_t wrote = ::write(handle, bytes.data() + done, bytes.size() - done);
        if (wrote > 0) done += static_cast<std::size_t>(wrote);
        if (wrote < 0 && errno != EINTR) fault = errno;
    }
    if (fault == 0 && ::fsync(handle) != 0) fault = errno;
    ::close(handle);
    std::error_code renamed;
    if (fault == 0) std::filesystem::rename(partial, file, renamed);
    if (fault == 0 && !renamed) return;
    ::unlink(partial.c_str());
    if (fault != 0) throw std::system_error(fault, std::generic_category(), "upload");
    throw std::system_error(renamed, "upload");
}

// "7" of "7"; 0: none.
int part_of_name(const std::string& name) {
    int out = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), out);
    return error == std::errc() && end == name.data() + name.size() ? out : 0;
}

Refusal bad(std::string message, const char* where) {
    return refuse(ErrorKind::InvalidInput, errors::kBadUpload, std::move(message), where);
}

Refusal no_such() {
    return refuse(ErrorKind::NotFound, errors::kNoSuchUpload,
                  "没有这次上传，或已超过一天被清理，请重新选择文件。", "upload");
}

}  // namespace

int Upload::parts_wanted() const {
    const auto part = static_cast<std::int64_t>(kUploadPartBytes);
    return static_cast<int>((size + part - 1) / part);
}

bool Upload::is_complete() const {
    return static_cast<int>(parts.size()) == parts_wanted();
}

std::size_t Upload::bytes_of(int n) const {
    const auto before = static_cast<std::size_t>(n - 1) * kUploadPartBytes;
    return std::min(kUploadPartBytes, static_cast<std::size_t>(size) - before);
}

std::filesystem::path Uploads::place_of(const std::string& id) const {
    return folder_ / id;
}

bool Uploads::read(const std::string& id, Kept& out) const {
    if (!is_hex(id, kIdCharacters)) return false;
    const auto about = journal::parse_canonical(content_of(place_of(id) / kAbout));
    if (!about) return false;  // Not there, or being taken away.
    out.owner = {JurisdictionId{about->integer_at("office")},
                 JurisdictionId{about->integer_at("of")}, PersonId{about->integer_at("person")}};
    out.upload = {.id = id,
                  .name = about->text_at("name"),
                  .size = about->integer_at("size"),
                  .digest = about->text_at("digest"),
                  .expires_at = about->text_at("expires_at"),
                  .parts = {}};
    std::error_code gone;
    for (const auto& file : std::filesystem::directory_iterator(place_of(id), gone)) {
        const int n = part_of_name(file.path().filename().string());
        if (n > 0) out.upload.parts.push_back(n);
    }
    std::sort(out.upload.parts.begin(), out.upload.parts.end());
    return !gone;
}

Result<Upload> Uploads::begin(const UploadOwner& owner, const NewUpload& wanted,
                              calendar::Instant now) {
    if (wanted.name.empty() || text::characters(wanted.name).size() > kNameCharactersMax)
        return bad(fmt::format("请给出文件名，最多{}字。", kNameCharactersMax), "name");
    if (!is_hex(wanted.digest, kHexOfSha256))
        return bad("请给出文件的 SHA-256 摘要（64位小写十六进制）。", "digest");
    if (wanted.size <= 0) return bad("空文件不能上传，请重新选择。", "size");
    if (wanted.size > static_cast<std::int64_t>(kUploadBytesMax))
        return refuse(ErrorKind::TooLarge, errors::kBadUpload,
                      fmt::format("“{}”有{}MB，超过{}MB，请压缩或分开上传。", wanted.name,
                                  wanted.size / 1'000'000, kUploadBytesMax / 1'000'000),
                      "size");
    std::filesystem::create_directories(folder_);
    std::size_t open = 0;
    for (const auto& each : std::filesystem::directory_iterator(folder_)) {
        Kept other;
        if (read(each.path().filename().string(), other) && other.owner.of == owner.of &&
            other.owner.person == owner.person && other.upload.expires_at > calendar::to_text(now))
            ++open;
    }
    if (open >= kUploadsOpenMax)
        return bad(fmt::format("已有{}个文件没有传完，请先传完或取消。", open), "name");
    Upload out{.id = new_id(),
               .name = wanted.name,
               .size = wanted.size,
               .digest = wanted.digest,
               .expires_at = calendar::to_text(now + kUploadKept),
               .parts = {}};
    std::filesystem::create_directory(place_of(out.id));
    write_whole(place_of(out.id) / kAbout,
                journal::canonical(Value(Value::Map{{"digest", out.digest},
                                                    {"expires_at", out.expires_at},
                                                    {"name", out.name},
                                                    {"of", owner.of.value},
                                                    {"office", owner.office.value},
                                                    {"person", owner.person.value},
                                                    {"size", out.size}})));
    return out;
}

Result<Upload> Uploads::find(const UploadOwner& owner, const std::string& id,
                             calendar::Instant now) const {
    Kept kept;
    if (!read(id, kept) || kept.owner != owner || kept.upload.expires_at <= calendar::to_text(now))
        return no_such();
    return std::move(kept.upload);
}

Result<Upload> Uploads::put_part(const UploadOwner& owner, const std::string& id, int n,
                                 const std::string& bytes, calendar::Instant now) {
    TRY(const Upload upload, find(owner, id, now));
    if (n < 1 || n > upload.parts_wanted())
        return bad(fmt::format("这个文件分为{}块，没有第{}块。", upload.parts_wanted(), n), "part");
    if (bytes.size() != upload.bytes_of(n))
        return bad(fmt::format("第{}块应有{}字节，收到{}字节，请重传这一块。", n,
                               upload.bytes_of(n), bytes.size()),
                   "part");
    write_whole(place_of(id) / std::to_string(n), bytes);
    return find(owner, id, now);
}

Result<std::string> Uploads::bytes(const UploadOwner& owner, const std::string& id,
                                   calendar::Instant now) const {
    TRY(const Upload upload, find(owner, id, now));
    std::vector<int> missing;
    for (int n = 1; n <= upload.parts_wanted(); ++n) {
        if (!std::binary_search(upload.parts.begin(), upload.parts.end(), n)) missing.push_back(n);
    }
    if (!missing.empty())
        return refuse(ErrorKind::RefusedByRule, errors::kUploadIncomplete,
                      fmt::format("“{}”还没有传完，缺第{}块，请接着传。", upload.name,
                                  fmt::join(missing, "、")),
                      "upload");
    std::string out;
    out.reserve(static_cast<std::size_t>(upload.size));
    for (const int n : upload.parts) out += content_of(place_of(id) / std::to_string(n));
    if (digest_of(HashAlgorithm::Sha256, out).hex() != upload.digest)
        return bad(fmt::format("“{}”与上传前的摘要不符，传输中出了错，请取消后重传。", upload.name),
                   "digest");
    return out;
}

void Uploads::remove(const UploadOwner& owner, const std::string& id) {
    Kept kept;
    if (read(id, kept) && kept.owner == owner) std::filesystem::remove_all(place_of(id));
}

std::size_t Uploads::forget(calendar::Instant now) {
    std::size_t out = 0;
    std::error_code none;
    for (const auto& each : std::filesystem::directory_iterator(folder_, none)) {
        Kept kept;
        if (!read(each.path().filename().string(), kept)) continue;
        if (kept.upload.expires_at > calendar::to_text(now)) continue;
        std::filesystem::remove_all(each.path());
        ++out;
    }
    return out;
}

}  // namespace fazhi::action
