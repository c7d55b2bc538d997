// Creating entries through the Writer, against a bare SQLite program writing the same rows.
//
// The group is how many commands wait together: 1 is a clerk alone (every entry is a commit, and a
// commit is a flush of the disk on both sides), 32 a busy office, 500 an import.
#include <filesystem>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "against_bare.h"
#include "bench.h"
#include "creating.h"
#include "office.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kEntriesAlone = 200;
constexpr int kEntriesTogether = 3'200;

// A write of a database page and the flush that makes it durable, alone.
double flushes_a_second(const fs::path& folder) {
    constexpr int kFlushes = 200;
    constexpr std::size_t kPage = 4'096;
    const std::string page(kPage, 'x');
    const int file = ::open((folder / "flush").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("no file to flush");
    const Instant begun = now();
    for (int n = 0; n < kFlushes; ++n) {
        if (::pwrite(file, page.data(), page.size(), n * static_cast<off_t>(kPage)) < 0 ||
            ::fdatasync(file) != 0)
            throw std::runtime_error("the flush failed");
    }
    const double seconds = seconds_since(begun);
    ::close(file);
    return kFlushes / seconds;
}

}  // namespace

void create_on_sqlite(Sheet& sheet) {
    LoadedOffice office("qianjin");
    const std::string person = recorder(office);
    sheet.add({.name = "fdatasync", .value = flushes_a_second(office.folder.path), .unit = "/s"});
    constexpr int kBatch = 32;
    struct Size {
        int group;
        int count;
        std::optional<Bar> bar;
    };
    for (const Size& size :
         {Size{1, kEntriesAlone, {}}, Size{kBatch, kEntriesTogether, Bar{Sense::AtLeast, 0.5}},
          Size{500, kEntriesTogether, {}}}) {
        const AgainstBare speed = against_bare(office, {size.count, size.group}, [&](int) {
            return create_all(office, person, size.count, size.group);
        });
        sheet.add({.name = fmt::format("create.sqlite.{}", size.group),
                   .value = speed.ours,
                   .unit = "/s",
                   .ratio = speed.ours / speed.bare,
                   .bar = size.bar});
        sheet.add({.name = fmt::format("create.sqlite.{}.bare", size.group),
                   .value = speed.bare,
                   .unit = "/s"});
        if (size.group == kBatch)
            sheet.add({.name = "create.rows", .value = speed.rows, .unit = "rows"});
    }
}

}  // namespace fazhi::bench
