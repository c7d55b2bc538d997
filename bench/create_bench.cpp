// Creating entries through the Writer, against a bare SQLite program writing the same rows.
//
// The group is how many commands wait together: 1 is a clerk alone (every entry is a commit, and a
// commit is a flush of the disk on both sides), 500 an import.
#include <algorithm>
#include <chrono>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "action/entry_commands.h"
#include "bare_sqlite.h"
#include "office.h"
#include "storage/transaction.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kEntriesAlone = 200;
constexpr int kEntriesTogether = 2'000;
constexpr int kRounds = 5;  // The median of them counts.

Value sample_fields(int n) {
    return Value::Map{{"occurred_on", fmt::format("2026-{:02}-{:02}", n % 10 + 1, n % 28 + 1)},
                      {"title", fmt::format("第{}场法治宣传", n)},
                      {"occasion", "everyday"},
                      {"form", Value::List{"stand", "cases"}},
                      {"site", "community"},
                      {"materials", n % 500},
                      {"audience", n % 300}};
}

storage::Command create_command(LoadedOffice& office, const std::string& person, int n) {
    return [&office, &person, n](storage::Transaction& transaction) -> Result<void> {
        action::Workplace& workplace = *office.workplace;
        TRY(const action::Office in, action::open_office(workplace, transaction, office.id));
        TRY(const access::Actor actor, action::actor_in(transaction.connection(), in, person));
        ledger::Context context = action::context_of(in, actor, workplace.clock.now());
        TRY(const ledger::Entry entry,
            action::create_entry({workplace, transaction, context}, {.ledger = "publicity",
                                                                     .fields = sample_fields(n),
                                                                     .unit = {},
                                                                     .handler = {},
                                                                     .reference = {},
                                                                     .opened_by = {},
                                                                     .opened_by_ledger = {}}));
        return {};
    };
}

// Somebody whose posts let them record here.
std::string recorder(LoadedOffice& office) {
    const auto connection = office.database->reading();
    const auto directory = required(access::Organisation::directory(*connection, office.id));
    for (const access::Person& person : directory.persons) {
        const bool may =
            std::any_of(person.posts.begin(), person.posts.end(),
                        [](const access::Post& post) { return post.post == "law_office"; });
        if (may) return person.code;
    }
    throw std::runtime_error("the example has nobody in the law office");
}

double create_all(LoadedOffice& office, const std::string& person, int count, int group) {
    const auto begun = std::chrono::steady_clock::now();
    for (int first = 0; first < count; first += group) {
        std::vector<storage::Command> commands;
        for (int n = first; n < std::min(count, first + group); ++n)
            commands.push_back(create_command(office, person, n));
        for (Result<void>& answer :
             office.workplace->writer.run_all(office.id, std::move(commands)))
            required(std::move(answer));
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// A copy of the office's file as it stands, with nothing left in a log.
fs::path copied(const LoadedOffice& office, const std::string& name) {
    const fs::path copy = office.folder.path / name;
    fs::remove(copy);
    BareSqlite(office.file()).run("VACUUM INTO '" + copy.string() + "'");
    return copy;
}

void create(benchmark::State& state) {
    const int group = static_cast<int>(state.range(0));
    const int count = group == 1 ? kEntriesAlone : kEntriesTogether;
    LoadedOffice office("qianjin");
    const std::string person = recorder(office);
    std::vector<double> ours;
    std::vector<double> bare;
    double rows = 0;
    for (auto round : state) {
        const fs::path before = copied(office, "before.db");
        ours.push_back(create_all(office, person, count, group));
        const NewRows new_rows(before, copied(office, "after.db"));
        bare.push_back(new_rows.write_to(copied(office, "bare.db"), count / group));
        rows = static_cast<double>(new_rows.size()) / count;
        state.SetIterationTime(ours.back());
    }
    state.counters["creates/s"] = count / median(ours);
    state.counters["bare/s"] = count / median(bare);
    state.counters["times_bare"] = median(ours) / median(bare);
    state.counters["rows/create"] = rows;
}

}  // namespace

BENCHMARK(create)->Arg(1)->Arg(500)->ArgName("group")->Iterations(kRounds)->UseManualTime()->Unit(
    benchmark::kMillisecond);

}  // namespace fazhi::bench
