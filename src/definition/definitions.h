// The installed packs and the sets made of them: the front door of this room for whoever has a
// database.
//
// A set is built once (all packs that ship: a tenth of a second) and kept, however it is asked for;
// an install by another process is seen at the next question. Any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "definition/definition_set.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::definition {

using SharedSet = std::shared_ptr<const DefinitionSet>;

class Definitions {
public:
    enum class Installed { New, Updated, AlreadyThere };

    Definitions() = default;
    // Knows one set already, under its digest.
    explicit Definitions(SharedSet known);
    Definitions(const Definitions&) = delete;
    Definitions& operator=(const Definitions&) = delete;

    // Installs the pack, or a later version of it. What the rows of existing ledgers make of the
    // change is the caller's to ask first (pack_diff.h). Refuses kFaultyPack (with the packs it
    // requires and all other installed ones, every problem in `also`), kOlderVersion,
    // kVersionNotRaised.
    Result<Installed> install(storage::Transaction&, const PackSource&) const;
    [[nodiscard]] std::vector<PackSource> installed(storage::Connection&) const;  // by name

    // Of everything installed: what the ledgers' tables are made from. Refuses kFaultyPack.
    Result<SharedSet> union_set(storage::Connection&) const;
    // Of these packs as installed: what a jurisdiction that turned them on works with. Refuses
    // kNoPack, kFaultyPack (also where two of them replace the same form).
    Result<SharedSet> set_for(storage::Connection&, const std::vector<std::string>& packs) const;

    // Keeps the set for ever, under its digest; again: nothing happens.
    void store_set(storage::Transaction&, const DefinitionSet&) const;
    // `digest`: hexadecimal. Refuses kNoSuchSet, kBadContent.
    Result<SharedSet> set_by_digest(storage::Connection&, std::string_view digest) const;

private:
    Result<SharedSet> built(const std::string& key, const std::vector<PackSource>&) const;
    [[nodiscard]] SharedSet kept(const std::string& key) const;
    void keep(const std::string& key, SharedSet) const;

    // Keys: a stored set's digest, or the digests of the packs a set is made of.
    mutable std::mutex mutex_;
    mutable std::map<std::string, SharedSet, std::less<>> sets_;
};

}  // namespace fazhi::definition
