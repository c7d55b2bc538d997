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

// Rows held back, in order. What a savepoint had written is written again when it is undone, so
// rows stay until no savepoint is open.
template <class Row>
class Held {
public:
    struct Mark {
        std::size_t size = 0;
        std::size_t written = 0;
    };

    void add(Row row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] std::size_t waiting() const { return rows_.size() - written_; }

    // Those not written yet, as `cells` makes them of each.
    template <class Cells>
    std::vector<std::vector<Cell>> take(const Cells& cells) {
        std::vector<std::vector<Cell>> out;
        out.reserve(waiting());
        for (; written_ < rows_.size(); ++written_) out.push_back(cells(rows_[written_]));
        return out;
    }

    [[nodiscard]] Mark mark() const { return {rows_.size(), written_}; }
    void back_to(const Mark& mark) {
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(mark.size), rows_.end());
        written_ = mark.written;
    }
    void forget_written() {
        rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(written_));
        written_ = 0;
    }

private:
    std::vector<Row> rows_;
    std::size_t written_ = 0;
};

// Keys at hand, the newest last. What a savepoint remembered is forgotten when it is undone: the
// subject's number will be another's.
class RememberedKeys {
public:
    [[nodiscard]] std::int64_t mark() const { return dropped_ + size(); }
    void back_to(std::int64_t mark) {
        const std::int64_t keep = std::max<std::int64_t>(0, mark - dropped_);
        if (keep < size()) keys_.resize(static_cast<std::size_t>(keep));
    }
    void add(std::int64_t subject, const EntryKey& key) {
        if (keys_.size() >= kKeysRememberedMax) drop(kKeysRememberedMax / 2);
        keys_.push_back({subject, key});
    }
    [[nodiscard]] std::optional<EntryKey> find(std::int64_t subject) const {
        const auto found =
            std::find_if(keys_.rbegin(), keys_.rend(),
                         [&](const RememberedKey& one) { return one.subject == subject; });
        if (found == keys_.rend()) return std::nullopt;
        return found->key;
    }
    void forget_all() { drop(keys_.size()); }

private:
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(keys_.size()); }
    void drop(std::size_t count) {
        keys_.erase(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(count));
        dropped_ += static_cast<std::int64_t>(count);
    }

    std::vector<RememberedKey> keys_;
    std::int64_t dropped_ = 0;  // from the front, ever
};

// Of one jurisdiction.
struct Pending {
    JurisdictionId jurisdiction;
    HashAlgorithm algorithm = HashAlgorithm::Sm3;  // of the frontier
    std::optional<Frontier> frontier;              // nothing: not asked for yet
    std::int64_t size_stored = 0;
    Held<StoredRecord> records;
    Held<WrappedKey> keys;
    Held<Subtree> subtrees;  // complete and not stored yet
    RememberedKeys remembered;
};

void write_records(storage::Transaction& transaction, Pending& pending) {
    static const std::vector<std::string> kColumns = {
        "jurisdiction_id", "seq", "subject_id", "at", "body", "leaf_hash"};
    const auto rows = pending.records.take([&](const StoredRecord& record) {
        return std::vector<Cell>{
            pending.jurisdiction.value, record.seq, record.subject, record.at, record.body,
            Blob{record.leaf_hash}};
    });
    transaction.connection().insert_rows("journal", kColumns, rows);
}

void write_keys(storage::Transaction& transaction, Pending& pending) {
    static const std::vector<std::string> kColumns = {"jurisdiction_id", "subject_id", "wrapped"};
    const auto rows = pending.keys.take([&](const WrappedKey& key) {
        return std::vector<Cell>{pending.jurisdiction.value, key.subject, Blob{key.bytes}};
    });
    transaction.connection().insert_rows("entry_key", kColumns, rows);
}

void write_subtrees(storage::Transaction& transaction, Pending& pending) {
    static const std::vector<std::string> kColumns = {"jurisdiction_id", "level", "n", "hash"};
    const auto rows = pending.subtrees.take([&](const Subtree& each) {
        return std::vector<Cell>{pending.jurisdiction.value, std::int64_t{each.level}, each.index,
                                 Blob{std::string(each.hash.as_bytes())}};
    });
    transaction.connection().insert_rows("journal_subtree", kColumns, rows);
}

