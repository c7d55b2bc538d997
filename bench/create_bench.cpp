// Creating entries through the Writer, against a bare SQLite program writing the same rows.
//
// The group is how many commands wait together: 1 is a clerk alone (every entry is a commit, and a
// commit is a flush of the disk on both sides), 32 a busy office, 500 an import.
#include <algorithm>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "bare_sqlite.h"
#include "bench.h"
#include "creating.h"
#include "office.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kEntriesAlone = 200;
constexpr int kEntriesTogether = 3'200;
constexpr int kRounds = 5;  // The median of them counts.

// A copy of the office's file as it stands, with nothing left in a log.
fs::path copied(const LoadedOffice& office, const std::string& name) {
    const fs::path copy = office.folder.path / name;
    fs::remove(copy);
    BareSqlite(office.file()).run("VACUUM INTO '" + copy.string() + "'");
    return copy;
}

// What one group size costs on both sides.
struct Measured {
    double ours = 0;  // creates/s
    double bare = 0;
    double rows = 0;  // a create
};

Measured measured(LoadedOffice& office, const std::string& person, int count, int group) {
    std::vector<double> ours;
    std::vector<double> bare;
    double rows = 0;
    for (int round = 0; round < kRounds; ++round) {
        const fs::path before = copied(office, "before.db");
        ours.push_back(create_all(office, person, count, group));
        const NewRows new_rows(before, copied(office, "after.db"));
        bare.push_back(new_rows.write_to(before, count / group));
        rows = static_cast<double>(new_rows.size()) / count;
    }
    return {count / median(ours), count / median(bare), rows};
}

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
        const Measured speed = measured(office, person, size.count, size.group);
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
