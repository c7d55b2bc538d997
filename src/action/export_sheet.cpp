#include "action/export_sheet.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/errors.h"
#include "action/import_sheet.h"
#include "base/invariant.h"
#include "calendar/date.h"
#include "definition/condition_text.h"
#include "journal/journal.h"
#include "ledger/errors.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"
#include "measure/measures.h"

namespace fazhi::action {
namespace {

constexpr std::string_view kTraceSheet = "导出说明";

std::string absence_title(ledger::Absence absence) {
    return absence == ledger::Absence::Unknown ? "未知" : "不适用";
}

using definition::FieldType;

bool is_number(FieldType type) {
    return type == FieldType::Integer || type == FieldType::Decimal || type == FieldType::Money;
}

// What a cell can hold in words: not rows within an entry, not what the program fills in.
bool fits_a_cell(FieldType type) {
    return type != FieldType::List && type != FieldType::Group && type != FieldType::Figure;
}

std::vector<std::string> choices_of(const definition::Field& field,
                                    const access::Directory& office) {
    std::vector<std::string> out;
    if (field.type == FieldType::YesNo) return {"是", "否"};
    if (field.type == FieldType::Choice) {
        for (const definition::Option& option : field.options) {
            if (!option.retired) out.push_back(option.title);
        }
    }
    if (field.type == FieldType::Unit) {
        for (const access::Unit& unit : office.units) out.push_back(unit.name);
    }
    return out;
}

bool is_number_head(const definition::Ledger* ledger, const std::string& head) {
    if (ledger == nullptr) return false;
    const auto field =
        std::find_if(ledger->fields.begin(), ledger->fields.end(),
                     [&](const definition::Field& each) { return each.title == head; });
    return field != ledger->fields.end() && is_number(field->type);
}

Refusal bad_export(const std::string& message, const char* where) {
    return refuse(ErrorKind::InvalidInput, errors::kBadExport, message, where);
}

std::string days_text(const std::string& from, const std::string& to) {
    if (from.empty() && to.empty()) return "不限";
    if (from.empty()) return fmt::format("{}为止", to);
    return to.empty() ? fmt::format("{}起", from) : fmt::format("{}至{}", from, to);
}

std::string or_none(std::string text) {
    return text.empty() ? "无" : text;
}

std::string private_titles(const definition::Ledger& ledger) {
    std::vector<std::string> titles;
    for (const definition::Field& field : ledger.fields) {
        if (field.is_private) titles.push_back(field.title);
    }
    return fmt::format("{}", fmt::join(titles, "、"));
}

class Exporter {
public:
    Exporter(storage::Connection& connection, const ledger::Context& context)
        : connection_(connection),
          context_(context),
          names_(connection, context.directory, context.definitions) {}

    Result<Export> of_ledger(const ExportWish& wish) {
        if (wish.year != 0)
            return bad_export("--year 只与 --measure 同用；按日期筛选用 --from、--to。", "--year");
        const definition::Ledger* ledger = context_.definitions.ledger_named(wish.ledger);
        if (ledger == nullptr) {
            return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchLedger,
                          fmt::format("本单位没有启用台账“{}”。", wish.ledger), "ledger");
        }
        TRY_OK(require_export(*ledger));
        TRY(std::vector<ledger::Entry> entries,
            filtered_entries(connection_, context_, *ledger, wish.filter));
        std::erase_if(entries, [&](const ledger::Entry& each) { return !reaches(each.head); });
        TRY(const definition::Condition condition,
            condition_of(wish.filter, context_.definitions, *ledger));
        Export out;
        begin_trace(fmt::format("台账“{}”", ledger->title), out);
        out.trace.push_back({"条件", or_none(definition::condition_text(
                                         condition, {context_.definitions, ledger, nullptr}))});
        out.trace.push_back({"日期", days_text(wish.filter.dated_from, wish.filter.dated_to)});
        const Reach reach = reach_in(*ledger);
        out.trace.push_back({"行数", fmt::format("{}条；未作废的共{}条，其中办理人可以导出的{}条",
                                                 entries.size(), reach.all, reach.reached)});
        out.trace.push_back({"不导出的栏目", or_none(private_titles(*ledger))});
        out.sheets.push_back(sheet_of(*ledger, entries));
        return out;
    }

