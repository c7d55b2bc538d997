#include "document/zip_archive.h"

#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <zip.h>

namespace fazhi::document {

namespace {

constexpr zip_uint16_t kFirstDosDate = (0U << 9U) | (1U << 5U) | 1U;  // 1980-01-01

[[noreturn]] void fail(const char* what) {
    throw std::runtime_error(fmt::format("libzip: {}", what));
}

struct ArchiveDiscarded {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct SourceFreed {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, ArchiveDiscarded>;
using Source = std::unique_ptr<zip_source_t, SourceFreed>;

void add(zip_t* archive, const ArchiveEntry& entry) {
    zip_source_t* source =
        zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    if (source == nullptr) fail("no memory");
    const zip_int64_t index = zip_file_add(archive, entry.path.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        fail(zip_strerror(archive));
    }
    const auto at = static_cast<zip_uint64_t>(index);
    if (zip_file_set_dostime(archive, at, 0, kFirstDosDate, 0) != 0 ||
        zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 9) != 0) {
        fail(zip_strerror(archive));
    }
}

std::string content_of(zip_source_t* source) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) fail("unreadable");
    std::string bytes(stat.size, '\0');
    const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) fail("cut short");
    return bytes;
}

}  // namespace

std::string zip_archive(const std::vector<ArchiveEntry>& entries) {
    zip_error_t error;
    zip_error_init(&error);
    Source source(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!source) fail("no memory");
    Archive archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, &error));
    if (!archive) fail(zip_error_strerror(&error));
    zip_source_keep(source.get());
    for (const ArchiveEntry& entry : entries) add(archive.get(), entry);
    if (zip_close(archive.get()) != 0) fail(zip_strerror(archive.get()));
    static_cast<void>(archive.release());  // zip_close has freed it.
    return content_of(source.get());
}

}  // namespace fazhi::document