void write_head(storage::Transaction& transaction, const Pending& pending) {
    if (!pending.frontier || pending.frontier->size() == pending.size_stored) return;
    const auto changed = transaction.connection().change(
        "UPDATE journal_head SET size = $2, frontier = $3 WHERE jurisdiction_id = $1",
        {pending.jurisdiction.value, pending.frontier->size(), Blob{pending.frontier->bytes()}});
    INVARIANT(changed == 1);
}

class PendingJournals final : public storage::Companion {
public:
    void mark() override {
        Marks marks;
        for (const Pending& each : journals_) {
            marks.push_back({each.frontier, each.size_stored, each.records.mark(), each.keys.mark(),
                             each.subtrees.mark(), each.remembered.mark()});
        }
        marks_.push_back(std::move(marks));
    }
    void keep_mark() override {
        marks_.pop_back();
        if (!marks_.empty()) return;
        for (Pending& each : journals_) {
            each.records.forget_written();
            each.keys.forget_written();
            each.subtrees.forget_written();
        }
    }
    void back_to_mark() override {
        journals_.erase(journals_.begin() + static_cast<std::ptrdiff_t>(marks_.back().size()),
                        journals_.end());
        for (std::size_t i = 0; i < journals_.size(); ++i) {
            const Mark& mark = marks_.back()[i];
            journals_[i].frontier = mark.frontier;
            journals_[i].size_stored = mark.size_stored;
            journals_[i].records.back_to(mark.records);
            journals_[i].keys.back_to(mark.keys);
            journals_[i].subtrees.back_to(mark.subtrees);
            journals_[i].remembered.back_to(mark.remembered);
        }
        marks_.pop_back();
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
                                    .subtrees = {},
                                    .remembered = {}});
        return journals_.back();
    }

private:
    struct Mark {
        std::optional<Frontier> frontier;
        std::int64_t size_stored = 0;
        Held<StoredRecord>::Mark records;
        Held<WrappedKey>::Mark keys;
        Held<Subtree>::Mark subtrees;
        std::int64_t remembered = 0;
    };
    using Marks = std::vector<Mark>;  // one a journal

    std::vector<Pending> journals_;
    std::vector<Marks> marks_;  // of the open savepoints, the innermost last
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
    if (pending.keys.waiting() >= kHeldMax) write_keys(transaction, pending);
    if (pending.records.waiting() >= kHeldMax) write_records(transaction, pending);
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
        pending.subtrees.add(each);
    pending.frontier->push(leaf);
    pending.records.add(std::move(record));
    write_if_many(transaction, pending);
}

void hold_new_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
                  WrappedKey wrapped, const EntryKey& key) {
    Pending& pending = pending_of(transaction, jurisdiction);
    pending.remembered.add(wrapped.subject, key);
    pending.keys.add(std::move(wrapped));
    write_if_many(transaction, pending);
}

void remember_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
                  std::int64_t subject, const EntryKey& key) {
    pending_of(transaction, jurisdiction).remembered.add(subject, key);
}

std::optional<EntryKey> remembered_key(storage::Transaction& transaction,
                                       JurisdictionId jurisdiction, std::int64_t subject) {
    return pending_of(transaction, jurisdiction).remembered.find(subject);
}

void write_held_keys(storage::Transaction& transaction, JurisdictionId jurisdiction) {
    write_keys(transaction, pending_of(transaction, jurisdiction));
}

void drop_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
              std::int64_t subject) {
    Pending& pending = pending_of(transaction, jurisdiction);
    pending.remembered.forget_all();
    // Held keys are written first, so that one statement deletes it wherever it was.
    write_keys(transaction, pending);
    transaction.connection().execute(
        "DELETE FROM entry_key WHERE jurisdiction_id = $1 AND subject_id = $2",
        {jurisdiction.value, subject});
}

}  // namespace fazhi::journal
