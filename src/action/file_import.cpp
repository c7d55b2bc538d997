#include "action/file_import.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/errors.h"
#include "ledger/entry_key.h"
#include "ledger/errors.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

// How rows are tried without writing: their command ends in this refusal, which undoes it.
constexpr std::string_view kTriedOnly = "action.tried_only";
constexpr std::size_t kNamedMax = 20;  // of entries in a refusal
constexpr const char* kFinished = "finished";

Value progress_fields(const Imported& imported, int done_row) {
    return Value::Map{{"done_row", done_row},
                      {"made", static_cast<std::int64_t>(imported.made)},
                      {"unchanged", static_cast<std::int64_t>(imported.unchanged)},
                      {"updated", static_cast<std::int64_t>(imported.updated)}};
}

std::size_t count_at(const Value& fields, const char* name) {
    return static_cast<std::size_t>(fields.integer_at(name));
}

void add(Imported& sum, const Imported& more) {
    sum.made += more.made;
    sum.updated += more.updated;
    sum.unchanged += more.unchanged;
}

// A command of the order's: the office, who acts, and what they stand on.
struct Acting {
    Office office;
    ledger::Context context;
};

Result<Acting> acting_in(Workplace& workplace, storage::Transaction& transaction,
                         JurisdictionId jurisdiction, const std::string& as) {
    TRY(Office office, open_office(workplace, transaction, jurisdiction));
    TRY(const access::Actor actor, actor_in(transaction.connection(), office, as));
    const ledger::Context context = context_of(office, actor, workplace.clock.now());
    return Acting{std::move(office), context};
}

}  // namespace

Result<exchange::TableWish> import_wish(Workplace& workplace, const ImportOrder& order) {
    const auto connection = workplace.database.reading();
    TRY(const Office office, open_office(workplace, *connection, order.office));
    TRY(const definition::Ledger* ledger, ledger_named(office, order.ledger));
    return exchange::TableWish{.heads = heads_of(*office.definitions, *ledger),
                               .sheet = order.sheet};
}

// How far an earlier start with this file came.
struct FileImport::Standing {
    std::optional<EntryId> import;
    int done_row = 0;
    Imported imported;
};

Result<FileImport::Standing> FileImport::standing(storage::Transaction& transaction,
                                                  const ledger::Context& context) const {
    const definition::Ledger* imports = context.definitions.ledger(kImportLedger);
    const definition::Ledger* target = context.definitions.ledger_named(order_.ledger);
    if (imports == nullptr || target == nullptr) return Standing{};
    TRY(const std::optional<EntryId> known,
        ledger::entry_with_key(
            transaction.connection(), context, *imports,
            Value::Map{{"file_digest", order_.digest.hex()}, {"target", target->id}}));
    if (!known) return Standing{};
    TRY(const ledger::Entry entry,
        workplace_.ledgers.find(transaction, context, imports->id, *known,
                                ledger::Ledgers::Private::Masked));
    if (entry.head.state == kFinished) {
        return refuse(ErrorKind::Conflict, errors::kImportedBefore,
                      fmt::format("这份文件已在{}导入过“{}”（导入记录第{}条，新增{}条）；"
                                  "要重新导入，请先撤销那一次。",
                                  entry.head.dated_on, target->title, known->value,
                                  entry.fields.integer_at("made")),
                      "file");
    }
    if (entry.head.handler != context.actor.person) {
        const access::Person* other = context.directory.person(entry.head.handler);
        return refuse(
            ErrorKind::Conflict, errors::kImportOfAnother,
            fmt::format("这份文件由{}开始导入，写到第{}行停下；请由其接着导入，或先撤销。",
                        other == nullptr ? "别人" : other->name,
                        entry.fields.integer_at("done_row")),
            "file");
    }
    return Standing{known,
                    static_cast<int>(entry.fields.integer_at("done_row")),
                    {count_at(entry.fields, "made"), count_at(entry.fields, "updated"),
                     count_at(entry.fields, "unchanged")}};
}

exchange::Sheet FileImport::rows_after(int row, std::size_t most) const {
    exchange::Sheet out = table_;
    out.rows.clear();
    for (const exchange::SheetRow& each : table_.rows) {
        if (each.number > row && out.rows.size() < most) out.rows.push_back(each);
    }
    return out;
}