    Result<Export> of_figure(const ExportWish& wish) {
        if (wish.year == 0) return bad_export("--measure 须用 --year 指明年度。", "--year");
        if (!wish.filter.dated_from.empty() || !wish.filter.dated_to.empty())
            return bad_export("--measure 按年度计算，不与 --from、--to 同用。", "--from");
        measure::Question question{.measure = wish.measure, .where = {}};
        const definition::Measure* measure = context_.definitions.measure(wish.measure);
        const definition::Ledger* ledger =
            measure == nullptr ? nullptr : context_.definitions.ledger(measure->ledger);
        if (ledger != nullptr) {
            TRY_OK(require_export(*ledger));
            TRY(question.where, condition_of(wish.filter, context_.definitions, *ledger));
        }
        const measure::Period period = measure::year_period(wish.year);
        measure::Measures measures(connection_, context_.directory, context_.definitions,
                                   context_.workdays, context_.today);
        TRY(const auto figures, measures.answer({question}, period));
        const measure::Figure& figure = figures.front();
        Export out;
        begin_trace(fmt::format("数据“{}”（{}）背后的台账", measure->title, measure->id), out);
        out.trace.push_back({"数值", figure.has_value ? figure.value + figure.unit : "无"});
        if (figure.denominator)
            out.trace.push_back({"分子、分母", fmt::format("{}、{}", figure.numerator.value_or(0),
                                                           *figure.denominator)});
        std::set<std::string> said;
        add_definition(*measure, said, out);
        out.trace.push_back(
            {"另加条件", or_none(definition::condition_text(
                             question.where, {context_.definitions, ledger, nullptr}))});
        out.trace.push_back(
            {"期间", days_text(calendar::to_text(period.from), calendar::to_text(period.to))});
        for (const Error& warning : figure.warnings) out.trace.push_back({"注意", warning.message});
        for (const auto& [name, ids] : figure.entries) {
            TRY_OK(add_behind(name, ids, out));
        }
        out.trace.push_back({"定义摘要", context_.definitions.digest().hex()});
        return out;
    }

private:
    struct Reach {
        std::size_t all = 0;
        std::size_t reached = 0;
    };

    // Somebody who may export nothing of it learns nothing of it.
    Result<void> require_export(const definition::Ledger& ledger) const {
        const access::Actor& actor = context_.actor;
        return access::require(context_.directory, context_.definitions, actor,
                               access::Ability::Export,
                               {.ledger = ledger.id, .unit = actor.unit, .handler = actor.person});
    }

    [[nodiscard]] bool reaches(const ledger::EntryHead& head) const {
        return access::may(context_.directory, context_.definitions, context_.actor,
                           access::Ability::Export,
                           {.ledger = head.ledger, .unit = head.unit, .handler = head.handler});
    }

    Reach reach_in(const definition::Ledger& ledger) {
        Reach out;
        ledger::scan(connection_, context_.directory.jurisdiction.id, ledger, {ledger.dated_by},
                     {.counting = true}, [&](const ledger::Entry& entry) {
                         ++out.all;
                         out.reached += reaches(entry.head) ? 1 : 0;
                     });
        return out;
    }

    void begin_trace(const std::string& what, Export& out) {
        out.trace.push_back(
            {"导出", fmt::format("{}，{}", context_.directory.jurisdiction.name, what)});
        out.trace.push_back({"办理人", names_.person(context_.actor.person.value)});
        out.trace.push_back({"时间", calendar::chinese_text(context_.accepted_at)});
    }

