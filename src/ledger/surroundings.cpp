#include "ledger/surroundings.h"

#include <algorithm>
#include <span>

#include "calendar/date.h"
#include "ledger/entry_store.h"

namespace fazhi::ledger {
StoredSurroundings::StoredSurroundings(storage::Connection& connection,
                                       const access::Directory& directory,
                                       const definition::DefinitionSet& definitions,
                                       const calendar::WorkdayTable& workdays)
    : connection_(connection),
      directory_(directory),
      definitions_(definitions),
      workdays_(workdays) {}

Value StoredSurroundings::setting(const std::string& name) {
    return directory_.setting(definitions_, name);
}

bool StoredSurroundings::has_post(PersonId id, const std::string& post) {
    const access::Person* person = directory_.person(id);
    if (person == nullptr) return false;
    return std::any_of(person->posts.begin(), person->posts.end(),
                       [&](const access::Post& held) { return held.post == post; });
}

std::string StoredSurroundings::day_kind(const std::string& date) {
    const auto day = calendar::date_from(date);
    if (!day) return {};
    const auto status = workdays_.why(*day);
    if (!status) return {};
    switch (status->kind) {
        case calendar::DayKind::Workday:
        case calendar::DayKind::MakeUpWorkday:
            return "workday";
        case calendar::DayKind::Weekend:
            return "weekend";
        case calendar::DayKind::Holiday:
            return "holiday";
    }
    return {};
}

std::vector<EntryId> entries_named_by(const definition::Ledger& own, const Entry& from,
                                      const std::string& to) {
    std::vector<EntryId> out;
    const auto visit = [&](const definition::Field& field, const Value& value) {
        if (field.type != definition::FieldType::Entry || !field.from || value.is_null()) return;
        const std::string ledger =
            value.is_map() ? value.text_at("ledger") : field.from->ledgers.front();
        const std::int64_t id = value.is_map() ? value.integer_at("id") : value.as_integer();
        if (ledger == to) out.push_back(EntryId{id});
    };
    const auto is_entry = [](const definition::Field& field) {
        return field.type == definition::FieldType::Entry;
    };
    for (const definition::Field& field : own.fields) {
        const bool in_rows = std::any_of(field.of.begin(), field.of.end(), is_entry);
        if (!is_entry(field) && !in_rows) continue;
        const Value& value = from.fields.at(field.id);
        visit(field, value);
        if (!in_rows || value.is_null()) continue;
        const std::span<const Value> rows =
            value.is_list() ? std::span(value.as_list()) : std::span(&value, 1);
        for (const definition::Field& column : field.of) {
            for (const Value& row : rows) visit(column, row.at(column.id));
        }
    }
    return out;
}

const std::vector<Link>& StoredSurroundings::links_of(const Entry& entry) {
    const auto [place, is_new] = links_.try_emplace({entry.head.ledger, entry.head.id});
    if (is_new)
        place->second =
            read_links(connection_, directory_.jurisdiction.id, entry.head.ledger, entry.head.id);
    return place->second;
}

const std::vector<EntryId>& StoredSurroundings::naming(const definition::Ledger& own, EntryId id,
                                                       const definition::Ledger& other) {
    const auto [place, is_new] = naming_.try_emplace({{own.id, id}, other.id});
    if (is_new)
        place->second = entries_naming(connection_, {directory_.jurisdiction.id, own, id}, other);
    return place->second;
}

const std::optional<Entry>& StoredSurroundings::found(const definition::Ledger& ledger,
                                                      EntryId id) {
    const auto [place, is_new] = found_.try_emplace({ledger.id, id});
    if (is_new) {
        const ColumnOpener closed = [](const std::string&, std::string_view) {
            return std::optional<std::string>();
        };
        place->second =
            read_entry(connection_, {directory_.jurisdiction.id, ledger, id}, false, closed);
    }
    return place->second;
}

std::vector<const Entry*> StoredSurroundings::linked(const Entry& entry,
                                                     const std::string& ledger) {
    const definition::Ledger* own = definitions_.ledger(entry.head.ledger);
    const definition::Ledger* other = definitions_.ledger(ledger);
    if (own == nullptr || other == nullptr) return {};
    std::vector<EntryId> ids = entries_named_by(*own, entry, ledger);
    for (const EntryId id : naming(*own, entry.head.id, *other)) ids.push_back(id);
    for (const Link& link : links_of(entry)) {
        const bool outward = link.from_ledger == own->id && link.from == entry.head.id;
        if ((outward ? link.to_ledger : link.from_ledger) == ledger)
            ids.push_back(outward ? link.to : link.from);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<const Entry*> out;
    for (const EntryId id : ids) {
        const std::optional<Entry>& each = found(*other, id);
        if (each && !each->head.voided) out.push_back(&*each);
    }
    return out;
}

}  // namespace fazhi::ledger
