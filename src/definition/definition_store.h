// The tables installed_pack and definition_set (storage/migrations/0002_definition.sql): the only
// SQL of this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::definition {

// A row of installed_pack, without its content.
struct InstalledPack {
    std::string name;
    std::string version;
    std::string digest;
};

std::vector<InstalledPack> installed_packs(storage::Connection&);  // by name
// "" where it is not installed.
std::string content_of_pack(storage::Connection&, std::string_view name);
// Adds the row or replaces it.
void put_pack(storage::Transaction&, const InstalledPack&, const std::string& content);

std::optional<std::string> content_of_set(storage::Connection&, std::string_view digest);
// Notices of rest days adopted since the packs were made, as text, the earlier first.
std::vector<std::string> adopted_calendars(storage::Connection&);
// Rises with each of them; 0: none.
std::int64_t calendars_version(storage::Connection&);
void put_calendar(storage::Transaction&, int year, const std::string& content);

void put_set(storage::Transaction&, std::string_view digest, const std::string& content);

}  // namespace fazhi::definition
