#include "against_bare.h"

#include <filesystem>
#include <stdexcept>
#include <vector>

#include "bare_sqlite.h"
#include "bench.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

// A copy of the office's file as it stands, with nothing left in a log.
fs::path copied(const LoadedOffice& office, const std::string& name) {
    const fs::path copy = office.folder.path / name;
    fs::remove(copy);
    BareSqlite(office.file()).run("VACUUM INTO '" + copy.string() + "'");
    return copy;
}

}  // namespace

AgainstBare against_bare(const LoadedOffice& office, const Work& work,
                         const std::function<double(int round)>& round) {
    std::vector<double> ours;
    std::vector<double> bare;
    double rows = 0;
    for (int n = 0; n < kRounds; ++n) {
        const fs::path before = copied(office, "before.db");
        ours.push_back(round(n));
        const fs::path after = copied(office, "after.db");
        const NewRows new_rows(before, after);
        bare.push_back(new_rows.write_to(before, work.count / work.group));
        if (NewRows(before, after).size() != 0)
            throw std::runtime_error("the bare program did not write the same");
        rows = static_cast<double>(new_rows.size()) / work.count;
    }
    return {work.count / median(ours), work.count / median(bare), rows};
}

}  // namespace fazhi::bench
