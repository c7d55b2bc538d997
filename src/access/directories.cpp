#include "access/directories.h"

#include "access/organisation.h"
#include "access/organisation_store.h"
#include "storage/database.h"
#include "storage/transaction.h"

namespace fazhi::access {

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
