#include "document/archive_reader.h"

#include <algorithm>
#include <map>
#include <new>
#include <set>
#include <utility>

#include <zip.h>

namespace fazhi::document {

namespace {

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* part) const { zip_fclose(part); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Part = std::unique_ptr<zip_file_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;

std::string in_small_letters(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return out;
}

// A name that stays inside the archive, whoever unpacks it.
bool is_safe(std::string_view name) {
    return !name.empty() && name.front() != '/' && name.find('\\') == std::string_view::npos &&
           name.find("..") == std::string_view::npos;
}

Archive opened_archive(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
    if (!source) throw std::bad_alloc();
    Archive archive(zip_open_from_source(source.get(), ZIP_RDONLY, &error));
    // The archive's now, where there is one.
    if (archive) source.release();  // NOLINT(bugprone-unused-return-value)
    return archive;
}

}  // namespace

struct ArchiveReader::Opened {
    Archive archive;
    ArchiveFault fault = ArchiveFault::None;
    std::vector<std::string> names;
    std::map<std::string, zip_uint64_t, std::less<>> places;
    std::size_t room = 0;

    void look_over(ArchiveBounds bounds) {
        if (!archive) {
            fault = ArchiveFault::NotWhole;
            return;
        }
        const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
        if (count < 0 || static_cast<std::size_t>(count) > bounds.entries_max) {
            fault = ArchiveFault::TooMany;
            return;
        }
        std::set<std::string> known;
        for (zip_uint64_t at = 0; at < static_cast<zip_uint64_t>(count); ++at) {
            fault = look_at(at, known);
            if (fault != ArchiveFault::None) return;
        }
    }

    ArchiveFault look_at(zip_uint64_t at, std::set<std::string>& known) {
        zip_stat_t stat;
        if (zip_stat_index(archive.get(), at, 0, &stat) != 0 || stat.name == nullptr)
            return ArchiveFault::NotWhole;
        const bool says_how = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0;
        if (says_how && stat.encryption_method != ZIP_EM_NONE) return ArchiveFault::Locked;
        const std::string_view name = stat.name;
        if (name.ends_with('/')) return ArchiveFault::None;  // a folder
        if (!is_safe(name) || !known.insert(in_small_letters(name)).second)
            return ArchiveFault::NotWhole;
        names.emplace_back(name);
        places.emplace(name, at);
        return ArchiveFault::None;
    }

    std::optional<std::string> failed(ArchiveFault why) {
        fault = why;
        return std::nullopt;
    }

    std::optional<std::string> unpacked(zip_uint64_t at) {
        constexpr std::size_t kStep = 65'536;
        zip_stat_t stat;
        const bool says =
            zip_stat_index(archive.get(), at, 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0;
        if (says && stat.size > room) return failed(ArchiveFault::UnpacksHuge);
        const Part part(zip_fopen_index(archive.get(), at, 0));
        if (!part) return failed(ArchiveFault::NotWhole);
        std::string out;
        for (;;) {
            const std::size_t have = out.size();
            out.resize(have + kStep);
            const zip_int64_t got = zip_fread(part.get(), out.data() + have, kStep);
            if (got < 0) return failed(ArchiveFault::NotWhole);
            out.resize(have + static_cast<std::size_t>(got));
            if (out.size() > room) return failed(ArchiveFault::UnpacksHuge);
            if (got == 0) break;
        }
        room -= out.size();
        return out;
    }
};

ArchiveReader::ArchiveReader(std::string_view bytes, ArchiveBounds bounds)
    : opened_(std::make_unique<Opened>()) {
    opened_->archive = opened_archive(bytes);
    opened_->room = bounds.unpacked_bytes_max;
    opened_->look_over(bounds);
}

ArchiveReader::~ArchiveReader() = default;
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;

ArchiveFault ArchiveReader::fault() const {
    return opened_->fault;
}

const std::vector<std::string>& ArchiveReader::names() const {
    return opened_->names;
}

bool ArchiveReader::has(std::string_view name) const {
    return opened_->places.find(name) != opened_->places.end();
}

std::optional<std::string> ArchiveReader::content(std::string_view name) {
    const auto found = opened_->places.find(name);
    if (found == opened_->places.end()) return std::nullopt;
    return opened_->unpacked(found->second);
}

}  // namespace fazhi::document
