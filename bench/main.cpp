// fazhi_bench [NAME…] [--json] [--postgresql URL]: runs the benchmarks named, or all; exits 1 where
// a bar falls short, 2 on a name there is not.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench.h"

namespace fazhi::bench {

namespace {

constexpr std::array kBenchmarks = {
    Benchmark{"create", create_on_sqlite},
    Benchmark{"postgresql", create_on_postgresql},
    Benchmark{"import", imports},
    Benchmark{"report", reports},
    Benchmark{"measure", measures},
    Benchmark{"verify", verification},
    Benchmark{"serve", serving},
    Benchmark{"growth", growth},
    Benchmark{"clock", clocks},
    Benchmark{"transition", transitions},
    Benchmark{"http", http_load},
    Benchmark{"endurance", endurance},
    Benchmark{"review_pdf", review_pdf},
    Benchmark{"review", reviews},
};

// Four digits say enough of a figure that a noisy machine measured.
double rounded(double value) {
    if (value == 0 || !std::isfinite(value)) return 0;
    const double step = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
    return std::round(value / step) * step;
}

void print(const Line& line) {
    fmt::print("{:<34} {:>12.6g} {:<4}", line.name, rounded(line.value), line.unit);
    if (line.ratio) fmt::print("  ratio {:>7.3g}", *line.ratio);
    if (line.bar) fmt::print("  {}  {}", line.bar_text(), line.holds() ? "holds" : "FALLS SHORT");
    fmt::print("\n");
    std::fflush(stdout);
}

nlohmann::json json_of(const Sheet& sheet) {
    nlohmann::json out = nlohmann::json::array();
    for (const Line& line : sheet.lines()) {
        out.push_back({{"name", line.name},
                       {"value", rounded(line.value)},
                       {"unit", line.unit},
                       {"ratio", line.ratio ? nlohmann::json(rounded(*line.ratio)) : nullptr},
                       {"bar", line.bar ? nlohmann::json(line.bar_text()) : nullptr},
                       {"holds", line.holds()}});
    }
    return out;
}

bool is_wanted(const std::vector<std::string>& names, std::string_view name) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

bool is_known(std::string_view name) {
    return std::any_of(kBenchmarks.begin(), kBenchmarks.end(),
                       [&](const Benchmark& each) { return name == each.name; });
}

int run(const std::vector<std::string>& names, bool json, const std::string& postgresql) {
    for (const std::string& name : names) {
        if (is_known(name)) continue;
        fmt::print(stderr, "there is no benchmark {}; there are:", name);
        for (const Benchmark& each : kBenchmarks) fmt::print(stderr, " {}", each.name);
        fmt::print(stderr, "\n");
        return 2;
    }
    Sheet sheet(postgresql);
    for (const Benchmark& each : kBenchmarks) {
        if (!is_wanted(names, each.name)) continue;
        const std::size_t before = sheet.lines().size();
        each.run(sheet);
        if (json) continue;
        for (std::size_t i = before; i < sheet.lines().size(); ++i) print(sheet.lines()[i]);
    }
    if (json) fmt::print("{}\n", json_of(sheet).dump(1));
    const bool all_hold = std::all_of(sheet.lines().begin(), sheet.lines().end(),
                                      [](const Line& line) { return line.holds(); });
    return all_hold ? 0 : 1;
}

}  // namespace

bool Line::holds() const {
    if (!bar) return true;
    const double measured = ratio.value_or(value);
    return bar->sense == Sense::AtLeast ? measured >= bar->limit : measured <= bar->limit;
}

std::string Line::bar_text() const {
    if (!bar) return {};
    return fmt::format("{} {} {:g}", ratio ? "ratio" : "value",
                       bar->sense == Sense::AtLeast ? ">=" : "<=", bar->limit);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace fazhi::bench

int main(int count, char** arguments) {
    CLI::App app{"Benchmarks; see bench/README.md"};
    std::vector<std::string> names;
    bool json = false;
    std::string postgresql;
    app.add_option("names", names, "which; none: all");
    app.add_flag("--json", json);
    app.add_option("--postgresql", postgresql, "postgresql://...");
    CLI11_PARSE(app, count, arguments);
    try {
        return fazhi::bench::run(names, json, postgresql);
    } catch (const std::exception& accident) {
        fmt::print(stderr, "{}\n", accident.what());
        return 3;
    }
}
