#include <algorithm>

#include <fmt/format.h>

#include "journal/journal.h"
#include "ledger/clock_store.h"
#include "ledger/entry_rules.h"
#include "ledger/entry_store.h"
#include "ledger/entry_title.h"
#include "ledger/errors.h"
#include "ledger/evidence_files.h"
#include "ledger/ledgers.h"
#include "ledger/stored_lookup.h"
#include "storage/transaction.h"

namespace fazhi::ledger {

namespace {

bool has_private(const Context& context, const std::string& ledger_id) {
    const definition::Ledger* ledger = context.definitions.ledger(ledger_id);
    if (ledger == nullptr) return false;
    return std::any_of(ledger->fields.begin(), ledger->fields.end(),
                       [](const definition::Field& field) {
                           const bool column_private =
                               std::any_of(field.of.begin(), field.of.end(),
                                           [](const auto& column) { return column.is_private; });
                           return field.is_private || column_private;
                       });
}

}  // namespace

std::string column_context(JurisdictionId jurisdiction, EntryId entry, const std::string& column) {
    return fmt::format("{}/{}/{}", jurisdiction.value, entry.value, column);
}

Result<Entry> Ledgers::find(storage::Connection& connection, const Context& context,
                            const std::string& ledger, EntryId entry, Private reveal) const {
    const JurisdictionId jurisdiction = context.directory.jurisdiction.id;
    // The key is looked up before the row is read: a connection answers one query at a time.
    const bool needs_key = reveal == Private::Revealed && has_private(context, ledger);
    const auto key =
        needs_key ? vault_.find_key(connection, jurisdiction, entry.value) : std::nullopt;
    const KeyFinder open = [&](const std::string& column,
                               std::string_view bytes) -> std::optional<std::string> {
        return key ? journal::unseal(*key, column_context(jurisdiction, entry, column), bytes)
                   : std::nullopt;
    };
    return find_with(connection, context, ledger, entry,
                     reveal == Private::Revealed ? &open : nullptr);
}

Result<Entry> Ledgers::find(storage::Transaction& transaction, const Context& context,
                            const std::string& ledger, EntryId entry, Private reveal) const {
    const JurisdictionId jurisdiction = context.directory.jurisdiction.id;
    const bool needs_key = reveal == Private::Revealed && has_private(context, ledger);
    const auto key =
        needs_key ? journal_.key_of(transaction, jurisdiction, entry.value) : std::nullopt;
    const KeyFinder open = [&](const std::string& column,
                               std::string_view bytes) -> std::optional<std::string> {
        return key ? journal::unseal(*key, column_context(jurisdiction, entry, column), bytes)
                   : std::nullopt;
    };
    return find_with(transaction.connection(), context, ledger, entry,
                     reveal == Private::Revealed ? &open : nullptr);
}

Result<Entry> Ledgers::find_with(storage::Connection& connection, const Context& context,
                                 const std::string& ledger_id, EntryId entry,
                                 const KeyFinder* reveal) const {
    const definition::Ledger* ledger = context.definitions.ledger(ledger_id);
    if (ledger == nullptr) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchLedger,
                      fmt::format("本单位没有启用台账“{}”。", ledger_id), "ledger");
    }
    const KeyFinder closed = [](const std::string&,
                                std::string_view) -> std::optional<std::string> {
        return std::nullopt;
    };
    const EntryPlace place{context.directory.jurisdiction.id, *ledger, entry};
    auto found =
        read_entry(connection, place, reveal != nullptr, reveal == nullptr ? closed : *reveal);
    if (found) return *std::move(found);
    return refuse(ErrorKind::NotFound, errors::kNoSuchEntry,
                  fmt::format("“{}”里没有这条记录。", ledger->title), "entry");
}

std::vector<Passage> Ledgers::passages(storage::Connection& connection, JurisdictionId jurisdiction,
                                       const std::string& ledger, EntryId entry) const {
    return read_passages(connection, jurisdiction, ledger, entry);
}

std::vector<ClockRun> Ledgers::runs(storage::Connection& connection, JurisdictionId jurisdiction,
                                    const std::string& ledger, EntryId entry) const {
    return read_runs(connection, jurisdiction, ledger, entry);
}

std::vector<EvidenceUse> Ledgers::evidence(storage::Connection& connection,
                                           JurisdictionId jurisdiction, const std::string& ledger,
                                           EntryId entry) const {
    return read_evidence(connection, jurisdiction, ledger, entry);
}

std::optional<std::string> Ledgers::evidence_bytes(const Digest& digest) const {
    return read_file(evidence_folder_, digest);
}

std::vector<Link> Ledgers::links(storage::Connection& connection, JurisdictionId jurisdiction,
                                 const std::string& ledger, EntryId entry) const {
    return read_links(connection, jurisdiction, ledger, entry);
}

std::optional<EntryId> Ledgers::entry_named(storage::Connection& connection, const Context& context,
                                            const std::string& ledger,
                                            const std::string& name) const {
    StoredLookup lookup(connection, context.directory, context.definitions);
    const auto found = lookup.entry(ledger, name);
    if (!found) return std::nullopt;
    return EntryId{*found};
}

std::string Ledgers::title_of(storage::Connection& connection, const Context& context,
                              const Entry& entry) const {
    const definition::Ledger* ledger = context.definitions.ledger(entry.head.ledger);
    if (ledger == nullptr) return entry.head.number;
    StoredLookup names(connection, context.directory, context.definitions);
    return entry_title(*ledger, entry, names);
}

bool Ledgers::is_destroyed(storage::Connection& connection, const Context& context,
                           EntryId entry) const {
    return !vault_.find_key(connection, context.directory.jurisdiction.id, entry.value);
}

}  // namespace fazhi::ledger
