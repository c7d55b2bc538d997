#include "journal/journal.h"

#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include "base/invariant.h"
#include "journal/journal_store.h"
#include "journal/note.h"
#include "journal/own_record.h"
#include "journal/pending_store.h"
#include "journal/stored_record.h"

namespace fazhi::journal {
namespace {

constexpr std::int64_t kFirstSeq = 1;

bool is_ours(std::string_view member) {
    return member == "jurisdiction" || member == "seq" || member == "at" || member == "subject" ||
           member == "sealed";
}

bool has_members_of_ours(const Value& body) {
    for (const auto& [name, value] : body.as_map()) {
        if (is_ours(name)) return true;
    }
    return false;
}

// What `made` makes of each, or its first refusal.
template <class Made>
Result<std::vector<Record>> all_of(const std::vector<StoredRecord>& stored, const Made& made) {
    std::vector<Record> records;
    for (const StoredRecord& each : stored) {
        TRY(Record record, made(each));
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace

void Journal::open(storage::Transaction& transaction, JurisdictionId jurisdiction) const {
    INVARIANT(jurisdiction.value > 0);
    INVARIANT(!find_head(connection_of(transaction), jurisdiction));
    insert_head(transaction, jurisdiction);
}

std::int64_t Journal::next_seq(storage::Transaction& transaction,
                               JurisdictionId jurisdiction) const {
    return current_size(transaction, jurisdiction, algorithm_) + 1;
}

Record Journal::append(storage::Transaction& transaction, JurisdictionId jurisdiction,
                       calendar::Instant at, Entry entry) const {
    INVARIANT(!has_members_of_ours(entry.body));
    INVARIANT(entry.sealed.is_null() || entry.sealed.is_map());
    const auto seq = next_seq(transaction, jurisdiction);
    const bool creates = entry.subject == 0;
    const auto subject = creates ? seq : entry.subject;
    INVARIANT(subject > 0);
    INVARIANT(creates || subject < seq);
    if (creates) vault_.create_key(transaction, jurisdiction, subject);

    Record record{seq, std::move(entry.body), std::move(entry.sealed)};
    const auto at_text = calendar::to_text(at);
    record.body.set("jurisdiction", jurisdiction.value);
    record.body.set("seq", seq);
    record.body.set("at", at_text);
    record.body.set("subject", subject);
    if (!record.sealed.is_null()) {
        const auto key = key_of(transaction, jurisdiction, subject);
        INVARIANT(key.has_value());
        const auto context = sealing_context(jurisdiction, seq);
        record.body.set("sealed", base64(seal(*key, context, canonical(record.sealed))));
    }

    StoredRecord stored{seq, subject, at_text, canonical(record.body), {}, std::nullopt};
    const auto leaf = leaf_hash(algorithm_, stored.body);
    stored.leaf_hash = std::string(leaf.as_bytes());
    hold_record(transaction, jurisdiction, std::move(stored), leaf);
    return record;
}

std::optional<EntryKey> Journal::key_of(storage::Transaction& transaction,
                                        JurisdictionId jurisdiction, std::int64_t subject) const {
    if (auto key = remembered_key(transaction, jurisdiction, subject)) return key;
    write_held_keys(transaction, jurisdiction);
    auto key = vault_.find_key(connection_of(transaction), jurisdiction, subject);
    if (key) remember_key(transaction, jurisdiction, subject, *key);
    return key;
}

Head Journal::head(storage::Connection& connection, JurisdictionId jurisdiction) const {
    const auto stored = find_head(connection, jurisdiction).value_or(StoredHead{});
    const auto frontier = Frontier::from_bytes(algorithm_, stored.size, stored.frontier);
    if (!frontier) {
        throw std::runtime_error("本辖区流水的头部已损坏：请运行 fazhi journal verify 查明");
    }
    return {frontier->size(), frontier->root()};
}

Result<void> Journal::read(storage::Connection& connection, JurisdictionId jurisdiction,
                           std::int64_t from_seq,
                           const std::function<Result<void>(const Record&)>& each) const {
    auto page = records_from(connection, jurisdiction, from_seq);
    while (!page.empty()) {
        for (const auto& stored : page) {
            TRY(const auto record, record_of(algorithm_, vault_, jurisdiction, stored));
            TRY_OK(each(record));
        }
        page = records_from(connection, jurisdiction, page.back().seq + 1);
    }
    return {};
}

std::vector<Record> Journal::read_clear(storage::Connection& connection,
                                        JurisdictionId jurisdiction, std::int64_t from_seq,
                                        std::int64_t most) const {
    std::vector<Record> records;
    for (const auto& stored : leaves_from(connection, jurisdiction, from_seq, most)) {
        auto body = parse_own(stored.body);
        if (body && body->is_map()) records.push_back({stored.seq, *std::move(body), Value()});
    }
    return records;
}

Result<std::vector<Record>> Journal::history(storage::Connection& connection,
                                             JurisdictionId jurisdiction,
                                             std::int64_t subject) const {
    return all_of(records_of_subject(connection, jurisdiction, subject), [&](const auto& stored) {
        return record_of(algorithm_, vault_, jurisdiction, stored);
    });
}

Result<std::vector<Record>> Journal::history_clear(storage::Connection& connection,
                                                   JurisdictionId jurisdiction,
                                                   std::int64_t subject) const {
    return all_of(records_of_subject(connection, jurisdiction, subject),
                  [&](const auto& stored) { return clear_record_of(algorithm_, stored); });
}

std::vector<std::pair<std::int64_t, Digest>> Journal::leaves(
    storage::Connection& connection, JurisdictionId jurisdiction,
    const std::vector<std::int64_t>& seqs) const {
    std::vector<std::pair<std::int64_t, Digest>> leaves;
    for (const auto& [seq, bytes] : leaf_hashes(connection, jurisdiction, seqs)) {
        const auto digest = Digest::from_bytes(bytes);
        if (digest) leaves.emplace_back(seq, *digest);
    }
    return leaves;
}

void Journal::destroy_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
                          std::int64_t subject) const {
    vault_.destroy_key(transaction, jurisdiction, subject);
}

std::string Journal::verifier_key() const {
    return journal::verifier_key(vault_.signer_name(), vault_.public_key());
}

std::string Journal::checkpoint(storage::Transaction& transaction, JurisdictionId jurisdiction,
                                const std::string& origin, calendar::Instant at) const {
    const auto frontier = current_frontier(transaction, jurisdiction, algorithm_);
    const auto standing = find_note(connection_of(transaction), jurisdiction, frontier.size());
    if (standing) return *standing;
    auto note = signed_note(vault_, origin, frontier.size(), frontier.root());
    insert_checkpoint(transaction, jurisdiction, {frontier.size(), calendar::to_text(at), note});
    return note;
}

void Journal::export_lines(storage::Connection& connection, JurisdictionId jurisdiction,
                           const std::function<void(const std::string&)>& line) const {
    auto page = records_from(connection, jurisdiction, kFirstSeq);
    while (!page.empty()) {
        for (const auto& stored : page) {
            line(fmt::format(R"({{"seq":{},"leaf_hash":"{}","body":{}}})", stored.seq,
                             hex(stored.leaf_hash), json_string(stored.body)));
        }
        page = records_from(connection, jurisdiction, page.back().seq + 1);
    }
}

}  // namespace fazhi::journal
