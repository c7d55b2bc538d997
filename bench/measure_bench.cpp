// One measure by unit, and by month, over a hundred thousand entries.
#include "access/directory.h"
#include "bare_sqlite.h"
#include "bench.h"
#include "crowd.h"
#include "measure/measures.h"
#include "office.h"

namespace fazhi::bench {

void measures(Sheet& sheet) {
    constexpr std::int64_t kEntries = 100'000;
    constexpr int kRounds = 9;
    constexpr int kYear = 2023;
    constexpr double kMilliseconds = 1e3;
    constexpr const char* kMeasure = "disputes_found";
    LoadedOffice office("qianjin");
    std::int64_t disputes = 0;
    {
        BareSqlite bare(office.file());
        const auto all = entries_of(bare, office.id);
        const auto own = bare.number("SELECT count(*) FROM ledger_dispute");
        multiply_entries(bare, office.id, kEntries * all / own);
        bare.run("ANALYZE");
        disputes = bare.number("SELECT count(*) FROM ledger_dispute");
    }
    const auto connection = office.database->reading();
    const action::Office in =
        required(action::open_office(*office.workplace, *connection, office.id));
    measure::Measures measures(*connection, in.directory, *in.definitions, *in.workdays,
                               calendar::civil_date(office.workplace->clock.now()));
    // With the entries behind each figure, as a report asks; without them, as a screen does.
    for (const bool named : {false, true}) {
        const auto behind = named ? measure::Behind::Entries : measure::Behind::Nothing;
        for (const char* dimension : {"unit", "month"}) {
            std::vector<double> taken;
            for (int round = 0; round < kRounds; ++round) {
                const Instant begun = now();
                required(measures.by({.measure = kMeasure, .where = {}},
                                     measure::year_period(kYear), dimension, behind));
                taken.push_back(seconds_since(begun) * kMilliseconds);
            }
            Line line{.name = std::string("measure.by_") + dimension +
                              (named ? ".with_entries." : ".") + std::to_string(disputes),
                      .value = median(taken),
                      .unit = "ms"};
            if (!named) line.bar = Bar{Sense::AtMost, 15};
            sheet.add(std::move(line));
        }
    }
}

}  // namespace fazhi::bench
