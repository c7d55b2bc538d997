#include "action/renew_clocks.h"

#include <algorithm>

#include "ledger/scan.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr std::size_t kSlice = 50;  // entries worked out in one transaction

}  // namespace

Result<std::size_t> work_out_clocks(Workplace& workplace, JurisdictionId id,
                                    const std::vector<ClockedEntry>& entries) {
    std::size_t changed = 0;
    for (std::size_t from = 0; from < entries.size(); from += kSlice) {
        const std::size_t to = std::min(entries.size(), from + kSlice);
        std::size_t in_slice = 0;
        TRY_OK(workplace.writer.run(id, [&](storage::Transaction& transaction) -> Result<void> {
            in_slice = 0;
            TRY(const Office office, open_office(workplace, transaction, id));
            ledger::Context context =
                context_of(office, access::system_actor(id), workplace.clock.now());
            for (std::size_t i = from; i < to; ++i) {
                TRY(const bool moved,
                    workplace.clocks.work_out_again(transaction, context, entries[i].ledger,
                                                    entries[i].entry));
                in_slice += moved ? 1 : 0;
            }
            return {};
        }));
        changed += in_slice;
    }
    return changed;
}

Result<std::size_t> renew_clocks(Workplace& workplace, JurisdictionId id) {
    std::vector<ClockedEntry> entries;
    {
        const auto connection = workplace.database.reading();
        TRY(const Office office, open_office(workplace, *connection, id));
        for (const definition::Ledger& ledger : office.definitions->ledgers()) {
            if (ledger.clocks.empty()) continue;
            ledger::scan(*connection, id, ledger, {ledger.dated_by}, {},
                         [&](const ledger::Entry& entry) {
                             entries.push_back({ledger.id, entry.head.id});
                         });
        }
    }
    return work_out_clocks(workplace, id, entries);
}

}  // namespace fazhi::action
