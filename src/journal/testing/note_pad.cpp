#include "journal/testing/note_pad.h"

#include <fmt/format.h>

#include "base/invariant.h"
#include "journal/errors.h"
#include "storage/connection.h"
#include "storage/transaction.h"

namespace fazhi::journal::testing {
namespace {

const calendar::Instant kMorning{std::chrono::seconds(1'714'957'323)};  // 2024-05-06T01:02:03Z

Entry entry_of(const char* action, const std::string& title, const std::string& secret) {
    Entry entry;
    entry.body.set("action", action);
    entry.body.set("title", title);
    if (!secret.empty()) entry.sealed.set("secret", secret);
    return entry;
}

std::string context_of(JurisdictionId jurisdiction, std::int64_t id) {
    return fmt::format("{}/{}/secret", jurisdiction.value, id);
}

}  // namespace

std::int64_t NotePad::write(storage::Transaction& transaction, JurisdictionId jurisdiction,
                            const std::string& title, const std::string& secret) {
    const auto record =
        journal_.append(transaction, jurisdiction, kMorning, entry_of("write", title, secret));
    const auto applied = apply(transaction, jurisdiction, record);
    INVARIANT(applied.has_value());
    return record.seq;
}

Result<void> NotePad::correct(storage::Transaction& transaction, JurisdictionId jurisdiction,
                              std::int64_t id, const std::string& title,
                              const std::string& secret) {
    auto entry = entry_of("correct", title, secret);
    entry.subject = id;
    const auto record = journal_.append(transaction, jurisdiction, kMorning, std::move(entry));
    return apply(transaction, jurisdiction, record);
}

std::vector<ProjectedTable> NotePad::tables() const {
    return {{"note_pad", "jurisdiction_id", {"id"}, {"id", "title", "secret", "revision"}},
            {"note_pad_word", "jurisdiction_id", {"word", "id"}, {"word", "id"}}};
}

bool NotePad::knows(std::string_view action) const {
    return action == "write" || action == "correct";
}

Result<void> NotePad::apply(storage::Transaction& transaction, JurisdictionId jurisdiction,
                            const Record& record) {
    auto& connection = transaction.connection();
    const auto id = record.body.integer_at("subject");
    const auto title = record.body.text_at("title");
    storage::Cell secret;
    const auto key = journal_.key_of(transaction, jurisdiction, id);
    if (key && record.sealed.has("secret")) {
        secret = storage::Blob{
            seal(*key, context_of(jurisdiction, id), record.sealed.text_at("secret"))};
    }
    if (record.body.text_at("action") == "write") {
        connection.execute(
            "INSERT INTO note_pad (jurisdiction_id, id, title, secret, revision) "
            "VALUES ($1, $2, $3, $4, 1)",
            {jurisdiction.value, id, title, secret});
    } else {
        const auto changed = connection.change(
            "UPDATE note_pad SET title = $3, secret = $4, revision = revision + 1 "
            "WHERE jurisdiction_id = $1 AND id = $2",
            {jurisdiction.value, id, title, secret});
        if (changed == 0) {
            return refuse(ErrorKind::RefusedByRule, errors::kImpossibleRecord, "没有这条便笺。");
        }
    }
    connection.execute(
        "INSERT INTO note_pad_word (jurisdiction_id, word, id) VALUES ($1, $2, $3) "
        "ON CONFLICT DO NOTHING",
        {jurisdiction.value, title, id});
    return {};
}

void NotePad::prepare(storage::Connection& connection) {
    connection.run_script(storage::in_dialect(connection.dialect(), R"(
        CREATE TABLE note_pad (
            jurisdiction_id {int} NOT NULL, id {int} NOT NULL, title TEXT NOT NULL, secret {blob},
            revision {int} NOT NULL, PRIMARY KEY (jurisdiction_id, id)) {strict};
        CREATE TABLE note_pad_word (
            jurisdiction_id {int} NOT NULL, word TEXT NOT NULL, id {int} NOT NULL,
            PRIMARY KEY (jurisdiction_id, word, id)) {strict};)"));
}

}  // namespace fazhi::journal::testing
