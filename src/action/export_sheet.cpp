#include "action/export_sheet.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/import_sheet.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

namespace fazhi::action {
namespace {

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

}  // namespace

Result<ExportedSheet> export_sheet(Workplace&, storage::Connection& connection,
                                   const Office& office, const access::Actor& actor,
                                   const std::string& name) {
    TRY(const definition::Ledger* ledger, ledger_named(office, name));
    TRY_OK(access::require(office.directory, *office.definitions, actor, access::Ability::Export,
                           {.ledger = ledger->id, .unit = actor.unit, .handler = actor.person}));
    ExportedSheet out;
    out.ledger = ledger;
    for (const std::string_view head : {heads::kSeq, heads::kNumber, heads::kReference,
                                        heads::kUnit, heads::kHandler, heads::kState})
        out.heads.emplace_back(head);
    for (const definition::Field& field : ledger->fields) {
        if (!field.is_private) out.heads.push_back(field.title);
    }
    ledger::StoredLookup names(connection, office.directory, *office.definitions);
    std::vector<ledger::Entry>
        entries;  // Naming other entries asks the same connection, so the scan ends first.
    ledger::scan(
        connection, office.directory.jurisdiction.id, *ledger, {}, {},
        [&](const ledger::Entry& entry) {
            const bool reaches = access::may(
                office.directory, *office.definitions, actor, access::Ability::Export,
                {.ledger = ledger->id, .unit = entry.head.unit, .handler = entry.head.handler});
            if (reaches) entries.push_back(entry);
        });
    for (const ledger::Entry& entry : entries) {
        const definition::State* state = ledger->state(entry.head.state);
        std::vector<std::string> row = {
            std::to_string(entry.head.id.value),
            entry.head.number,
            entry.head.reference,
            entry.head.unit ? names.unit(entry.head.unit.value) : "",
            entry.head.handler ? names.person(entry.head.handler.value) : "",
            state == nullptr ? "" : state->title};
        for (const definition::Field& field : ledger->fields) {
            if (field.is_private) continue;
            const auto absent = entry.absent.find(field.id);
            row.push_back(absent != entry.absent.end()
                              ? absence_title(absent->second)
                              : ledger::display_text(field, entry.fields.at(field.id), names));
        }
        out.rows.push_back(std::move(row));
    }
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

exchange::OutSheet out_sheet(const definition::Ledger& ledger, const ExportedSheet& sheet) {
    exchange::OutSheet out{.name = ledger.title, .columns = {}, .rows = sheet.rows};
    for (const std::string& head : sheet.heads) {
        const auto field =
            std::find_if(ledger.fields.begin(), ledger.fields.end(),
                         [&](const definition::Field& each) { return each.title == head; });
        const bool number = field != ledger.fields.end() && is_number(field->type);
        out.columns.push_back({.title = head, .help = {}, .choices = {}, .is_number = number});
    }
    return out;
}

}  // namespace fazhi::action
