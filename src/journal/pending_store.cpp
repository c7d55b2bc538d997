#include "journal/pending_store.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "base/invariant.h"
#include "journal/tree_proof.h"
#include "storage/connection.h"
#include "storage/transaction.h"

namespace fazhi::journal {
namespace {

using storage::Blob;
using storage::Cell;
using storage::Dialect;

struct RememberedKey {
    std::int64_t subject = 0;
    EntryKey key;
};

// Of one jurisdiction.
struct Pending {
    JurisdictionId jurisdiction;
    HashAlgorithm algorithm = HashAlgorithm::Sm3;  // of the frontier
    std::optional<Frontier> frontier;              // nothing: not asked for yet
    std::int64_t size_stored = 0;
    std::vector<StoredRecord> records;
    std::vector<WrappedKey> keys;
    std::vector<RememberedKey> remembered;
    std::vector<Subtree> subtrees;  // complete and not stored yet
};

void write_records(storage::Transaction& transaction, Pending& pending) {
    static const std::vector<std::string> kColumns = {
        "jurisdiction_id", "seq", "subject_id", "at", "body", "leaf_hash"};
    std::vector<std::vector<Cell>> rows;
    rows.reserve(pending.records.size());
    for (auto& record : pending.records) {
        rows.push_back({pending.jurisdiction.value, record.seq, record.subject,
                        std::move(record.at), std::move(record.body),
                        Blob{std::move(record.leaf_hash)}});
    }
    transaction.connection().insert_rows("journal", kColumns, rows);
    pending.records.clear();
}

void write_keys(storage::Transaction& transaction, Pending& pending) {
    static const std::vector<std::string> kColumns = {"jurisdiction_id", "subject_id", "wrapped"};
    std::vector<std::vector<Cell>> rows;
    rows.reserve(pending.keys.size());
    for (auto& key : pending.keys) {
        rows.push_back({pending.jurisdiction.value, key.subject, Blob{std::move(key.bytes)}});
    }
    if (rows.empty()) return;
    transaction.connection().insert_rows("entry_key", kColumns, rows);
    pending.keys.clear();
}

void write_subtrees(storage::Transaction& transaction, Pending& pending) {
    static const std::vector<std::string> kColumns = {"jurisdiction_id", "level", "n", "hash"};
    if (pending.subtrees.empty()) return;
    std::vector<std::vector<Cell>> rows;
    for (const Subtree& each : pending.subtrees) {
        rows.push_back({pending.jurisdiction.value, std::int64_t{each.level}, each.index,
                        Blob{std::string(each.hash.as_bytes())}});
    }
    transaction.connection().insert_rows("journal_subtree", kColumns, rows);
    pending.subtrees.clear();
}

void write_head(storage::Transaction& transaction, const Pending& pending) {
    if (!pending.frontier || pending.frontier->size() == pending.size_stored) return;
    const auto changed = transaction.connection().execute(
        "UPDATE journal_head SET size = $2, frontier = $3 WHERE jurisdiction_id = $1",
        {pending.jurisdiction.value, pending.frontier->size(), Blob{pending.frontier->bytes()}});
    INVARIANT(changed == 1);
}

class PendingJournals final : public storage::Companion {
public:
    [[nodiscard]] std::unique_ptr<Companion> copy() const override {
        return std::make_unique<PendingJournals>(*this);
    }
    void flush(storage::Transaction& transaction) override {
        for (auto& pending : journals_) {
            write_keys(transaction, pending);
            write_records(transaction, pending);
            write_subtrees(transaction, pending);
            write_head(transaction, pending);
            if (pending.frontier) pending.size_stored = pending.frontier->size();
        }
    }

