#include "access/desk_store.h"

#include <algorithm>

#include "storage/connection.h"

namespace fazhi::access {

using storage::Blob;
using storage::Row;

std::vector<Draft> DeskStore::drafts(const DeskOwner& owner) {
    std::vector<Draft> out;
    connection_.query(
        "SELECT key, ledger, title, sealed, at FROM draft WHERE jurisdiction_id = $1 AND "
        "person_jurisdiction_id = $2 AND person_id = $3 ORDER BY at DESC, key",
        {owner.where.value, owner.of.value, owner.person.value}, [&](const Row& row) {
            out.push_back({std::string(row.text(0)), std::string(row.text(1)),
                           std::string(row.text(2)), std::string(row.bytes(3)),
                           std::string(row.text(4))});
        });
    return out;
}

void DeskStore::put_draft(const DeskOwner& owner, const Draft& draft) {
    connection_.execute(
        "INSERT INTO draft (jurisdiction_id, person_jurisdiction_id, person_id, key, ledger, "
        "title, sealed, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT "
        "(jurisdiction_id, person_jurisdiction_id, person_id, key) DO UPDATE SET ledger = "
        "excluded.ledger, title = excluded.title, sealed = excluded.sealed, at = excluded.at",
        {owner.where.value, owner.of.value, owner.person.value, draft.key, draft.ledger,
         draft.title, Blob{draft.sealed}, draft.at});
}

void DeskStore::remove_draft(const DeskOwner& owner, const std::string& key) {
    connection_.execute(
        "DELETE FROM draft WHERE jurisdiction_id = $1 AND person_jurisdiction_id = $2 AND "
        "person_id = $3 AND key = $4",
        {owner.where.value, owner.of.value, owner.person.value, key});
}

std::vector<SavedView> DeskStore::views(const DeskOwner& owner) {
    std::vector<SavedView> out;
    connection_.query(
        "SELECT id, ledger, title, query FROM saved_view WHERE jurisdiction_id = $1 AND "
        "person_jurisdiction_id = $2 AND person_id = $3 ORDER BY id",
        {owner.where.value, owner.of.value, owner.person.value}, [&](const Row& row) {
            out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                           std::string(row.text(3))});
        });
    return out;
}

std::int64_t DeskStore::add_view(const DeskOwner& owner, const SavedView& view) {
    std::int64_t id = 1;
    for (const SavedView& other : views(owner)) id = std::max(id, other.id + 1);
    connection_.execute(
        "INSERT INTO saved_view (jurisdiction_id, person_jurisdiction_id, person_id, id, ledger, "
        "title, query) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {owner.where.value, owner.of.value, owner.person.value, id, view.ledger, view.title,
         view.query});
    return id;
}

void DeskStore::remove_view(const DeskOwner& owner, std::int64_t id) {
    connection_.execute(
        "DELETE FROM saved_view WHERE jurisdiction_id = $1 AND person_jurisdiction_id = $2 AND "
        "person_id = $3 AND id = $4",
        {owner.where.value, owner.of.value, owner.person.value, id});
}

std::optional<KeptAnswer> DeskStore::answered(const DeskOwner& owner, const std::string& key) {
    std::optional<KeptAnswer> out;
    connection_.query(
        "SELECT request, answer, at FROM idempotency WHERE jurisdiction_id = $1 AND "
        "person_jurisdiction_id = $2 AND person_id = $3 AND key = $4",
        {owner.where.value, owner.of.value, owner.person.value, key}, [&](const Row& row) {
            out = KeptAnswer{std::string(row.text(0)), std::string(row.text(1)),
                             std::string(row.text(2))};
        });
    return out;
}

void DeskStore::keep_answer(const DeskOwner& owner, const std::string& key,
                            const KeptAnswer& kept) {
    connection_.execute(
        "INSERT INTO idempotency (jurisdiction_id, person_jurisdiction_id, person_id, key, "
        "request, answer, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {owner.where.value, owner.of.value, owner.person.value, key, kept.request, kept.answer,
         kept.at});
}

void DeskStore::forget_answers(JurisdictionId where, const std::string& before) {
    connection_.execute("DELETE FROM idempotency WHERE jurisdiction_id = $1 AND at < $2",
                        {where.value, before});
}

}  // namespace fazhi::access
