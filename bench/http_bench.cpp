// The server under load: wrk and the server share the cores. Reading is set beside a RESTinio
// server that only says hello, recording beside a bare program writing the same rows.
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "acting.h"
#include "bare_postgresql.h"
#include "bare_sqlite.h"
#include "bench.h"
#include "creating.h"
#include "crowd.h"
#include "own_database.h"
#include "served.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOffice = "/api/offices/qianjin";
constexpr std::int64_t kEntries = 100'000;
constexpr std::int64_t kManyEntries = 1'000'000;
// What 64 connections have waiting when a group is written, and a little less: the bare program's
// portions.
constexpr int kGroup = 32;

// Every request one entry, each with a key of its own.
std::string recording(const std::string& run) {
    return fmt::format(
        "local n = 0\n"
        "wrk.method = \"POST\"\n"
        "wrk.headers[\"Content-Type\"] = \"application/json\"\n"
        "request = function()\n"
        "  n = n + 1\n"
        "  wrk.headers[\"Idempotency-Key\"] = \"{}-\" .. n\n"
        "  return wrk.format(nil, nil, nil, '{{\"fields\":{{\"occurred_on\":\"2026-03-05\","
        "\"title\":\"第' .. n .. '场法治宣传\",\"occasion\":\"everyday\",\"form\":[\"stand\","
        "\"cases\"],\"site\":\"community\",\"materials\":' .. n % 500 .. "
        "',\"audience\":' .. n % 300 .. '}}}}')\n"
        "end\n",
        run);
}

const std::string& entries_path() {
    static const std::string kPath = std::string(kOffice) + "/ledgers/publicity/entries";
    return kPath;
}

Loaded recorded(const std::string& token, const std::string& run, int seconds = 5) {
    const Loaded out = load(entries_path(), token, {.seconds = seconds, .script = recording(run)});
    if (out.refused > 0)
        throw std::runtime_error(fmt::format("{} entries were not recorded", out.refused));
    return out;
}

fs::path copied(const LoadedOffice& office, const std::string& name) {
    const fs::path copy = office.folder.path / name;
    fs::remove(copy);
    BareSqlite(office.file()).run("VACUUM INTO '" + copy.string() + "'");
    return copy;
}

void add_recording(Sheet& sheet, const std::string& name, const Loaded& ours, double bare,
                   double bar) {
    sheet.add({.name = name,
               .value = ours.a_second,
               .unit = "/s",
               .ratio = ours.a_second / bare,
               .bar = Bar{Sense::AtLeast, bar}});
    sheet.add({.name = name + ".bare", .value = bare, .unit = "/s"});
    sheet.add(
        {.name = name + ".p99", .value = ours.p99, .unit = "ms", .bar = Bar{Sense::AtMost, 50}});
    // Directus on one machine: 223 entries a second where hello-world did 100,000.
    constexpr double kDirectus = 223.0 / 100'000;
    const double hello = [] {
        const Hello server;
        return load("/", {}, {.seconds = 3}, Hello::kPort).a_second;
    }();
    sheet.add({.name = name + ".of_hello",
               .value = hello,
               .unit = "/s",
               .ratio = ours.a_second / hello,
               .bar = Bar{Sense::AtLeast, 15 * kDirectus}});
}

void record_on_sqlite(Sheet& sheet, LoadedOffice& office, const std::string& token) {
    std::vector<double> bare;
    std::vector<double> speeds;
    Loaded ours;
    for (int round = 0; round < 3; ++round) {
        const fs::path before = copied(office, "before.db");
        {
            Served served(office);
            served.settle();
            ours = recorded(token, fmt::format("sqlite-{}", round));
        }
        const fs::path after = copied(office, "after.db");
        const NewRows rows(before, after);
        const auto made = static_cast<int>(ours.answered);
        bare.push_back(made / rows.write_to(before, made / kGroup));
        speeds.push_back(ours.a_second);
    }
    ours.a_second = median(speeds);
    add_recording(sheet, "http.create.sqlite", ours, median(bare), 0.5);
}

