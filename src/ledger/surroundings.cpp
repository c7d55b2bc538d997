#include "ledger/surroundings.h"

#include <algorithm>

#include "calendar/date.h"
#include "ledger/scan.h"

namespace fazhi::ledger {
namespace {

// Links per entry are looked up in one pass over both ledgers: what each conditions' run over many
// entries needs.
void add_field_links(const definition::Ledger& from, const std::string& to, const Entry& entry,
                     const std::function<void(EntryId holder, EntryId named)>& add) {
    const auto visit = [&](const definition::Field& field, const Value& value) {
        if (field.type != definition::FieldType::Entry || !field.from || value.is_null()) return;
        const std::string ledger =
            value.is_map() ? value.text_at("ledger") : field.from->ledgers.front();
        const std::int64_t id = value.is_map() ? value.integer_at("id") : value.as_integer();
        if (ledger == to) add(entry.head.id, EntryId{id});
    };
    for (const definition::Field& field : from.fields) {
        const Value& value = entry.fields.at(field.id);
        visit(field, value);
        if (field.of.empty() || value.is_null()) continue;
        const Value::List rows = value.is_list() ? value.as_list() : Value::List{value};
        for (const definition::Field& column : field.of) {
            for (const Value& row : rows) visit(column, row.at(column.id));
        }
    }
}

}  // namespace

struct StoredSurroundings::LinkIndex {
    std::map<EntryId, Entry> others;         // of the other ledger
    std::multimap<EntryId, EntryId> linked;  // this → other
};

StoredSurroundings::StoredSurroundings(storage::Connection& connection,
                                       const access::Directory& directory,
                                       const definition::DefinitionSet& definitions,
                                       const calendar::WorkdayTable& workdays)
    : connection_(connection),
      directory_(directory),
      definitions_(definitions),
      workdays_(workdays) {}

StoredSurroundings::~StoredSurroundings() = default;

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

StoredSurroundings::LinkIndex& StoredSurroundings::index_of(const std::string& ledger,
                                                            const std::string& other) {
    std::unique_ptr<LinkIndex>& index = indexes_[{ledger, other}];
    if (index) return *index;
    index = std::make_unique<LinkIndex>();
    const definition::Ledger* own = definitions_.ledger(ledger);
    const definition::Ledger* target = definitions_.ledger(other);
    if (own == nullptr || target == nullptr) return *index;
    const JurisdictionId jurisdiction = directory_.jurisdiction.id;
    const auto add = [&](EntryId from, EntryId to) { index->linked.emplace(from, to); };
    scan(connection_, jurisdiction, *target, {}, {}, [&](const Entry& entry) {
        add_field_links(*target, ledger, entry,
                        [&](EntryId holder, EntryId named) { add(named, holder); });
        index->others.emplace(entry.head.id, entry);
    });
    scan(connection_, jurisdiction, *own, {}, {},
         [&](const Entry& entry) { add_field_links(*own, other, entry, add); });
    scan_links(connection_, jurisdiction, ledger,
               [&](EntryId from, const std::string& to_ledger, EntryId to) {
                   if (to_ledger == other) add(from, to);
               });
    return *index;
}

std::vector<Entry> StoredSurroundings::linked(const Entry& entry, const std::string& ledger) {
    const LinkIndex& index = index_of(entry.head.ledger, ledger);
    std::vector<EntryId> ids;
    const auto [first, last] = index.linked.equal_range(entry.head.id);
    for (auto it = first; it != last; ++it) ids.push_back(it->second);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Entry> out;
    for (const EntryId id : ids) {
        const auto found = index.others.find(id);  // Void entries are not among them.
        if (found != index.others.end()) out.push_back(found->second);
    }
    return out;
}

}  // namespace fazhi::ledger
