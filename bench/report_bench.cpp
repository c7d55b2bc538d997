// An annual report of an office-year, all measures, three files; alone, among a hundred offices,
// and of an office that has a million entries, of a hundred such years.
#include <filesystem>

#include "bare_sqlite.h"
#include "bench.h"
#include "crowd.h"
#include "office.h"
#include "report/reports.h"

namespace fazhi::bench {
namespace {

constexpr int kYear = 2023;
constexpr std::int64_t kOfficeYear = 10'000;
constexpr std::int64_t kLargeOffice = 1'000'000;  // entries of all its years
constexpr int kYearsKept = 99;
constexpr int kOffices = 100;

struct Taken {
    double build = 0;  // seconds
    double write = 0;
    [[nodiscard]] double whole() const { return build + write; }
};

Taken one_report(LoadedOffice& office) {
    action::Workplace& workplace = *office.workplace;
    Instant begun = now();
    const auto connection = office.database->reading();
    const action::Office in = required(action::open_office(workplace, *connection, office.id));
    const ledger::Context context =
        action::context_of(in, access::system_actor(office.id), workplace.clock.now());
    const report::BuiltReport built =
        required(workplace.reports.build(*connection, context, {.year = kYear}));
    Taken taken;
    taken.build = seconds_since(begun);
    begun = now();
    report::write_files(built, office.folder.path / "report", "qianjin");
    taken.write = seconds_since(begun);
    return taken;
}

Taken median_report(LoadedOffice& office, int rounds) {
    std::vector<double> build;
    std::vector<double> write;
    for (int round = 0; round < rounds; ++round) {
        const Taken taken = one_report(office);
        build.push_back(taken.build);
        write.push_back(taken.write);
    }
    return {median(build), median(write)};
}

constexpr double kMilliseconds = 1e3;

void add(Sheet& sheet, const std::string& name, const Taken& taken, std::optional<Bar> bar) {
    sheet.add({.name = name, .value = taken.whole() * kMilliseconds, .unit = "ms", .bar = bar});
    sheet.add({.name = name + ".build", .value = taken.build * kMilliseconds, .unit = "ms"});
    sheet.add({.name = name + ".write", .value = taken.write * kMilliseconds, .unit = "ms"});
}

}  // namespace

void reports(Sheet& sheet) {
    constexpr int kRounds = 5;
    LoadedOffice office("qianjin");
    {
        BareSqlite bare(office.file());
        multiply_entries(bare, office.id, kOfficeYear);
    }
    const Taken alone = median_report(office, kRounds);
    add(sheet, "report.10000", alone, Bar{Sense::AtMost, 1'000});
    {
        BareSqlite bare(office.file());
        multiply_offices(bare, office.id, kOffices - 1);
    }
    const Taken among = median_report(office, kRounds);
    add(sheet, "report.10000.of_100_offices", among, Bar{Sense::AtMost, 1'000});
    sheet.add({.name = "report.of_100_offices.to_alone",
               .value = among.whole() / alone.whole(),
               .unit = "",
               .bar = Bar{Sense::AtMost, 1.3}});

    LoadedOffice large("qianjin");
    {
        BareSqlite bare(large.file());
        multiply_entries(bare, large.id, kLargeOffice);
        spread_over_years(bare, large.id, kOfficeYear, kYearsKept);
        bare.run("ANALYZE");
    }
    add(sheet, "report.10000.of_1000000", median_report(large, 3), Bar{Sense::AtMost, 3'000});
}

}  // namespace fazhi::bench
