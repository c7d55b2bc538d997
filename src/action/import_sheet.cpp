#include "action/import_sheet.h"

#include <algorithm>
#include <fstream>
#include <set>

#include <fmt/format.h>

#include "action/errors.h"
#include "action/setting_post.h"
#include "calendar/written_date.h"
#include "ledger/cell_text.h"
#include "ledger/entry_key.h"
#include "storage/transaction.h"
#include "text/nearest.h"
#include "text/utf8.h"

namespace fazhi::action {
namespace {

using definition::Ledger;
using exchange::SheetRow;

constexpr std::size_t kErrorsMax =
    1'000;  // More help nobody; the refusal says that it stopped there.

std::optional<std::string> after_prefix(const std::string& head, std::string_view chinese,
                                        std::string_view key) {
    for (const std::string_view prefix : {chinese, key}) {
        if (head.starts_with(prefix)) return std::string(text::trimmed(head.substr(prefix.size())));
    }
    return std::nullopt;
}

template <class Things>
std::optional<std::string> id_of(const Things& things, const std::string& name) {
    for (const auto& thing : things) {
        if (thing.id == name || thing.title == name) return thing.id;
    }
    return std::nullopt;
}

std::optional<ImportColumn> column_of(const definition::DefinitionSet& set, const Ledger& ledger,
                                      const std::string& head) {
    if (const auto field = id_of(ledger.fields, head))
        return ImportColumn{ColumnKind::Field, *field};
    if (head == heads::kNumber || head == heads::kState || head == heads::kSeq)
        return ImportColumn{ColumnKind::Ours, ""};
    if (head == heads::kUnit || head == "unit") return ImportColumn{ColumnKind::Unit, "unit"};
    if (head == heads::kHandler || head == "handler")
        return ImportColumn{ColumnKind::Handler, "handler"};
    if (head == heads::kReference || head == "reference")
        return ImportColumn{ColumnKind::Reference, "reference"};
    if (const auto name = after_prefix(head, "办理：", "do:")) {
        if (const auto step = id_of(ledger.transitions, *name))
            return ImportColumn{ColumnKind::Step, *step};
    }
    if (const auto name = after_prefix(head, "证据：", "evidence:")) {
        if (const auto kind = id_of(ledger.evidence, *name))
            return ImportColumn{ColumnKind::Evidence, *kind};
    }
    if (const auto name = after_prefix(head, "关联：", "link:")) {
        const Ledger* other = set.ledger_named(*name);
        if (other != nullptr) return ImportColumn{ColumnKind::Link, other->id};
    }
    return std::nullopt;
}

Result<std::string> file_bytes(const std::filesystem::path& folder, const std::string& name) {
    const bool plain = !name.empty() && name.find('/') == std::string::npos &&
                       name.find('\\') == std::string::npos && name.front() != '.';
    const std::filesystem::path path = folder / name;
    std::ifstream in(path, std::ios::binary);
    if (!plain || !in) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchFile,
                      fmt::format("找不到佐证材料文件“{}”（应放在 files 文件夹里）。", name));
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// What a row brings for an entry that was there may be so already.
bool has_evidence(const Task& task, const std::string& ledger, EntryId entry,
                  const std::string& kind, const std::string& bytes) {
    const Digest digest = digest_of(task.workplace.journal.algorithm(), bytes);
    const auto uses = task.workplace.ledgers.evidence(
        task.transaction.connection(), task.context.directory.jurisdiction.id, ledger, entry);
    return std::any_of(uses.begin(), uses.end(), [&](const ledger::EvidenceUse& use) {
        return use.kind == kind && use.digest == digest;
    });
}

bool has_link(const Task& task, const ledger::Link& link) {
    const auto links = task.workplace.ledgers.links(task.transaction.connection(),
                                                    task.context.directory.jurisdiction.id,
                                                    link.from_ledger, link.from);
    return std::any_of(links.begin(), links.end(), [&](const ledger::Link& present) {
        return present.from == link.from && present.to == link.to &&
               present.to_ledger == link.to_ledger && present.relation == link.relation;
    });
}

bool has_passed(const Task& task, const std::string& ledger, EntryId entry,
                const std::string& step) {
    const auto passages = task.workplace.ledgers.passages(
        task.transaction.connection(), task.context.directory.jurisdiction.id, ledger, entry);
    return std::any_of(passages.begin(), passages.end(),
                       [&](const ledger::Passage& passage) { return passage.transition == step; });
}

}  // namespace

std::vector<std::string> heads_of(const definition::DefinitionSet& set, const Ledger& ledger) {
    std::vector<std::string> out = {"unit", "handler", "reference"};
    for (const std::string_view head : {heads::kUnit, heads::kHandler, heads::kReference,
                                        heads::kNumber, heads::kState, heads::kSeq})
        out.emplace_back(head);
    for (const auto& field : ledger.fields) {
        out.push_back(field.title);
        out.push_back(field.id);
    }
    for (const auto& step : ledger.transitions) {
        out.push_back("办理：" + step.title);
        out.push_back("do:" + step.id);
    }
    for (const auto& kind : ledger.evidence) {
        out.push_back("证据：" + kind.title);
        out.push_back("evidence:" + kind.id);
    }
    for (const auto& other : set.ledgers()) {
        out.push_back("关联：" + other.title);
        out.push_back("link:" + other.id);
    }
    return out;
}

Result<ImportPlan> plan_import(const definition::DefinitionSet& set, const Ledger& ledger,
                               exchange::Sheet sheet, bool history) {
    ImportPlan plan{.ledger = &ledger,
                    .columns = {},
                    .sheet = std::move(sheet),
                    .files = {},
                    .history = history,
                    .year = 0,
                    .source = {},
                    .import = {}};
    std::vector<Error> wrong;
    for (size_t i = 0; i < plan.sheet.heads.size(); ++i) {
        const std::string& head = plan.sheet.heads[i];
        const std::string where =
            fmt::format("{}!{}", ledger.title, plan.sheet.cell(i, plan.sheet.head_row));
        const auto column = column_of(set, ledger, head);
        if (!column) {
            const std::string nearest = text::nearest(head, heads_of(set, ledger));
            wrong.push_back(
                Error{ErrorKind::InvalidInput, errors::kUnknownHead,
                      fmt::format("“{}”没有“{}”这一栏{}。", ledger.title, head,
                                  nearest.empty() ? "" : fmt::format("，可能应为“{}”", nearest)),
                      where});
        } else if (column->kind == ColumnKind::Step && !history) {
            wrong.push_back(
                Error{ErrorKind::InvalidInput, errors::kHistoryOnly,
                      fmt::format("“{}”是办理日期，只能随历史导入（--history）。", head), where});
        }
        plan.columns.push_back(column.value_or(ImportColumn{}));
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return plan;
}

void SheetImport::complain(const RowPlace& place, const Error& error,
                           const std::string& column_id) {
    for (Error flat : flatten(error)) {
        if (wrong_.size() >= kErrorsMax) return;
        const std::string head = flat.where.substr(0, flat.where.find_first_of("[."));
        std::string cell = exchange::row_text(place.row.number);
        for (size_t i = 0; i < place.plan.columns.size(); ++i) {
            const std::string& id = place.plan.columns[i].id;
            if (id != (column_id.empty() ? head : column_id)) continue;
            cell = place.plan.sheet.cell(i, place.row.number);
            break;
        }
        flat.where = fmt::format("{}!{}", place.plan.ledger->title, cell);
        wrong_.push_back(std::move(flat));
    }
}

bool SheetImport::was_there(const RowPlace& place) const {
    return there_.contains({&place.plan, place.row.number});
}

// As it is typed in; a date without a year in the import's year.
std::string SheetImport::cell_of(const RowPlace& place, std::size_t column) {
    const std::string& cell = place.row.cells[column];
    const ImportColumn& kind = place.plan.columns[column];
    if (place.plan.year == 0 || cell.empty()) return cell;
    const definition::Field* field =
        kind.kind == ColumnKind::Field ? place.plan.ledger->field(kind.id) : nullptr;
    const bool is_date = kind.kind == ColumnKind::Step ||
                         (field != nullptr && field->type == definition::FieldType::Date);
    return is_date ? calendar::with_year(cell, place.plan.year) : cell;
}

void SheetImport::record(const RowPlace& place) {
    const ImportPlan& plan = place.plan;
    ledger::NewEntry input{.ledger = plan.ledger->id,
                           .fields = Value::Map{},
                           .unit = {},
                           .handler = {},
                           .reference = {},
                           .opened_by = plan.import,
                           .opened_by_ledger = plan.import ? std::string(kImportLedger) : "",
                           .opened_by_row = plan.import ? place.row.number : 0};
    for (size_t i = 0; i < plan.columns.size(); ++i) {
        const ImportColumn& column = plan.columns[i];
        const std::string cell = cell_of(place, i);
        switch (column.kind) {
            case ColumnKind::Field:
                if (!cell.empty()) input.fields.set(column.id, cell);
                break;
            case ColumnKind::Unit:
                input.unit = cell;
                break;
            case ColumnKind::Handler:
                input.handler = cell;
                break;
            case ColumnKind::Reference:
                input.reference = cell;
                break;
            case ColumnKind::Ours:
                break;
            case ColumnKind::Step:
            case ColumnKind::Evidence:
            case ColumnKind::Link:
                break;  // In the passes after all entries are there.
        }
    }
    const auto known = ledger::entry_with_key(task_.transaction.connection(), task_.context,
                                              *plan.ledger, input.fields);
    if (!known) return complain(place, known.error(), "");
    if (*known) return update(place, **known, input.fields);
    create(place, std::move(input));
}

void SheetImport::create(const RowPlace& place, ledger::NewEntry input) {
    const ImportPlan& plan = place.plan;
    const auto entry = create_entry(task_, input);
    if (!entry) return complain(place, entry.error(), "");
    const std::string& live_from = task_.context.directory.jurisdiction.live_from;
    const bool kept_by_people = !plan.ledger->built_in || !plan.ledger->states.empty();
    if (plan.history && kept_by_people && !live_from.empty() && entry->head.dated_on >= live_from) {
        complain(place,
                 Error{ErrorKind::RefusedByRule, errors::kAfterLive,
                       fmt::format("日期{}不在{}之前；启用之后的事要逐条登记，不能作历史导入。",
                                   entry->head.dated_on, live_from),
                       plan.ledger->dated_by},
                 "");
    }
    entries_.emplace(std::make_pair(&plan, place.row.number), entry->head.id);
    if (!plan.ledger->key.empty()) seen_.emplace(plan.ledger->id, entry->head.id.value);
    ++imported_.made;
}

void SheetImport::update(const RowPlace& place, EntryId id, const Value& fields) {
    const definition::Ledger& ledger = *place.plan.ledger;
    if (!seen_.emplace(ledger.id, id.value).second) {
        return complain(place,
                        Error{ErrorKind::InvalidInput, errors::kSameKeyTwice,
                              fmt::format("同一张表里还有一行的“{}”与这一行相同，请合成一行。",
                                          ledger.field(ledger.key.front())->title)},
                        ledger.key.front());
    }
    const auto entry = task_.workplace.ledgers.find(task_.transaction, task_.context, ledger.id, id,
                                                    ledger::Ledgers::Private::Revealed);
    if (!entry) return complain(place, entry.error(), "");
    const Value changed = ledger::differing_fields(task_.transaction.connection(), task_.context,
                                                   ledger, *entry, fields);
    if (!changed.as_map().empty()) {
        const auto amended = amend_entry(
            task_, ledger.id, id,
            {changed, fmt::format("随导入更新：{}第{}行", place.plan.source, place.row.number)});
        if (!amended) return complain(place, amended.error(), "");
    }
    ++(changed.as_map().empty() ? imported_.unchanged : imported_.updated);
    there_.emplace(&place.plan, place.row.number);
    entries_.emplace(std::make_pair(&place.plan, place.row.number), id);
}

void SheetImport::attach_files(const RowPlace& place, std::size_t column, EntryId entry) {
    const std::string& kind = place.plan.columns[column].id;
    for (const std::string& name : ledger::split_words(place.row.cells[column])) {
        auto bytes = file_bytes(place.plan.files, name);
        if (!bytes) {
            complain(place, bytes.error(), kind);
            continue;
        }
        if (was_there(place) && has_evidence(task_, place.plan.ledger->id, entry, kind, *bytes))
            continue;
        const auto attached = attach_evidence(
            task_, place.plan.ledger->id, entry,
            {.kind = kind, .name = name, .bytes = *std::move(bytes), .happened_on = {}});
        if (!attached) complain(place, attached.error(), kind);
    }
}

void SheetImport::link_rows(const RowPlace& place, std::size_t column, EntryId entry) {
    const std::string& ledger = place.plan.columns[column].id;
    for (const std::string& name : ledger::split_words(place.row.cells[column])) {
        const auto other = task_.workplace.ledgers.entry_named(task_.transaction.connection(),
                                                               task_.context, ledger, name);
        if (!other) {
            complain(place,
                     Error{ErrorKind::InvalidInput, errors::kNoSuchFile,
                           fmt::format("关联的“{}”在台账里找不到，请核对原编号。", name)},
                     ledger);
            continue;
        }
        const ledger::Link link{place.plan.ledger->id, entry, "", ledger, *other};
        if (was_there(place) && has_link(task_, link)) continue;
        const auto linked = link_entries(task_, link);
        if (!linked) complain(place, linked.error(), ledger);
    }
}

void SheetImport::attach_and_link(const RowPlace& place, EntryId entry) {
    for (size_t i = 0; i < place.plan.columns.size(); ++i) {
        if (place.row.cells[i].empty()) continue;
        if (place.plan.columns[i].kind == ColumnKind::Evidence) attach_files(place, i, entry);
        if (place.plan.columns[i].kind == ColumnKind::Link) link_rows(place, i, entry);
    }
}

// Steps in the order of their dates; on one day, in the order of the columns.
void SheetImport::take_steps(const RowPlace& place, EntryId entry) {
    struct Dated {
        std::string on;
        size_t column;
    };
    std::vector<Dated> steps;
    for (size_t i = 0; i < place.plan.columns.size(); ++i) {
        if (place.plan.columns[i].kind == ColumnKind::Step && !place.row.cells[i].empty())
            steps.push_back({cell_of(place, i), i});
    }
    std::stable_sort(steps.begin(), steps.end(),
                     [](const Dated& a, const Dated& b) { return a.on < b.on; });
    for (const Dated& dated : steps) {
        const std::string& step = place.plan.columns[dated.column].id;
        if (was_there(place) && has_passed(task_, place.plan.ledger->id, entry, step)) continue;
        const auto moved = move_entry(task_, {.ledger = place.plan.ledger->id,
                                              .entry = entry,
                                              .transition = step,
                                              .happened_on = dated.on,
                                              .fields = {},
                                              .note = "历史导入"});
        if (!moved) return complain(place, moved.error(), step);
    }
}

// A ledger whose entry fields draw from another comes after it.
std::vector<std::size_t> SheetImport::in_order_of_need() const {
    std::vector<std::size_t> out;
    std::set<std::string> placed;
    std::vector<bool> used(plans_.size());
    const auto waits = [&](const ImportPlan& plan) {
        const auto draws_on = [&](const std::string& name) {
            if (name == plan.ledger->id || placed.contains(name)) return false;
            return std::any_of(plans_.begin(), plans_.end(),
                               [&](const ImportPlan& other) { return other.ledger->id == name; });
        };
        const auto field_waits = [&](const definition::Field& field) {
            return field.from &&
                   std::any_of(field.from->ledgers.begin(), field.from->ledgers.end(), draws_on);
        };
        return std::any_of(plan.ledger->fields.begin(), plan.ledger->fields.end(),
                           [&](const definition::Field& field) {
                               return field_waits(field) ||
                                      std::any_of(field.of.begin(), field.of.end(), field_waits);
                           });
    };
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < plans_.size(); ++i) {
            if (used[i] || waits(plans_[i])) continue;
            used[i] = moved = true;
            placed.insert(plans_[i].ledger->id);
            out.push_back(i);
        }
    }
    for (size_t i = 0; i < plans_.size(); ++i) {
        if (!used[i])
            out.push_back(i);  // Ledgers that draw on each other: rows that find nothing are named.
    }
    return out;
}

