// Creating entries on PostgreSQL, against libpq writing the same rows in statements of many rows.
#include <stdexcept>

#include <fmt/format.h>

#include "bare_postgresql.h"
#include "bench.h"
#include "creating.h"
#include "office.h"

namespace fazhi::bench {
namespace {

// A database of its own on the server of FAZHI_TEST_POSTGRESQL, dropped when it goes.
class OwnDatabase {
public:
    explicit OwnDatabase(std::string server) : server_(std::move(server)) {
        if (server_.empty())
            throw std::runtime_error("--postgresql names no server: use ./dev bench");
        BarePostgresql(server_).run("CREATE DATABASE fazhi_bench");
    }
    ~OwnDatabase() {
        try {
            BarePostgresql(server_).run("DROP DATABASE fazhi_bench WITH (FORCE)");
        } catch (const std::exception& accident) {
            fmt::print(stderr, "left behind: fazhi_bench: {}\n", accident.what());
        }
    }
    OwnDatabase(const OwnDatabase&) = delete;
    OwnDatabase& operator=(const OwnDatabase&) = delete;

    [[nodiscard]] std::string url() const {
        const std::size_t options = server_.find('?');
        const std::size_t name = server_.rfind('/', options);
        return server_.substr(0, name) + "/fazhi_bench" + server_.substr(options);
    }

private:
    std::string server_;
};

}  // namespace

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
        std::vector<BareTable> made = rows_beyond(libpq, before);
        // The same rows again, in a schema of the same tables as they were before.
        libpq.run("DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare");
        for (const BareTable& table : before)
            libpq.run(
                fmt::format("CREATE TABLE bare.{0} (LIKE public.{0} INCLUDING ALL)", table.name));
        for (const BareTable& table : made)
            libpq.run(
                fmt::format("CREATE TABLE IF NOT EXISTS bare.{0} (LIKE public.{0} INCLUDING "
                            "ALL)",
                            table.name));
        libpq.run("SET search_path = bare");
        static_cast<void>(write_rows(libpq, before, 1));
        bare.push_back(write_rows(libpq, made, kCount / kGroup));
        libpq.run("SET search_path = public");
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
