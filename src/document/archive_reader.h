// A ZIP archive that somebody hands in: bounded, looked over before anything is taken out of it.
//
// DOCX (ECMA-376 part 2) and OFD (GB/T 33190) are such containers. What a fault means to the person
// is for the caller to say. One thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fazhi::document {

struct ArchiveBounds {
    std::size_t entries_max = 0;
    std::size_t unpacked_bytes_max = 0;  // of all that is taken out, together
};

enum class ArchiveFault {
    None,
    NotWhole,     // no archive, cut short, or names that clash or lead out of it
    Locked,       // an entry is encrypted
    TooMany,      // entries
    UnpacksHuge,  // beyond the bound, by what it says or by what came out
};

class ArchiveReader {
public:
    // `bytes` outlive the reader. Opening looks at every entry's head: ask fault() next.
    ArchiveReader(std::string_view bytes, ArchiveBounds bounds);
    ~ArchiveReader();
    ArchiveReader(ArchiveReader&&) noexcept;
    ArchiveReader& operator=(ArchiveReader&&) noexcept;
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    [[nodiscard]] ArchiveFault fault() const;
    // Of the files, in the order of the archive; folders are none.
    [[nodiscard]] const std::vector<std::string>& names() const;
    [[nodiscard]] bool has(std::string_view name) const;
    // As it unpacks, whatever its head says of its size. Nothing where there is no such file, and
    // where fault() now says why it cannot be had. Throws std::bad_alloc.
    std::optional<std::string> content(std::string_view name);

private:
    struct Opened;
    std::unique_ptr<Opened> opened_;
};

}  // namespace fazhi::document
