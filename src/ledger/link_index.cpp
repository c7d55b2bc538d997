#include "ledger/link_index.h"

#include <algorithm>

#include "ledger/scan.h"

namespace fazhi::ledger {
namespace {

// The fields through which entries of a ledger name entries of another.
std::vector<std::string> fields_naming(const definition::Ledger& ledger, const std::string& other) {
    const auto names = [&](const definition::Field& field) {
        if (field.type != definition::FieldType::Entry || !field.from) return false;
        const auto& sources = field.from->ledgers;
        return std::find(sources.begin(), sources.end(), other) != sources.end();
    };
    std::vector<std::string> out;
    for (const definition::Field& field : ledger.fields) {
        if (names(field) || std::any_of(field.of.begin(), field.of.end(), names))
            out.push_back(field.id);
    }
    return out;
}

}  // namespace

IndexedSurroundings::LinkIndex& IndexedSurroundings::index_of(const std::string& ledger,
                                                              const std::string& other) {
    const auto [place, is_new] = indexes_.try_emplace({ledger, other});
    LinkIndex& index = place->second;
    if (!is_new) return index;
    const definition::Ledger* own = definitions_.ledger(ledger);
    const definition::Ledger* target = definitions_.ledger(other);
    if (own == nullptr || target == nullptr) return index;
    const JurisdictionId jurisdiction = directory_.jurisdiction.id;
    std::vector<EntryId> others;
    const auto add = [&](EntryId from, EntryId to) {
        index.linked.emplace(from, to);
        others.push_back(to);
    };
    const std::vector<std::string> back = fields_naming(*target, ledger);
    if (!back.empty()) {
        scan(connection_, jurisdiction, *target, back, {}, [&](const Entry& entry) {
            for (const EntryId named : entries_named_by(*target, entry, ledger))
                add(named, entry.head.id);
        });
    }
    const std::vector<std::string> forth = fields_naming(*own, other);
    if (!forth.empty()) {
        scan(connection_, jurisdiction, *own, forth, {}, [&](const Entry& entry) {
            for (const EntryId named : entries_named_by(*own, entry, other))
                add(entry.head.id, named);
        });
    }
    scan_links(connection_, jurisdiction, ledger,
               [&](EntryId from, const std::string& to_ledger, EntryId to) {
                   if (to_ledger == other) add(from, to);
               });
    // Void entries are not among them.
    scan(connection_, jurisdiction, *target, {}, {.only = &others},
         [&](const Entry& entry) { index.others.emplace(entry.head.id, entry); });
    return index;
}

std::vector<const Entry*> IndexedSurroundings::linked(const Entry& entry,
                                                      const std::string& ledger) {
    const LinkIndex& index = index_of(entry.head.ledger, ledger);
    std::vector<EntryId> ids;
    const auto [first, last] = index.linked.equal_range(entry.head.id);
    for (auto it = first; it != last; ++it) ids.push_back(it->second);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<const Entry*> out;
    for (const EntryId id : ids) {
        const auto found = index.others.find(id);  // Void entries are not among them.
        if (found != index.others.end()) out.push_back(&found->second);
    }
    return out;
}

}  // namespace fazhi::ledger
