#include "journal/subtree_store.h"

#include <stdexcept>

#include <fmt/format.h>

#include "journal/merkle.h"
#include "storage/connection.h"

namespace fazhi::journal {
namespace {

constexpr std::int64_t kTileHashes = std::int64_t{1} << kTileLevels;

Digest digest_in(const storage::Row& row, int column) {
    const auto digest = Digest::from_bytes(row.bytes(column));
    if (digest) return *digest;
    throw std::runtime_error("流水的摘要已损坏：请运行 fazhi journal verify 查明");
}

}  // namespace

const StoredSubtrees::Tile& StoredSubtrees::tile(int band, std::int64_t number) {
    const auto [place, is_new] = tiles_.try_emplace({band, number});
    Tile& out = place->second;
    if (!is_new) return out;
    out.resize(kTileHashes);
    const std::int64_t first = number * kTileHashes;
    const auto put = [&](std::int64_t at, const Digest& hash) {
        out[static_cast<std::size_t>(at - first)] = hash;
    };
    if (band == 0) {
        connection_.query(
            "SELECT seq, leaf_hash FROM journal WHERE jurisdiction_id = $1 AND seq > $2 AND "
            "seq <= $3",
            {jurisdiction_.value, first, first + kTileHashes},
            [&](const storage::Row& row) { put(row.integer(0) - 1, digest_in(row, 1)); });
    } else {
        connection_.query(
            "SELECT n, hash FROM journal_subtree WHERE jurisdiction_id = $1 AND level = $2 AND "
            "n >= $3 AND n < $4",
            {jurisdiction_.value, std::int64_t{band} * kTileLevels, first, first + kTileHashes},
            [&](const storage::Row& row) { put(row.integer(0), digest_in(row, 1)); });
    }
    return out;
}

Digest StoredSubtrees::hash_at(int band, std::int64_t place) {
    const Tile& of = tile(band, place / kTileHashes);
    const std::optional<Digest>& found = of[static_cast<std::size_t>(place % kTileHashes)];
    if (found) return *found;
    if (band == 0) {
        throw std::runtime_error(
            fmt::format("缺少第{}条流水：请运行 fazhi journal verify 查明", place + 1));
    }
    std::vector<Digest> below;
    for (std::int64_t n = place * kTileHashes; n < (place + 1) * kTileHashes; ++n)
        below.push_back(hash_at(band - 1, n));
    return root_of(algorithm_, below);
}

Digest StoredSubtrees::operator()(int level, std::int64_t index) {
    const int band = level / kTileLevels;
    const int above = level % kTileLevels;
    const std::int64_t first = index << above;
    std::vector<Digest> hashes;
    for (std::int64_t place = first; place < first + (std::int64_t{1} << above); ++place)
        hashes.push_back(hash_at(band, place));
    return root_of(algorithm_, hashes);
}

std::vector<Subtree> stored_subtrees(storage::Connection& connection, JurisdictionId jurisdiction) {
    std::vector<Subtree> out;
    connection.query(
        "SELECT level, n, hash FROM journal_subtree WHERE jurisdiction_id = $1 ORDER BY level, n",
        {jurisdiction.value}, [&](const storage::Row& row) {
            out.push_back({static_cast<int>(row.integer(0)), row.integer(1),
                           Digest::from_bytes(row.bytes(2)).value_or(Digest{})});
        });
    return out;
}

}  // namespace fazhi::journal