Result<Imported> FileImport::import_rows(storage::Transaction& transaction,
                                         ledger::Context& context, const exchange::Sheet& rows,
                                         std::optional<EntryId> import,
                                         const SheetImport::Progress& progress) {
    const definition::Ledger* ledger = context.definitions.ledger_named(order_.ledger);
    if (ledger == nullptr) {
        return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchLedger,
                      fmt::format("本单位没有启用台账“{}”。", order_.ledger), "ledger");
    }
    context.importing = order_.history;
    TRY(ImportPlan plan, plan_import(context.definitions, *ledger, rows, order_.history));
    plan.files = order_.evidence;
    plan.source = order_.file;
    plan.year = order_.year;
    plan.import = import;
    const std::vector<ImportPlan> plans = {std::move(plan)};
    return SheetImport({workplace_, transaction, context}, plans).run(progress);
}

Result<Imported> FileImport::check(const SheetImport::Progress& progress) {
    Imported imported;
    const Result<void> tried = workplace_.writer.run(
        order_.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(Acting acting, acting_in(workplace_, transaction, order_.office, order_.as));
            TRY(const Standing before, standing(transaction, acting.context));
            TRY(imported,
                import_rows(transaction, acting.context,
                            rows_after(before.done_row, table_.rows.size()), {}, progress));
            return refuse(ErrorKind::Conflict, kTriedOnly, "");
        });
    if (!tried && tried.error().code != kTriedOnly) return refuse(tried.error());
    return imported;
}

Result<void> FileImport::begin(storage::Transaction& transaction, Outcome& outcome) {
    TRY(Acting acting, acting_in(workplace_, transaction, order_.office, order_.as));
    TRY(const Standing before, standing(transaction, acting.context));
    outcome.from_row = before.done_row;
    outcome.imported = before.imported;
    if (before.import) {
        outcome.import = *before.import;
        return {};
    }
    Office& office = acting.office;
    TRY(const definition::Ledger* ledger, ledger_named(office, order_.ledger));
    // Whoever may record the rows may: that is asked of each of them.
    TRY(const ledger::Entry entry,
        workplace_.ledgers.create(
            transaction, acting.context,
            {.ledger = std::string(kImportLedger),
             .fields = Value::Map{{"file", order_.file},
                                  {"file_digest", order_.digest.hex()},
                                  {"rows", static_cast<std::int64_t>(table_.rows.size())},
                                  {"target", ledger->id}},
             .unit = {},
             .handler = {},
             .reference = {},
             .opened_by = {},
             .opened_by_ledger = {}}));
    outcome.import = entry.head.id;
    return {};
}

Result<void> FileImport::write_batch(storage::Transaction& transaction, const exchange::Sheet& rows,
                                     bool is_last, Outcome& outcome) {
    TRY(Acting acting, acting_in(workplace_, transaction, order_.office, order_.as));
    Imported sum = outcome.imported;
    TRY(const Imported batch,
        import_rows(transaction, acting.context, rows, outcome.import, [](auto, auto) {}));
    add(sum, batch);
    const int done_row = rows.rows.empty() ? outcome.from_row : rows.rows.back().number;
    acting.context.importing = false;
    const Value fields = progress_fields(sum, done_row);
    if (is_last) {
        TRY_OK(workplace_.procedures.move(transaction, acting.context,
                                          {.ledger = std::string(kImportLedger),
                                           .entry = outcome.import,
                                           .transition = "finish",
                                           .happened_on = {},
                                           .fields = fields,
                                           .note = {}}));
    } else {
        TRY_OK(workplace_.ledgers.amend(transaction, acting.context, std::string(kImportLedger),
                                        outcome.import,
                                        {fields, fmt::format("写到第{}行", done_row)}));
    }
    outcome.imported = sum;
    return {};
}

Result<FileImport::Outcome> FileImport::write(const std::function<void(const Imported&)>& written,
                                              const std::stop_token& stop) {
    Outcome outcome;
    TRY_OK(workplace_.writer.run(order_.office, [&](storage::Transaction& transaction) {
        return begin(transaction, outcome);
    }));
    int done_row = outcome.from_row;
    for (bool is_last = false; !is_last;) {
        if (stop.stop_requested()) {
            outcome.stopped = true;
            return outcome;
        }
        const exchange::Sheet batch = rows_after(done_row, kImportBatchRows);
        is_last = batch.rows.empty() || batch.rows.back().number == table_.rows.back().number;
        // Tried on a copy: a batch that does not commit counts for nothing.
        Outcome after = outcome;
        TRY_OK(workplace_.writer.run(order_.office, [&](storage::Transaction& transaction) {
            after = outcome;
            return write_batch(transaction, batch, is_last, after);
        }));
        outcome = after;
        if (!batch.rows.empty()) done_row = batch.rows.back().number;
        written(outcome.imported);
    }
    return outcome;
}