void record_on_postgresql(Sheet& sheet) {
    const OwnDatabase own(sheet.postgresql());
    LoadedOffice office("qianjin", own.url());
    const std::string token = token_of(office, recorder(office));
    BarePostgresql libpq(own.url());
    std::vector<double> bare;
    std::vector<double> speeds;
    Loaded ours;
    for (int round = 0; round < 3; ++round) {
        const std::vector<BareTable> before = rows_beyond(libpq, {});
        {
            Served served(office, own.url());
            served.settle();
            ours = recorded(token, fmt::format("postgresql-{}", round));
        }
        bare.push_back(static_cast<double>(ours.answered) /
                       write_again(libpq, before, static_cast<int>(ours.answered) / kGroup));
        speeds.push_back(ours.a_second);
    }
    ours.a_second = median(speeds);
    add_recording(sheet, "http.create.postgresql", ours, median(bare), 0.4);
}

void read(Sheet& sheet, const LoadedOffice& office, const std::string& token, double hello) {
    BareSqlite bare(office.file());
    const std::int64_t id = bare.number("SELECT max(id) FROM ledger_publicity");
    const Loaded one = load(fmt::format("{}/{}", entries_path(), id), token, {});
    sheet.add({.name = "http.read",
               .value = one.a_second,
               .unit = "/s",
               .ratio = one.a_second / hello,
               .bar = Bar{Sense::AtLeast, 0.25}});
    if (one.refused > 0) throw std::runtime_error("an entry could not be read");
}

// A page of 20 of one unit in one state, the newest first.
double listed(const LoadedOffice& office, const std::string& token) {
    BareSqlite bare(office.file());
    const std::string most =
        "FROM ledger_dispute GROUP BY unit_id, state ORDER BY count(*) DESC LIMIT 1";
    const std::string unit =
        bare.texts("SELECT code FROM unit WHERE id = (SELECT unit_id " + most + ")").at(0);
    const std::string state = bare.texts("SELECT state " + most).at(0);
    const Loaded page =
        load(fmt::format("{}/ledgers/dispute/entries?unit={}&state={}&limit=20&count=no", kOffice,
                         unit, state),
             token, {});
    if (page.refused > 0) throw std::runtime_error("a list could not be read");
    return page.a_second;
}

void count(Sheet& sheet, const std::string& token) {
    for (const char* by : {"unit", "month"}) {
        const Loaded page =
            load(fmt::format("{}/measures/disputes_found?from=2023-01-01&to=2023-12-31&by={}",
                             kOffice, by),
                 token, {.connections = 1, .seconds = 3});
        if (page.refused > 0) throw std::runtime_error("a measure could not be read");
        constexpr double kMilliseconds = 1e3;
        sheet.add({.name = fmt::format("http.statistics.{}", by),
                   .value = kMilliseconds / page.a_second,
                   .unit = "ms",
                   .bar = Bar{Sense::AtMost, 15}});
    }
}

// Connections that stay open and ask nothing.
class Idle {
public:
    explicit Idle(int count) {
        for (int n = 0; n < count; ++n) {
            const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_port = htons(kServedPort);
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            if (connection < 0 || ::connect(connection, reinterpret_cast<const sockaddr*>(&address),
                                            sizeof address) != 0)
                throw std::runtime_error(fmt::format("no more than {} connections", n));
            connections_.push_back(connection);
        }
    }
    ~Idle() {
        for (const int connection : connections_) ::close(connection);
    }
    Idle(const Idle&) = delete;
    Idle& operator=(const Idle&) = delete;

