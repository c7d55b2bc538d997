// Creating entries on PostgreSQL, against libpq writing the same rows in statements of many rows.
#include <fmt/format.h>

#include "bare_postgresql.h"
#include "bench.h"
#include "creating.h"
#include "office.h"
#include "own_database.h"

namespace fazhi::bench {
void create_on_postgresql(Sheet& sheet) {
    constexpr int kCount = 1'600;
    constexpr int kGroup = 32;
    constexpr int kRounds = 5;
    const OwnDatabase own(sheet.postgresql());
    LoadedOffice office("qianjin", own.url());
    const std::string person = recorder(office);
    create_all(office, person, kGroup, kGroup);  // Statements are prepared, types known.
    std::vector<double> ours;
    std::vector<double> bare;
    BarePostgresql libpq(own.url());
    for (int round = 0; round < kRounds; ++round) {
        const std::vector<BareTable> before = rows_beyond(libpq, {});
        ours.push_back(create_all(office, person, kCount, kGroup));
        bare.push_back(write_again(libpq, before, kCount / kGroup));
    }
    const double speed = kCount / median(ours);
    const double bare_speed = kCount / median(bare);
    sheet.add({.name = fmt::format("create.postgresql.{}", kGroup),
               .value = speed,
               .unit = "/s",
               .ratio = speed / bare_speed,
               .bar = Bar{Sense::AtLeast, 0.4}});
    sheet.add({.name = fmt::format("create.postgresql.{}.bare", kGroup),
               .value = bare_speed,
               .unit = "/s"});
}

}  // namespace fazhi::bench
