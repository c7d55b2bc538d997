#include "definition/definition_store.h"

#include "storage/transaction.h"

namespace fazhi::definition {

std::vector<InstalledPack> installed_packs(storage::Connection& connection) {
    std::vector<InstalledPack> packs;
    connection.query("SELECT name, version, digest FROM installed_pack ORDER BY name", {},
                     [&packs](const storage::Row& row) {
                         packs.push_back({std::string(row.text(0)), std::string(row.text(1)),
                                          std::string(row.text(2))});
                     });
    return packs;
}

std::string content_of_pack(storage::Connection& connection, std::string_view name) {
    std::string content;
    connection.query("SELECT content FROM installed_pack WHERE name = $1", {std::string(name)},
                     [&content](const storage::Row& row) { content = std::string(row.text(0)); });
    return content;
}

void put_pack(storage::Transaction& transaction, const InstalledPack& pack,
              const std::string& content) {
    transaction.connection().execute(
        "INSERT INTO installed_pack (name, version, digest, content) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (name) DO UPDATE SET version = excluded.version, digest = excluded.digest, "
        "content = excluded.content",
        {pack.name, pack.version, pack.digest, content});
}

std::optional<std::string> content_of_set(storage::Connection& connection,
                                          std::string_view digest) {
    std::optional<std::string> content;
    connection.query("SELECT content FROM definition_set WHERE digest = $1", {std::string(digest)},
                     [&content](const storage::Row& row) { content = std::string(row.text(0)); });
    return content;
}

std::vector<std::string> adopted_calendars(storage::Connection& connection) {
    std::vector<std::string> out;
    connection.query("SELECT content FROM calendar_notice ORDER BY version", {},
                     [&out](const storage::Row& row) { out.emplace_back(row.text(0)); });
    return out;
}

std::int64_t calendars_version(storage::Connection& connection) {
    std::int64_t version = 0;
    connection.query("SELECT coalesce(max(version), 0) FROM calendar_notice", {},
                     [&version](const storage::Row& row) { version = row.integer(0); });
    return version;
}

void put_calendar(storage::Transaction& transaction, int year, const std::string& content) {
    transaction.connection().execute(
        "INSERT INTO calendar_notice (version, year, content) "
        "SELECT coalesce(max(version), 0) + 1, $1, $2 FROM calendar_notice",
        {year, content});
}

void put_set(storage::Transaction& transaction, std::string_view digest,
             const std::string& content) {
    transaction.connection().execute(
        "INSERT INTO definition_set (digest, content) VALUES ($1, $2) "
        "ON CONFLICT (digest) DO NOTHING",
        {std::string(digest), content});
}

}  // namespace fazhi::definition
