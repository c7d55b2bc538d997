#include "access/directories.h"

#include "access/organisation.h"
#include "access/organisation_store.h"
#include "storage/database.h"
#include "storage/transaction.h"

namespace fazhi::access {
namespace {

// What a transaction has seen.
class Seen final : public storage::Companion {
public:
    using Directories = std::map<JurisdictionId, SharedDirectory>;

    static Directories& of(storage::Transaction& transaction) {
        static const char kKey = 0;
        return dynamic_cast<Seen&>(
                   transaction.companion(&kKey, [] { return std::make_unique<Seen>(); }))
            .directories_;
    }

    void mark() override {}
    void keep_mark() override {}
    void back_to_mark() override { directories_.clear(); }
    void flush(storage::Transaction& /*transaction*/) override {}

private:
    Directories directories_;
};

}  // namespace

SharedDirectory Directories::known(JurisdictionId id, std::int64_t revision) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(id);
    const bool is_same = found != kept_.end() && found->second->jurisdiction.revision == revision;
    return is_same ? found->second : nullptr;
}

SharedDirectory Directories::keep(Directory directory) {
    auto shared = std::make_shared<const Directory>(std::move(directory));
    const std::lock_guard lock(mutex_);
    kept_.insert_or_assign(shared->jurisdiction.id, shared);
    return shared;
}

Result<SharedDirectory> Directories::find(storage::Connection& reading, JurisdictionId id) {
    if (auto directory = known(id, OrganisationStore(reading).revision(id))) return directory;
    TRY(Directory directory, Organisation::directory(reading, id));
    return keep(std::move(directory));
}

Result<SharedDirectory> Directories::find(storage::Transaction& transaction, JurisdictionId id) {
    const Seen::Directories& seen = Seen::of(transaction);
    const auto found = seen.find(id);
    if (found != seen.end()) return found->second;
    TRY(SharedDirectory directory, read(transaction, id));
    Seen::of(transaction).emplace(id, directory);
    return directory;
}

void Directories::forget(storage::Transaction& transaction) {
    Seen::of(transaction).clear();
}

Result<SharedDirectory> Directories::read(storage::Transaction& transaction, JurisdictionId id) {
    const std::int64_t revision = OrganisationStore(transaction).revision(id);
    if (auto directory = known(id, revision)) return directory;
    {
        const auto committed = database_.reading();
        if (revision != 0 && OrganisationStore(*committed).revision(id) == revision)
            return find(*committed, id);
    }
    // Changed in this very transaction, which may yet be undone.
    TRY(Directory directory, Organisation::directory(transaction.connection(), id));
    return std::make_shared<const Directory>(std::move(directory));
}

}  // namespace fazhi::access
