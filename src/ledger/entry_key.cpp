#include "ledger/entry_key.h"

#include <fmt/format.h>

#include "base/invariant.h"
#include "ledger/entry_store.h"
#include "ledger/errors.h"
#include "ledger/stored_lookup.h"

namespace fazhi::ledger {

Result<std::optional<EntryId>> entry_with_key(storage::Connection& connection,
                                              const Context& context,
                                              const definition::Ledger& ledger,
                                              const Value& typed) {
    if (ledger.key.empty()) return std::nullopt;
    Value named = Value::Map{};
    for (const std::string& id : ledger.key) {
        if (typed.has(id)) named.set(id, typed.at(id));
    }
    StoredLookup lookup(connection, context.directory, context.definitions);
    const ParsedFields parsed = parse_fields(ledger, named, Value::Map{}, context.today, lookup);
    for (const std::string& id : ledger.key) {
        if (parsed.fields.at(id).is_null()) return std::nullopt;
    }
    const std::vector<EntryId> found =
        entries_keyed(connection, context.directory.jurisdiction.id, ledger, parsed.fields);
    if (found.empty()) return std::nullopt;
    if (found.size() == 1) return found.front();
    std::string fields;
    for (const std::string& id : ledger.key) {
        const definition::Field* field = ledger.field(id);
        INVARIANT(field != nullptr);
        fields += (fields.empty() ? "“" : "、“") + field->title + "”";
    }
    return refuse(ErrorKind::Conflict, errors::kAmbiguousKey,
                  fmt::format("台账里不止一条记录的{}与这一行相同，不知道该更新哪一条；"
                              "请先作废重复的。",
                              fields),
                  ledger.key.front());
}

Value differing_fields(storage::Connection& connection, const Context& context,
                       const definition::Ledger& ledger, const Entry& entry, const Value& typed) {
    StoredLookup lookup(connection, context.directory, context.definitions);
    const ParsedFields parsed = parse_fields(ledger, typed, entry.fields, context.today, lookup);
    if (!parsed.errors.empty()) return typed;
    Value out = Value::Map{};
    for (const auto& [id, value] : typed.as_map()) {
        const auto absent = parsed.absent.find(id);
        const auto was = entry.absent.find(id);
        const bool same_absence = absent == parsed.absent.end()
                                      ? was == entry.absent.end()
                                      : was != entry.absent.end() && was->second == absent->second;
        if (!same_absence || parsed.fields.at(id) != entry.fields.at(id)) out.set(id, value);
    }
    return out;
}

}  // namespace fazhi::ledger
