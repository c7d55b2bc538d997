#include "action/export_sheet.h"

#include <fmt/format.h>

#include "access/permission.h"
#include "ledger/errors.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

namespace fazhi::action {
namespace {

std::string absence_title(ledger::Absence absence) {
    return absence == ledger::Absence::Unknown ? "未知" : "不适用";
}

}  // namespace

Result<ExportedSheet> export_sheet(Workplace&, storage::Connection& connection,
                                   const Office& office, const access::Actor& actor,
                                   const std::string& name) {
    const definition::Ledger* ledger = office.definitions->ledger_named(name);
    if (ledger == nullptr) {
        return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchLedger,
                      fmt::format("本单位没有启用台账“{}”。", name), "ledger");
    }
    TRY_OK(access::require(office.directory, *office.definitions, actor, access::Ability::Export,
                           {.ledger = ledger->id, .unit = actor.unit, .handler = actor.person}));
    ExportedSheet out;
    out.heads = {"编号", "原编号", "单位", "经办人", "状态"};
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
            entry.head.number, entry.head.reference,
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

}  // namespace fazhi::action
