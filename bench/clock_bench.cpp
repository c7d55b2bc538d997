// Deadlines: the nightly tick over a million open clocks of which one in a hundred is due, what a
// writer waits meanwhile, the explanation of one clock, and loading every pack.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "action/entry_commands.h"
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
    const calendar::Date today = calendar::civil_date(office.clock.now());
    const std::string received = calendar::to_text(calendar::add_days(today, -30));
    std::vector<EntryId> out;
    while (static_cast<int>(out.size()) < kDueEntries) {
        required(office.workplace->writer.run(
            office.id, [&](storage::Transaction& transaction) -> Result<void> {
                TRY(const action::Office in,
                    action::open_office(*office.workplace, transaction, office.id));
                TRY(const access::Actor actor,
                    action::actor_in(transaction.connection(), in, person));
                ledger::Context context = action::context_of(in, actor, office.clock.now());
                for (int i = 0; i < kBatch; ++i) {
                    TRY(const ledger::Entry entry,
                        action::create_entry({*office.workplace, transaction, context},
                                             {.ledger = "resident_request",
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
                }
                return {};
            }));
    }
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

void pack_loading(Sheet& sheet) {
    constexpr int kRounds = 5;
    std::vector<double> taken;
    for (int round = 0; round < kRounds; ++round) {
        const Instant begun = now();
        std::vector<definition::PackSource> packs;
        for (const auto& each : std::filesystem::directory_iterator("packs")) {
            if (definition::is_pack(each.path()))
                packs.push_back(required(definition::read_pack(each.path())));
        }
        if (!definition::build_set(definition::in_order_of_need(std::move(packs))).set)
            throw std::runtime_error("the packs do not load");
        taken.push_back(seconds_since(begun) * kMilliseconds);
    }
    sheet.add({.name = "packs.load",
               .value = median(taken),
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 200}});
}

}  // namespace

void clocks(Sheet& sheet) {
    pack_loading(sheet);
    LoadedOffice office("qianjin");
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
