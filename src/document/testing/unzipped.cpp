#include "document/testing/unzipped.h"

#include <memory>
#include <stdexcept>

#include <zip.h>

namespace fazhi::document::testing {

namespace {

struct ArchiveDiscarded {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FileClosed {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

ArchiveEntry entry_at(zip_t* archive, zip_uint64_t index) {
    zip_stat_t stat;
    if (zip_stat_index(archive, index, 0, &stat) != 0) throw std::runtime_error("no such entry");
    const std::unique_ptr<zip_file_t, FileClosed> file(zip_fopen_index(archive, index, 0));
    if (!file) throw std::runtime_error("entry cannot be opened");
    ArchiveEntry entry{stat.name, std::string(stat.size, ' ')};
    const zip_int64_t read = zip_fread(file.get(), entry.content.data(), stat.size);
    if (read < 0 || static_cast<zip_uint64_t>(read) != stat.size) {
        throw std::runtime_error("entry is cut short");
    }
    return entry;
}

}  // namespace

std::vector<ArchiveEntry> unzipped(const std::string& bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    const std::unique_ptr<zip_t, ArchiveDiscarded> archive(
        zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!archive) {
        zip_source_free(source);
        throw std::runtime_error(zip_error_strerror(&error));
    }
    std::vector<ArchiveEntry> entries;
    const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0));
    for (zip_uint64_t n = 0; n < count; ++n) entries.push_back(entry_at(archive.get(), n));
    return entries;
}

std::string part(const std::string& docx, const std::string& path) {
    for (const ArchiveEntry& entry : unzipped(docx)) {
        if (entry.path == path) return entry.content;
    }
    return {};
}

}  // namespace fazhi::document::testing