    // How it is counted, and below it how its parts are, each once.
    void add_definition(const definition::Measure& measure, std::set<std::string>& said,
                        Export& out) {
        if (!said.insert(measure.id).second) return;
        out.trace.push_back({said.size() == 1 ? "口径" : fmt::format("其中“{}”", measure.title),
                             definition::measure_text(measure, context_.definitions)});
        std::vector<std::string> parts = measure.total;
        parts.insert(parts.end(), measure.less.begin(), measure.less.end());
        for (const std::string& side : {measure.numerator, measure.denominator}) {
            if (!side.empty()) parts.push_back(side);
        }
        for (const std::string& id : parts) {
            const definition::Measure* part = context_.definitions.measure(id);
            if (part != nullptr) add_definition(*part, said, out);
        }
    }

    // The rows of one ledger, or of the register of units or persons, behind a figure: all of
    // them, or none.
    Result<void> add_behind(const std::string& name, const std::vector<EntryId>& ids, Export& out) {
        if (const definition::Ledger* ledger = context_.definitions.ledger(name)) {
            std::vector<ledger::Entry> entries;
            ledger::scan(connection_, context_.directory.jurisdiction.id, *ledger, {},
                         {.only = &ids},
                         [&](const ledger::Entry& entry) { entries.push_back(entry); });
            for (const ledger::Entry& entry : entries) {
                if (reaches(entry.head)) continue;
                return refuse(access::require(context_.directory, context_.definitions,
                                              context_.actor, access::Ability::Export,
                                              {.ledger = ledger->id,
                                               .unit = entry.head.unit,
                                               .handler = entry.head.handler})
                                  .error());
            }
            INVARIANT(entries.size() == ids.size());
            out.trace.push_back(
                {"依据", fmt::format("“{}”{}条；不导出的栏目：{}", ledger->title, entries.size(),
                                     or_none(private_titles(*ledger)))});
            out.sheets.push_back(sheet_of(*ledger, entries));
            return {};
        }
        ExportedSheet sheet = register_sheet(name, ids);
        out.trace.push_back({"依据", fmt::format("{}{}个", sheet.name, ids.size())});
        out.sheets.push_back(std::move(sheet));
        return {};
    }

    // Units, persons or the jurisdiction itself, by name.
    ExportedSheet register_sheet(const std::string& name, const std::vector<EntryId>& ids) {
        const bool units = name == "unit";
        const bool people = name == "person";
        const std::string title = units ? "单位" : people ? "人员" : "辖区";
        ExportedSheet out{.ledger = nullptr, .name = title, .heads = {title}, .rows = {}};
        for (const EntryId id : ids) {
            out.rows.push_back({units    ? names_.unit(id.value)
                                : people ? names_.person(id.value)
                                         : context_.directory.jurisdiction.name});
        }
        return out;
    }

    ExportedSheet sheet_of(const definition::Ledger& ledger,
                           const std::vector<ledger::Entry>& entries) {
        ExportedSheet out{.ledger = &ledger, .name = ledger.title, .heads = {}, .rows = {}};
        for (const std::string_view head : {heads::kSeq, heads::kNumber, heads::kReference,
                                            heads::kUnit, heads::kHandler, heads::kState})
            out.heads.emplace_back(head);
        for (const definition::Field& field : ledger.fields) {
            if (!field.is_private) out.heads.push_back(field.title);
        }
        for (const ledger::Entry& entry : entries) out.rows.push_back(row_of(ledger, entry));
        return out;
    }

    std::vector<std::string> row_of(const definition::Ledger& ledger, const ledger::Entry& entry) {
        const definition::State* state = ledger.state(entry.head.state);
        std::vector<std::string> row = {
            std::to_string(entry.head.id.value),
            entry.head.number,
            entry.head.reference,
            entry.head.unit ? names_.unit(entry.head.unit.value) : "",
            entry.head.handler ? names_.person(entry.head.handler.value) : "",
            state == nullptr ? "" : state->title};
        for (const definition::Field& field : ledger.fields) {
            if (field.is_private) continue;
            const auto absent = entry.absent.find(field.id);
            row.push_back(absent != entry.absent.end()
                              ? absence_title(absent->second)
                              : ledger::display_text(field, entry.fields.at(field.id), names_));
        }
        return row;
    }

