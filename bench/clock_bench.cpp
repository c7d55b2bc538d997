// Procedures and deadlines: loading every pack and finding an office, the explanation of one clock,
// the nightly tick over a million open clocks of which one in a hundred is due, what a writer waits
// meanwhile.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "acting.h"
#include "action/tick.h"
#include "bare_sqlite.h"
#include "bench.h"
#include "creating.h"
#include "definition/loader.h"
#include "office.h"
#include "storage/transaction.h"

namespace fazhi::bench {
namespace {

constexpr double kMilliseconds = 1e3;
constexpr int kClocks = 1'000'000;
constexpr int kDueEntries = 5'000;  // two clocks each: one in a hundred
constexpr int kBatch = 250;

// Requests received a month ago, whose two clocks have run out.
std::vector<EntryId> record_overdue(LoadedOffice& office, const std::string& person) {
    const std::string received = calendar::to_text(calendar::add_days(office.clock.today(), -30));
    std::vector<EntryId> out;
    std::vector<storage::Command> commands;
    for (int i = 0; i < kDueEntries; ++i) {
        commands.push_back(as(office, person, [&](const action::Task& task) -> Result<void> {
            TRY(const ledger::Entry entry,
                action::create_entry(task, {.ledger = "resident_request",
                                            .fields = Value::Map{{"category", "noise"},
                                                                 {"channel", "hotline"},
                                                                 {"received_on", received},
                                                                 {"summary", "噪声"}},
                                            .unit = {},
                                            .handler = {},
                                            .reference = {},
                                            .opened_by = {},
                                            .opened_by_ledger = {}}));
            out.push_back(entry.head.id);
            return {};
        }));
    }
    run_in_groups(office, std::move(commands), kBatch);
    return out;
}

// Clocks of other entries, with nothing to do for years.
void add_quiet_clocks(LoadedOffice& office) {
    BareSqlite bare(office.file());
    bare.run(fmt::format(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
        "INSERT INTO clock (jurisdiction_id, ledger, entry_id, clock, run, started_on, due_on, "
        "due_at, stopped_on, stopped_at, status, next_on, definitions) SELECT {}, "
        "'resident_request', 100000000 + i, 'answer', 1, '2026-01-01', '2099-01-01', '', '', '', "
        "'running', '2098-12-01', '' FROM n",
        kClocks - 2 * kDueEntries, office.id.value));
    bare.run("ANALYZE");
}

// How long somebody's write took at most while `work` ran, in milliseconds.
template <class Work>
double longest_wait(LoadedOffice& office, const Work& work) {
    std::atomic<bool> done = false;
    double longest = 0;
    std::thread writer([&] {
        while (!done) {
            const Instant begun = now();
            required(office.workplace->writer.run(
                office.id, [](storage::Transaction&) -> Result<void> { return {}; }));
            longest = std::max(longest, seconds_since(begun) * kMilliseconds);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    });
    work();
    done = true;
    writer.join();
    return longest;
}

void explanations(Sheet& sheet, LoadedOffice& office, const std::vector<EntryId>& entries) {
    constexpr std::size_t kAsked = 500;
    const auto connection = office.database->reading();
    const action::Office in =
        required(action::open_office(*office.workplace, *connection, office.id));
    const ledger::Context context =
        action::context_of(in, access::system_actor(office.id), office.clock.now());
    std::vector<double> taken;
    for (std::size_t i = 0; i < std::min(kAsked, entries.size()); ++i) {
        const Instant begun = now();
        required(office.workplace->clocks.explain(*connection, context, "resident_request",
                                                  entries[i], "answer"));
        taken.push_back(seconds_since(begun) * kMilliseconds);
    }
    sheet.add({.name = "clock.explain",
               .value = median(taken),
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 1}});
}

std::vector<definition::PackSource> packs_that_ship() {
    std::vector<definition::PackSource> out;
    for (const auto& each : std::filesystem::directory_iterator("packs")) {
        if (definition::is_pack(each.path()))
            out.push_back(required(definition::read_pack(each.path())));
    }
    return out;
}

// From the files, as installing them does.
void pack_loading(Sheet& sheet) {
    constexpr int kRounds = 9;
    std::vector<double> taken;
    for (int round = 0; round < kRounds; ++round) {
        const Instant begun = now();
        if (!definition::build_set(packs_that_ship()).set)
            throw std::runtime_error("the packs do not load");
        taken.push_back(seconds_since(begun) * kMilliseconds);
    }
    sheet.add({.name = "packs.load",
               .value = median(taken),
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 200}});
}

// An office found by the first command of a program, and by every later one.
void office_opening(Sheet& sheet, LoadedOffice& office) {
    constexpr int kRounds = 9;
    std::vector<double> first;
    std::vector<double> again;
    for (int round = 0; round < kRounds; ++round) {
        Instant begun = now();
        const auto workplace = required(
            action::Workplace::open(*office.database, office.folder.path / "data", office.clock));
        const auto connection = office.database->reading();
        required(action::open_office(*workplace, *connection, office.id));
        first.push_back(seconds_since(begun) * kMilliseconds);
        begun = now();
        required(action::open_office(*workplace, *connection, office.id));
        again.push_back(seconds_since(begun) * kMilliseconds);
    }
    sheet.add({.name = "office.open.first",
               .value = median(first),
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 200}});
    sheet.add({.name = "office.open.again",
               .value = median(again),
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 1}});
}

}  // namespace

void clocks(Sheet& sheet) {
    pack_loading(sheet);
    LoadedOffice office("qianjin");
    office_opening(sheet, office);
    const std::vector<EntryId> entries = record_overdue(office, recorder(office));
    explanations(sheet, office, entries);
    add_quiet_clocks(office);
    double seconds = 0;
    action::TickOutcome outcome;
    const double waited = longest_wait(office, [&] {
        const Instant begun = now();
        outcome = required(action::tick(*office.workplace, office.id, office.clock.now()));
        seconds = seconds_since(begun);
    });
    if (outcome.notices < 2 * kDueEntries)
        throw std::runtime_error(fmt::format("only {} were told", outcome.notices));
    sheet.add({.name = "clock.tick.1000000",
               .value = seconds,
               .unit = "s",
               .bar = Bar{Sense::AtMost, 30}});
    sheet.add({.name = "clock.tick.longest_write",
               .value = waited,
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 50}});
}

}  // namespace fazhi::bench
