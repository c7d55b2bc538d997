#include "action/import_sheet.h"

#include <algorithm>
#include <fstream>
#include <set>

#include <fmt/format.h>

#include "action/errors.h"
#include "ledger/cell_text.h"
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
    if (head == "编号" || head == "状态" || head == "流水号")
        return ImportColumn{ColumnKind::Ours, ""};
    if (head == "单位" || head == "unit") return ImportColumn{ColumnKind::Unit, "unit"};
    if (head == "经办人" || head == "handler") return ImportColumn{ColumnKind::Handler, "handler"};
    if (head == "原编号" || head == "reference")
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

// History waives the gates, so one post alone may bring it in; without the setting nobody may.
Result<void> require_history_post(const ledger::Context& context) {
    if (context.actor.system) return {};
    const Value setting = context.directory.setting(context.definitions, "history_post");
    const std::string post = setting.is_text() ? setting.as_text() : std::string();
    const bool is_here = context.actor.jurisdiction == context.directory.jurisdiction.id;
    if (!post.empty() && is_here && context.actor.holds(post)) return {};
    const definition::Role* role = context.definitions.role(post);
    Error error{ErrorKind::Forbidden, errors::kNotHistoryPost, {}, "--history"};
    std::string names;
    for (const access::Person& person : context.directory.persons) {
        if (post.empty() || !context.directory.actor(person).holds(post)) continue;
        error.may.push_back(person.code);
        names += (names.empty() ? "" : "、") + person.name;
    }
    error.message = role == nullptr
                        ? "还没有设置由哪个岗位作历史导入，请先由系统管理员设置“history_post”。"
                        : fmt::format("历史导入只由“{}”岗位办理，{}。", role->title,
                                      names.empty() ? "目前没有人担任，请先设置岗位"
                                                    : fmt::format("请由{}办理", names));
    return refuse(std::move(error));
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

}  // namespace

std::vector<std::string> heads_of(const definition::DefinitionSet& set, const Ledger& ledger) {
    std::vector<std::string> out = {"单位",      "unit", "经办人", "handler", "原编号",
                                    "reference", "编号", "状态",   "流水号"};
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
                    .history = history};
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
        std::string cell = fmt::format("第{}行", place.row.number);
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

void SheetImport::create(const ImportPlan& plan, const SheetRow& row) {
    ledger::NewEntry input{.ledger = plan.ledger->id,
                           .fields = Value::Map{},
                           .unit = {},
                           .handler = {},
                           .reference = {},
                           .opened_by = {},
                           .opened_by_ledger = {}};
    for (size_t i = 0; i < plan.columns.size(); ++i) {
        const ImportColumn& column = plan.columns[i];
        const std::string& cell = row.cells[i];
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
    const auto entry = create_entry(task_, input);
    if (!entry) return complain({plan, row}, entry.error(), "");
    const std::string& live_from = task_.context.directory.jurisdiction.live_from;
    if (plan.history && !plan.ledger->built_in && !live_from.empty() &&
        entry->head.dated_on >= live_from) {
        complain({plan, row},
                 Error{ErrorKind::RefusedByRule, errors::kAfterLive,
                       fmt::format("日期{}不在{}之前；启用之后的事要逐条登记，不能作历史导入。",
                                   entry->head.dated_on, live_from),
                       plan.ledger->dated_by},
                 "");
    }
    made_.emplace(std::make_pair(&plan, row.number), entry->head.id);
}

void SheetImport::attach_files(const RowPlace& place, std::size_t column, EntryId entry) {
    const std::string& kind = place.plan.columns[column].id;
    for (const std::string& name : ledger::split_words(place.row.cells[column])) {
        auto bytes = file_bytes(place.plan.files, name);
        if (!bytes) {
            complain(place, bytes.error(), kind);
            continue;
        }
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
        const auto linked = link_entries(task_, {place.plan.ledger->id, entry, "", ledger, *other});
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
            steps.push_back({place.row.cells[i], i});
    }
    std::stable_sort(steps.begin(), steps.end(),
                     [](const Dated& a, const Dated& b) { return a.on < b.on; });
    for (const Dated& dated : steps) {
        const std::string& step = place.plan.columns[dated.column].id;
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

Result<std::size_t> SheetImport::run(const Progress& progress) {
    const bool is_history = std::any_of(plans_.begin(), plans_.end(),
                                        [](const ImportPlan& plan) { return plan.history; });
    if (is_history) {
        TRY_OK(require_history_post(task_.context));
    }
    std::size_t rows = 0;
    for (const ImportPlan& plan : plans_) rows += plan.sheet.rows.size();
    for (const std::size_t index : in_order_of_need()) {
        for (const SheetRow& row : plans_[index].sheet.rows) {
            create(plans_[index], row);
            if (++done_ % 100 == 0) progress(done_, rows);
        }
    }
    for (const ImportPlan& plan : plans_) {
        for (const SheetRow& row : plan.sheet.rows) {
            const auto entry = made_.find({&plan, row.number});
            if (entry != made_.end()) attach_and_link({plan, row}, entry->second);
        }
    }
    for (const ImportPlan& plan : plans_) {
        for (const SheetRow& row : plan.sheet.rows) {
            const auto entry = made_.find({&plan, row.number});
            if (entry != made_.end()) take_steps({plan, row}, entry->second);
        }
    }
    progress(done_, rows);
    if (wrong_.empty()) return made_.size();
    if (wrong_.size() >= kErrorsMax) {
        wrong_.push_back(Error{ErrorKind::InvalidInput, errors::kUnknownHead,
                               fmt::format("错误超过{}处，后面的没有再查。", kErrorsMax)});
    }
    return refuse(join_errors(std::move(wrong_)));
}

}  // namespace fazhi::action
