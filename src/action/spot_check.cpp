#include "action/spot_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/errors.h"
#include "action/filtered_entries.h"
#include "base/digest.h"
#include "journal/note.h"
#include "ledger/errors.h"
#include "ledger/scan.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

Result<std::vector<EntryId>> population_of(const Task& task, const definition::Ledger& ledger,
                                           const std::string& where) {
    TRY(const std::vector<ledger::Entry> entries,
        filtered_entries(task.transaction.connection(), task.context, ledger, {.where = where}));
    std::vector<EntryId> out;
    for (const ledger::Entry& entry : entries) out.push_back(entry.head.id);
    return out;
}

// Who could draw again until the result suits steers it: once a month for the same entries.
Result<void> check_not_drawn(const Task& task, const definition::Ledger& ledger,
                             const std::string& where) {
    const definition::Ledger* checks = task.context.definitions.ledger("spot_check");
    if (checks == nullptr) return {};
    const std::string month = calendar::to_text(task.context.today).substr(0, 7);
    std::optional<ledger::EntryHead> earlier;
    ledger::scan(task.transaction.connection(), task.context.directory.jurisdiction.id, *checks,
                 {"occurred_on", "of_ledger", "filter"}, {}, [&](const ledger::Entry& entry) {
                     if (entry.fields.text_at("of_ledger") == ledger.id &&
                         entry.fields.text_at("filter") == where &&
                         entry.head.dated_on.substr(0, 7) == month)
                         earlier = entry.head;
                 });
    if (!earlier) return {};
    return refuse(ErrorKind::RefusedByRule, errors::kAlreadyDrawn,
                  fmt::format("“{}”同样的范围{}已经抽过（第{}条抽查记录），同一范围每月只抽一次，"
                              "结果不能重抽；要多查几条，请到下月或换一个范围。",
                              ledger.title, earlier->dated_on, earlier->id.value),
                  "ledger");
}

}  // namespace

std::vector<EntryId> draw(const std::string& root, const std::string& ledger,
                          std::vector<EntryId> population, std::size_t count) {
    std::vector<std::pair<std::string, EntryId>> order;
    for (const EntryId id : population) {
        const std::string text = fmt::format("{}/{}/{}", root, ledger, id.value);
        order.emplace_back(digest_of(HashAlgorithm::Sha256, text).hex(), id);
    }
    std::sort(order.begin(), order.end());
    population.clear();
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i)
        population.push_back(order[i].second);
    return population;
}

Result<SpotCheck> spot_check(const Task& task, const SpotCheckOrder& order) {
    const ledger::Context& context = task.context;
    if (order.count == 0 || order.count > kDrawnMax) {
        return refuse(ErrorKind::InvalidInput, errors::kBadCount,
                      fmt::format("抽取的条数请填1至{}之间的数。", kDrawnMax), "count");
    }
    const definition::Ledger* ledger = context.definitions.ledger_named(order.ledger);
    if (ledger == nullptr) {
        return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchLedger,
                      fmt::format("本单位没有启用台账“{}”。", order.ledger), "ledger");
    }
    TRY_OK(access::require(context.directory, context.definitions, context.actor,
                           access::Ability::Close,
                           {.ledger = ledger->id, .unit = context.actor.unit}));
    TRY_OK(check_not_drawn(task, *ledger, order.where));
    TRY(const std::vector<EntryId> population, population_of(task, *ledger, order.where));
    const access::Jurisdiction& office = context.directory.jurisdiction;
    TRY(const journal::Note note,
        journal::parse_note(task.workplace.journal.checkpoint(task.transaction, office.id,
                                                              office.code, context.accepted_at)));
    SpotCheck out{.root = note.root.hex(), .population = population.size()};
    out.drawn = draw(out.root, ledger->id, population, order.count);

    Value::List rows;
    for (const EntryId id : out.drawn) rows.push_back(Value::Map{{"entry_no", id.value}});
    Value fields = Value::Map{{"drawn", std::move(rows)},
                              {"of_ledger", ledger->id},
                              {"population", static_cast<std::int64_t>(population.size())},
                              {"root", out.root},
                              {"target", ledger->title},
                              {"tree_size", note.size}};
    if (!order.where.empty()) fields.set("filter", order.where);
    TRY(const ledger::Entry entry, task.workplace.ledgers.create(task.transaction, task.context,
                                                                 {.ledger = "spot_check",
                                                                  .fields = std::move(fields),
                                                                  .unit = {},
                                                                  .handler = {},
                                                                  .reference = {},
                                                                  .opened_by = {},
                                                                  .opened_by_ledger = {}}));
    out.entry = entry.head.id;
    return out;
}

}  // namespace fazhi::action
