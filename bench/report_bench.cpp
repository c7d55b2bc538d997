// Building an annual report, against a bare SQLite program that reads every row of the ledgers.
#include <algorithm>
#include <chrono>
#include <vector>

#include <benchmark/benchmark.h>

#include "bare_sqlite.h"
#include "office.h"
#include "report/reports.h"

namespace fazhi::bench {
namespace {

constexpr int kRounds = 5;
constexpr int kYear = 2023;

double seconds_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

double read_ledgers(const LoadedOffice& office) {
    BareSqlite bare(office.file());
    const std::vector<std::string> tables = bare.texts(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'ledger\\_%' ESCAPE "
        "'\\'");
    const auto begun = std::chrono::steady_clock::now();
    for (const std::string& table : tables)
        benchmark::DoNotOptimize(bare.read_all("SELECT * FROM " + table));
    return seconds_since(begun);
}

void report(benchmark::State& state) {
    LoadedOffice office("qianjin");
    action::Workplace& workplace = *office.workplace;
    std::vector<double> build;
    std::vector<double> write;
    std::vector<double> bare;
    double figures = 0;
    for (auto round : state) {
        auto begun = std::chrono::steady_clock::now();
        const auto connection = office.database->reading();
        const action::Office in = required(action::open_office(workplace, *connection, office.id));
        const ledger::Context context =
            action::context_of(in, access::system_actor(office.id), workplace.clock.now());
        const report::BuiltReport built =
            required(workplace.reports.build(*connection, context, {.year = kYear}));
        build.push_back(seconds_since(begun));
        begun = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(
            report::write_files(built, office.folder.path / "report", "qianjin"));
        write.push_back(seconds_since(begun));
        bare.push_back(read_ledgers(office));
        figures = static_cast<double>(built.figures.size());
        state.SetIterationTime(build.back() + write.back());
    }
    const auto median = [](std::vector<double> values) {
        std::sort(values.begin(), values.end());
        return values[values.size() / 2];
    };
    constexpr double kMilliseconds = 1e3;
    state.counters["build_ms"] = median(build) * kMilliseconds;
    state.counters["write_ms"] = median(write) * kMilliseconds;
    state.counters["read_all_ms"] = median(bare) * kMilliseconds;
    state.counters["build_times_read"] = median(build) / median(bare);
    state.counters["figures"] = figures;
}

}  // namespace

BENCHMARK(report)->Iterations(kRounds)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace fazhi::bench

BENCHMARK_MAIN();
