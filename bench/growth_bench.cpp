// What a create and a report cost as the database grows from 10,000 to 1,000,000 entries.
#include <cmath>

#include <fmt/format.h>

#include "bare_sqlite.h"
#include "bench.h"
#include "creating.h"
#include "crowd.h"
#include "office.h"
#include "report/reports.h"

namespace fazhi::bench {
namespace {

constexpr std::int64_t kOfficeYear = 10'000;

double report_seconds(LoadedOffice& office) {
    action::Workplace& workplace = *office.workplace;
    std::vector<double> taken;
    for (int round = 0; round < 5; ++round) {
        const Instant begun = now();
        const auto connection = office.database->reading();
        const action::Office in = required(action::open_office(workplace, *connection, office.id));
        const ledger::Context context =
            action::context_of(in, access::system_actor(office.id), workplace.clock.now());
        required(workplace.reports.build(*connection, context, {.year = 2023}));
        taken.push_back(seconds_since(begun));
    }
    return median(taken);
}

double create_seconds(LoadedOffice& office, const std::string& person) {
    constexpr int kCount = 1'600;
    constexpr int kGroup = 32;
    std::vector<double> taken;
    for (int round = 0; round < 5; ++round)
        taken.push_back(create_all(office, person, kCount, kGroup) / kCount);
    return median(taken);
}

}  // namespace

void growth(Sheet& sheet) {
    LoadedOffice office("qianjin");
    const std::string person = recorder(office);
    {
        BareSqlite bare(office.file());
        multiply_entries(bare, office.id, kOfficeYear);
    }
    const double entries_alone = 1e4;
    double first_create = 0;
    double first_report = 0;
    int present = 1;
    for (const int offices : {1, 10, 100}) {
        if (offices > present) {
            BareSqlite bare(office.file());
            multiply_offices(bare, office.id, offices - present, present);
            present = offices;
        }
        const double create = create_seconds(office, person);
        const double report = report_seconds(office);
        if (offices == 1) {
            first_create = create;
            first_report = report;
        }
        const double entries = entries_alone * offices;
        // What a cost that grows as log n would have become.
        const double allowed = std::log(entries) / std::log(entries_alone);
        constexpr double kNoise = 1.2;
        sheet.add({.name = fmt::format("growth.create.{:.0f}", entries),
                   .value = create * 1e6,
                   .unit = "us",
                   .ratio = create / first_create,
                   .bar = Bar{Sense::AtMost, allowed * kNoise}});
        sheet.add({.name = fmt::format("growth.report.{:.0f}", entries),
                   .value = report * 1e3,
                   .unit = "ms",
                   .ratio = report / first_report,
                   .bar = Bar{Sense::AtMost, allowed * kNoise}});
    }
}

}  // namespace fazhi::bench
