#include "ledger/stored_lookup.h"

#include <charconv>

#include <fmt/format.h>

#include "ledger/entry_store.h"
#include "ledger/entry_title.h"
#include "ledger/register_rows.h"
#include "ledger/surroundings.h"

namespace fazhi::ledger {
namespace {

std::optional<std::int64_t> id_from(const std::string& name) {
    if (name.size() < 2 || name.front() != '#') return std::nullopt;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), id);
    if (error != std::errc() || end != name.data() + name.size() || id <= 0) return std::nullopt;
    return id;
}

std::optional<std::string> closed(const std::string&, std::string_view) {
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> StoredLookup::person(const std::string& name) {
    const auto id = id_from(name);
    const access::Person* found =
        id ? directory_.person(PersonId{*id}) : directory_.person_named(name);
    if (found == nullptr) return std::nullopt;
    return found->id.value;
}

std::optional<std::int64_t> StoredLookup::unit(const std::string& name) {
    const auto id = id_from(name);
    const access::Unit* found = id ? directory_.unit(UnitId{*id}) : directory_.unit_named(name);
    if (found == nullptr) return std::nullopt;
    return found->id.value;
}

std::optional<std::int64_t> StoredLookup::entry(const std::string& ledger,
                                                const std::string& name) {
    const definition::Ledger* definition = definitions_.ledger(ledger);
    if (definition == nullptr) return std::nullopt;
    const auto key = std::make_pair(ledger, name);
    if (const auto known = found_.find(key); known != found_.end()) return known->second;
    std::optional<std::int64_t> out;
    if (const auto id = id_from(name)) {
        const auto read = read_entry(
            connection_, {directory_.jurisdiction.id, *definition, EntryId{*id}}, false, closed);
        if (read && !read->head.voided) out = *id;
    } else {
        const std::vector<EntryId> ids =
            entries_named(connection_, directory_.jurisdiction.id, *definition, name);
        if (ids.size() == 1) out = ids.front().value;
    }
    if (out) found_.emplace(key, out);  // What is not there yet may come with the next command.
    return out;
}

bool StoredLookup::valid_on(const std::string& ledger, std::int64_t entry,
                            const std::string& date) {
    const definition::Ledger* definition = definitions_.ledger(ledger);
    if (definition == nullptr) return false;
    const auto read = read_entry(
        connection_, {directory_.jurisdiction.id, *definition, EntryId{entry}}, false, closed);
    if (!read || read->head.voided) return false;
    if (!definition->is_register) return true;
    const std::string from = read->fields.text_at("valid_from");
    const std::string until = read->fields.text_at("valid_until");
    return (from.empty() || from <= date) && (until.empty() || date <= until);
}

// No condition on what may be chosen asks for the kind of a day: no calendar is needed.
bool StoredLookup::fits(const std::string& ledger, std::int64_t row,
                        const definition::Condition& where) {
    static const calendar::WorkdayTable kNoYears;
    StoredSurroundings surroundings(connection_, directory_, definitions_, kNoYears);
    for (const Entry& each : register_rows(directory_, ledger)) {
        if (each.head.id.value == row) return holds(where, {each, {}}, surroundings);
    }
    const definition::Ledger* definition = definitions_.ledger(ledger);
    if (definition == nullptr) return false;
    const auto read = read_entry(
        connection_, {directory_.jurisdiction.id, *definition, EntryId{row}}, true, closed);
    return read && holds(where, {*read, {}}, surroundings);
}

Value StoredLookup::setting(const std::string& name) {
    return directory_.setting(definitions_, name);
}

std::string StoredLookup::person(std::int64_t id) {
    return directory_.person_name(PersonId{id});
}

std::string StoredLookup::unit(std::int64_t id) {
    const access::Unit* found = directory_.unit(UnitId{id});
    return found == nullptr ? fmt::format("#{}", id) : found->name;
}

std::string StoredLookup::entry(const std::string& ledger, std::int64_t id) {
    const definition::Ledger* definition = definitions_.ledger(ledger);
    if (definition == nullptr) return fmt::format("#{}", id);
    const auto read = read_entry(
        connection_, {directory_.jurisdiction.id, *definition, EntryId{id}}, false, closed);
    return read ? entry_title(*definition, *read, *this) : fmt::format("#{}", id);
}

}  // namespace fazhi::ledger