namespace {

struct OpenedEntry {
    std::string ledger;
    EntryId id;
};

// What the import made and is not void, in the order it was made.
Result<std::vector<OpenedEntry>> still_standing(const Task& task, EntryId import) {
    std::vector<OpenedEntry> out;
    const auto links = task.workplace.ledgers.links(task.transaction.connection(),
                                                    task.context.directory.jurisdiction.id,
                                                    std::string(kImportLedger), import);
    for (const ledger::Link& link : links) {
        if (link.from_ledger != kImportLedger || link.from != import) continue;
        TRY(const ledger::Entry entry,
            task.workplace.ledgers.find(task.transaction, task.context, link.to_ledger, link.to,
                                        ledger::Ledgers::Private::Masked));
        if (!entry.head.voided) out.push_back({link.to_ledger, link.to});
    }
    return out;
}

// Steps that somebody took after the import are work of their own.
Result<void> refuse_moved(const Task& task, const ledger::Entry& import,
                          const std::vector<OpenedEntry>& entries) {
    const JurisdictionId office = task.context.directory.jurisdiction.id;
    const auto passages_of = [&](const std::string& ledger, EntryId entry) {
        return task.workplace.ledgers.passages(task.transaction.connection(), office, ledger,
                                               entry);
    };
    if (import.head.state != kFinished) return {};  // It goes on or is undone at once.
    const std::string ended = passages_of(import.head.ledger, import.head.id).back().recorded_at;
    std::vector<Error> moved;
    for (const OpenedEntry& entry : entries) {
        const auto passages = passages_of(entry.ledger, entry.id);
        if (passages.empty() || passages.back().recorded_at <= ended) continue;
        const definition::Ledger* ledger = task.context.definitions.ledger(entry.ledger);
        moved.push_back(Error{ErrorKind::RefusedByRule, errors::kMovedSince,
                              fmt::format("“{}”第{}条在导入以后又办理过（{}），不能随导入一起撤销；"
                                          "请先在那条记录里处理。",
                                          ledger == nullptr ? entry.ledger : ledger->title,
                                          entry.id.value, passages.back().happened_on),
                              std::to_string(entry.id.value)});
        if (moved.size() == kNamedMax) break;
    }
    if (moved.empty()) return {};
    return refuse(join_errors(std::move(moved)));
}

// In one command: what is to be voided.
Result<std::vector<OpenedEntry>> begin_undo(const Task& task, EntryId id) {
    const std::string imports(kImportLedger);
    TRY(const ledger::Entry import,
        task.workplace.ledgers.find(task.transaction, task.context, imports, id,
                                    ledger::Ledgers::Private::Masked));
    const std::string target = import.fields.text_at("target");
    TRY_OK(access::require(
        task.context.directory, task.context.definitions, task.context.actor,
        access::Ability::Record,
        {.ledger = target, .unit = import.head.unit, .handler = import.head.handler}));
    TRY(std::vector<OpenedEntry> entries, still_standing(task, id));
    TRY_OK(refuse_moved(task, import, entries));
    return entries;
}

}  // namespace

Result<std::size_t> undo_import(Workplace& workplace, const UndoOrder& order) {
    const auto run = [&](const std::function<Result<void>(const Task&)>& command) {
        return workplace.writer.run(
            order.office, [&](storage::Transaction& transaction) -> Result<void> {
                TRY(Acting acting, acting_in(workplace, transaction, order.office, order.as));
                return command({workplace, transaction, acting.context});
            });
    };
    std::vector<OpenedEntry> entries;
    TRY_OK(run([&](const Task& task) -> Result<void> {
        TRY(entries, begin_undo(task, order.import));
        return {};
    }));
    for (std::size_t first = 0; first < entries.size(); first += kImportBatchRows) {
        const std::size_t last = std::min(entries.size(), first + kImportBatchRows);
        TRY_OK(run([&](const Task& task) -> Result<void> {
            for (std::size_t i = first; i < last; ++i) {
                TRY_OK(void_entry(task, entries[i].ledger, entries[i].id, order.note));
            }
            return {};
        }));
    }
    TRY_OK(run([&](const Task& task) -> Result<void> {
        TRY_OK(workplace.ledgers.void_entry(task.transaction, task.context,
                                            std::string(kImportLedger), order.import, order.note));
        return {};
    }));
    return entries.size();
}

}  // namespace fazhi::action