    // How many the server has not closed.
    [[nodiscard]] std::size_t open() const {
        std::size_t out = 0;
        for (const int connection : connections_) {
            char byte = 0;
            out += ::recv(connection, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0 ? 0 : 1;
        }
        return out;
    }

private:
    std::vector<int> connections_;
};

void hold_idle(Sheet& sheet, const LoadedOffice& office, const std::string& token) {
    constexpr int kIdle = 10'000;
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    Served served(office);
    served.wait();
    const double alone = recorded(token, "alone").a_second;
    const Idle idle(kIdle);
    const double beside = recorded(token, "beside").a_second;
    sheet.add({.name = "http.idle.held",
               .value = static_cast<double>(idle.open()),
               .unit = "",
               .bar = Bar{Sense::AtLeast, kIdle}});
    sheet.add({.name = "http.idle.resident",
               .value = served.resident(),
               .unit = "MB",
               .bar = Bar{Sense::AtMost, 150}});
    sheet.add({.name = "http.idle.create",
               .value = beside,
               .unit = "/s",
               .ratio = beside / alone,
               .bar = Bar{Sense::AtLeast, 0.8}});
}

}  // namespace

void http_load(Sheet& sheet) {
    LoadedOffice office("qianjin");
    const std::string token = token_of(office, recorder(office));
    {
        BareSqlite bare(office.file());
        multiply_entries(bare, office.id, kEntries);
        bare.run("ANALYZE");
    }
    double hello = 0;
    {
        const Hello server;
        hello = load("/", {}, {.seconds = 3}, Hello::kPort).a_second;
        sheet.add({.name = "http.hello", .value = hello, .unit = "/s"});
    }
    record_on_sqlite(sheet, office, token);
    double page = 0;
    {
        Served served(office);
        served.settle();
        read(sheet, office, token, hello);
        page = listed(office, token);
        sheet.add({.name = "http.list.100000",
                   .value = page,
                   .unit = "/s",
                   .ratio = page / hello,
                   .bar = Bar{Sense::AtLeast, 0.08}});
        count(sheet, token);
    }
    hold_idle(sheet, office, token);
    {
        BareSqlite bare(office.file());
        multiply_entries(bare, office.id, kManyEntries);
        bare.run("ANALYZE");
        bare.run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    {
        Served served(office);
        served.settle();
        const double large = listed(office, token);
        sheet.add({.name = "http.list.1000000",
                   .value = large,
                   .unit = "/s",
                   .ratio = large / page,
                   .bar = Bar{Sense::AtLeast, 0.8}});
    }
    record_on_postgresql(sheet);
}

// A million requests of every kind: what the server holds afterwards is what it held early on.
void endurance(Sheet& sheet) {
    constexpr std::int64_t kRequests = 1'000'000;
    constexpr int kSecondsMax = 1'200;
    LoadedOffice office("qianjin");
    const std::string token = token_of(office, recorder(office));
    Served served(office);
    served.settle();
    const std::string mixed = fmt::format(
        "local n = 0\n"
        "local paths = {{\"{0}/workbench\", \"{1}\", \"{0}/ledgers\", \"{0}/clocks\", \"{0}\"}}\n"
        "request = function()\n"
        "  n = n + 1\n"
        "  return wrk.format(\"GET\", paths[n % #paths + 1])\n"
        "end\n",
        kOffice, entries_path() + "?limit=20&count=no");
    std::int64_t asked = 0;
    double early = 0;
    const Instant begun = now();
    for (int round = 0; asked < kRequests && seconds_since(begun) < kSecondsMax; ++round) {
        const Loaded part = round % 4 == 0 ? recorded(token, fmt::format("mixed-{}", round), 2)
                                           : load(kOffice, token, {.seconds = 10, .script = mixed});
        if (part.refused > 0) throw std::runtime_error("requests were refused");
        asked += part.answered;
        if (early == 0 && asked > kRequests / 10) early = served.resident();
    }
    sheet.add({.name = "http.endurance.requests",
               .value = static_cast<double>(asked),
               .unit = "",
               .bar = Bar{Sense::AtLeast, static_cast<double>(kRequests)}});
    sheet.add({.name = "http.endurance.resident",
               .value = served.resident(),
               .unit = "MB",
               .ratio = served.resident() / early,
               .bar = Bar{Sense::AtMost, 1.2}});
}

}  // namespace fazhi::bench