    // A group's commands come from few jurisdictions, mostly one.
    Pending& of(JurisdictionId jurisdiction) {
        for (auto& pending : journals_) {
            if (pending.jurisdiction == jurisdiction) return pending;
        }
        journals_.push_back(Pending{.jurisdiction = jurisdiction,
                                    .algorithm = HashAlgorithm::Sm3,
                                    .frontier = std::nullopt,
                                    .size_stored = 0,
                                    .records = {},
                                    .keys = {},
                                    .remembered = {},
                                    .subtrees = {}});
        return journals_.back();
    }

private:
    std::vector<Pending> journals_;
};

Pending& pending_of(storage::Transaction& transaction, JurisdictionId jurisdiction) {
    static const char kOurs = 0;
    auto& companion =
        transaction.companion(&kOurs, [] { return std::make_unique<PendingJournals>(); });
    return static_cast<PendingJournals&>(companion).of(jurisdiction);
}

// On PostgreSQL nobody else may append until we commit; on SQLite the transaction already has the
// database.
std::string_view head_sql(Dialect dialect) {
    switch (dialect) {
        case Dialect::Sqlite:
            return "SELECT size, frontier FROM journal_head WHERE jurisdiction_id = $1";
        case Dialect::Postgresql:
            return "SELECT size, frontier FROM journal_head WHERE jurisdiction_id = $1 FOR UPDATE";
    }
    return {};
}

Pending& with_head(storage::Transaction& transaction, JurisdictionId jurisdiction,
                   HashAlgorithm algorithm) {
    Pending& pending = pending_of(transaction, jurisdiction);
    if (pending.frontier) return pending;
    pending.algorithm = algorithm;
    auto& connection = transaction.connection();
    bool is_open = false;
    connection.query(
        head_sql(connection.dialect()), {jurisdiction.value}, [&](const storage::Row& row) {
            is_open = true;
            pending.size_stored = row.integer(0);
            pending.frontier = Frontier::from_bytes(algorithm, pending.size_stored, row.bytes(1));
        });
    INVARIANT(is_open);
    if (!pending.frontier) {
        throw std::runtime_error(
            "本辖区流水的头部已损坏，不能继续写入：请运行 fazhi journal verify 查明");
    }
    return pending;
}

void write_if_many(storage::Transaction& transaction, Pending& pending) {
    // Undoing a savepoint deletes these rows and puts back the copy that still holds the earlier
    // ones.
    if (pending.keys.size() >= kHeldMax) write_keys(transaction, pending);
    if (pending.records.size() >= kHeldMax) write_records(transaction, pending);
}

auto place_of(std::vector<RememberedKey>& keys, std::int64_t subject) {
    return std::find_if(keys.begin(), keys.end(),
                        [&](const RememberedKey& one) { return one.subject == subject; });
}

void remember(Pending& pending, std::int64_t subject, const EntryKey& key) {
    auto& keys = pending.remembered;
    if (keys.size() >= kKeysRememberedMax) {
        keys.erase(keys.begin(),
                   keys.begin() + static_cast<std::ptrdiff_t>(kKeysRememberedMax / 2));
    }
    keys.push_back({subject, key});
}

}  // namespace

Frontier current_frontier(storage::Transaction& transaction, JurisdictionId jurisdiction,
                          HashAlgorithm algorithm) {
    return *with_head(transaction, jurisdiction, algorithm).frontier;
}

std::int64_t current_size(storage::Transaction& transaction, JurisdictionId jurisdiction,
                          HashAlgorithm algorithm) {
    return with_head(transaction, jurisdiction, algorithm).frontier->size();
}

void hold_record(storage::Transaction& transaction, JurisdictionId jurisdiction,
                 StoredRecord record, const Digest& leaf) {
    Pending& pending = pending_of(transaction, jurisdiction);
    INVARIANT(pending.frontier.has_value());
    INVARIANT(record.seq == pending.frontier->size() + 1);
    for (const Subtree& each : completed_by(pending.algorithm, *pending.frontier, leaf))
        pending.subtrees.push_back(each);
    pending.frontier->push(leaf);
    pending.records.push_back(std::move(record));
    write_if_many(transaction, pending);
}

void hold_new_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
                  WrappedKey wrapped, const EntryKey& key) {
    Pending& pending = pending_of(transaction, jurisdiction);
    remember(pending, wrapped.subject, key);
    pending.keys.push_back(std::move(wrapped));
    write_if_many(transaction, pending);
}

void remember_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
                  std::int64_t subject, const EntryKey& key) {
    remember(pending_of(transaction, jurisdiction), subject, key);
}

std::optional<EntryKey> remembered_key(storage::Transaction& transaction,
                                       JurisdictionId jurisdiction, std::int64_t subject) {
    Pending& pending = pending_of(transaction, jurisdiction);
    const auto place = place_of(pending.remembered, subject);
    if (place == pending.remembered.end()) return std::nullopt;
    return place->key;
}

void write_held_keys(storage::Transaction& transaction, JurisdictionId jurisdiction) {
    write_keys(transaction, pending_of(transaction, jurisdiction));
}

void drop_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
              std::int64_t subject) {
    Pending& pending = pending_of(transaction, jurisdiction);
    const auto place = place_of(pending.remembered, subject);
    if (place != pending.remembered.end()) pending.remembered.erase(place);
    // Held keys are written first, so that one statement deletes it wherever it was.
    write_keys(transaction, pending);
    transaction.connection().execute(
        "DELETE FROM entry_key WHERE jurisdiction_id = $1 AND subject_id = $2",
        {jurisdiction.value, subject});
}

}  // namespace fazhi::journal
