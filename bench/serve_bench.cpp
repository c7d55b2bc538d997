// `fazhi serve` over a million entries with every pack installed: how soon it answers, how much it
// holds.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "acting.h"
#include "action/load_office.h"
#include "bare_sqlite.h"
#include "bench.h"
#include "creating.h"
#include "crowd.h"
#include "office.h"
#include "served.h"

namespace fazhi::bench {

namespace fs = std::filesystem;

void serving(Sheet& sheet) {
    constexpr std::int64_t kEntries = 1'000'000;
    constexpr std::chrono::seconds kRest{6};
    LoadedOffice office("qianjin");
    std::vector<std::string> packs;
    for (const auto& entry : fs::directory_iterator("packs")) {
        if (fs::exists(entry.path() / "pack.yaml"))
            packs.push_back(entry.path().filename().string());
    }
    required(action::install_packs(*office.database, "packs", packs));
    {
        BareSqlite bare(office.file());
        multiply_entries(bare, office.id, kEntries);
        bare.run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    const std::string token = token_of(office, recorder(office));
    std::vector<double> first;
    double held = 0;
    double most = 0;
    for (int round = 0; round < 3; ++round) {
        Served served(office);
        first.push_back(served.wait());
        for (const char* path : {"", "/workbench", "/ledgers", "/ledgers/publicity",
                                 "/ledgers/publicity/entries", "/clocks"}) {
            if (!answer("/api/offices/qianjin" + std::string(path), token)
                     .starts_with("HTTP/1.1 200"))
                throw std::runtime_error("refused: " + std::string(path));
        }
        most = std::max(most, served.resident());
        // At rest: what was needed for the answers is given back every five seconds.
        std::this_thread::sleep_for(kRest);
        held = std::max(held, served.resident());
    }
    sheet.add({.name = "serve.first_answer",
               .value = median(first) * 1e3,
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 300}});
    sheet.add(
        {.name = "serve.resident", .value = held, .unit = "MB", .bar = Bar{Sense::AtMost, 60}});
    sheet.add({.name = "serve.resident.right_after", .value = most, .unit = "MB"});
}

}  // namespace fazhi::bench
