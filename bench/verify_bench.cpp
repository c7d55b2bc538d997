// Verifying a journal: the pass over the hashes, and the pass that replays and compares.
#include <fstream>

#include "bench.h"
#include "creating.h"
#include "journal/projection.h"
#include "office.h"

namespace fazhi::bench {
namespace {

// Of this process, in MB.
double resident() {
    std::ifstream status("/proc/self/statm");
    long pages = 0;
    long resident_pages = 0;
    status >> pages >> resident_pages;
    constexpr double kPage = 4'096.0 / 1'048'576;
    return static_cast<double>(resident_pages) * kPage;
}

}  // namespace

void verification(Sheet& sheet) {
    constexpr int kEntries = 20'000;
    constexpr int kGroup = 500;
    LoadedOffice office("qianjin");
    create_all(office, recorder(office), kEntries, kGroup);
    const auto connection = office.database->reading();
    action::Workplace& workplace = *office.workplace;
    const double before = resident();
    Instant begun = now();
    const auto hashes =
        journal::verify_hashes(workplace.journal, workplace.vault, *connection, office.id, {});
    const double hashing = seconds_since(begun);
    begun = now();
    const auto whole = journal::verify(workplace.journal, workplace.vault, *connection, office.id,
                                       workplace.projections(), {});
    const double replaying = seconds_since(begun) - hashing;  // verify() hashes too
    if (!whole.findings.empty()) throw std::runtime_error("the journal does not verify");
    sheet.add({.name = "verify.hashes",
               .value = static_cast<double>(hashes.records) / hashing,
               .unit = "/s",
               .bar = Bar{Sense::AtLeast, 200'000}});
    sheet.add({.name = "verify.replay",
               .value = static_cast<double>(whole.records) / replaying,
               .unit = "/s",
               .bar = Bar{Sense::AtLeast, 25'000}});
    sheet.add({.name = "verify.memory", .value = resident() - before, .unit = "MB"});
}

}  // namespace fazhi::bench