    storage::Connection& connection_;
    const ledger::Context& context_;
    ledger::StoredLookup names_;
};

}  // namespace

std::size_t Export::rows() const {
    std::size_t out = 0;
    for (const ExportedSheet& sheet : sheets) out += sheet.rows.size();
    return out;
}

Result<Export> export_rows(Workplace& workplace, storage::Connection& connection,
                           const Office& office, const access::Actor& actor,
                           const ExportWish& wish) {
    if (wish.ledger.empty() == wish.measure.empty()) {
        return bad_export("请用 --ledger 指明一本台账，或用 --measure 指明一个数据，二者选一。",
                          "--ledger");
    }
    const ledger::Context context = context_of(office, actor, workplace.clock.now());
    Exporter exporter(connection, context);
    TRY(Export out, wish.measure.empty() ? exporter.of_ledger(wish) : exporter.of_figure(wish));
    const journal::Head head = workplace.journal.head(connection, office.directory.jurisdiction.id);
    out.trace.push_back({"流水", fmt::format("截至第{}条", head.size)});
    out.trace.push_back(
        {fmt::format("校验码（{}）", to_text(workplace.journal.algorithm())), head.root.hex()});
    return out;
}

Result<exchange::OutSheet> blank_sheet(const Office& office, const access::Actor& actor,
                                       const std::string& name) {
    TRY(const definition::Ledger* ledger, ledger_named(office, name));
    TRY_OK(access::require(office.directory, *office.definitions, actor, access::Ability::Record,
                           {.ledger = ledger->id, .unit = actor.unit, .handler = actor.person}));
    exchange::OutSheet out{.name = ledger->title, .columns = {}, .rows = {}};
    exchange::OutColumn unit{.title = std::string(heads::kUnit), .help = "不填就是填表人的单位。"};
    for (const access::Unit& each : office.directory.units) unit.choices.push_back(each.name);
    out.columns.push_back(std::move(unit));
    out.columns.push_back({.title = std::string(heads::kReference),
                           .help = "纸面或旧系统里的编号，不重复；可不填。"});
    for (const definition::Field& field : ledger->fields) {
        if (!fits_a_cell(field.type)) continue;
        std::string help = field.help;
        if (!field.unit.empty())
            help += fmt::format("{}单位：{}。", help.empty() ? "" : "\n", field.unit);
        out.columns.push_back({.title = field.title,
                               .help = std::move(help),
                               .choices = choices_of(field, office.directory),
                               .is_number = is_number(field.type),
                               .is_required = field.required});
    }
    return out;
}

std::vector<exchange::OutSheet> out_sheets(const Export& exported) {
    std::vector<exchange::OutSheet> out;
    for (const ExportedSheet& sheet : exported.sheets) {
        exchange::OutSheet each{.name = sheet.name, .columns = {}, .rows = sheet.rows};
        for (const std::string& head : sheet.heads)
            each.columns.push_back({.title = head,
                                    .help = {},
                                    .choices = {},
                                    .is_number = is_number_head(sheet.ledger, head)});
        out.push_back(std::move(each));
    }
    out.push_back({.name = std::string(kTraceSheet),
                   .columns = {{.title = "项目"}, {.title = "内容"}},
                   .rows = exported.trace});
    return out;
}

Result<std::vector<std::vector<std::string>>> out_rows(const Export& exported) {
    if (exported.sheets.size() > 1) {
        return bad_export(fmt::format("这个数据依据{}本台账，一个 CSV 文件放不下；请导出为 .xlsx。",
                                      exported.sheets.size()),
                          "file");
    }
    std::vector<std::vector<std::string>> out = exported.trace;
    for (const ExportedSheet& sheet : exported.sheets) {
        out.emplace_back();
        out.push_back(sheet.heads);
        out.insert(out.end(), sheet.rows.begin(), sheet.rows.end());
    }
    return out;
}

}  // namespace fazhi::action