Result<Imported> SheetImport::run(const Progress& progress) {
    const bool is_history = std::any_of(plans_.begin(), plans_.end(),
                                        [](const ImportPlan& plan) { return plan.history; });
    if (is_history) {
        // History waives the gates.
        TRY_OK(require_post(task_.context,
                            {"history_post", "历史导入", errors::kNotHistoryPost, "--history"}));
    }
    std::size_t rows = 0;
    for (const ImportPlan& plan : plans_) rows += plan.sheet.rows.size();
    for (const std::size_t index : in_order_of_need()) {
        for (const SheetRow& row : plans_[index].sheet.rows) {
            record({plans_[index], row});
            if (++done_ % 100 == 0) progress(done_, rows);
        }
    }
    for (const ImportPlan& plan : plans_) {
        for (const SheetRow& row : plan.sheet.rows) {
            const auto entry = entries_.find({&plan, row.number});
            if (entry != entries_.end()) attach_and_link({plan, row}, entry->second);
        }
    }
    for (const ImportPlan& plan : plans_) {
        for (const SheetRow& row : plan.sheet.rows) {
            const auto entry = entries_.find({&plan, row.number});
            if (entry != entries_.end()) take_steps({plan, row}, entry->second);
        }
    }
    progress(done_, rows);
    if (wrong_.empty()) return imported_;
    if (wrong_.size() >= kErrorsMax) {
        wrong_.push_back(Error{ErrorKind::InvalidInput, errors::kUnknownHead,
                               fmt::format("错误超过{}处，后面的没有再查。", kErrorsMax)});
    }
    return refuse(join_errors(std::move(wrong_)));
}

}  // namespace fazhi::action
