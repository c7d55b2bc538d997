#include <fmt/format.h>

#include "journal/journal.h"
#include "journal/journal_store.h"
#include "journal/projection.h"
#include "journal/row_store.h"

namespace fazhi::journal {
namespace {

Result<void> apply_to_all(const std::vector<Projection*>& projections,
                          storage::Transaction& transaction, JurisdictionId jurisdiction,
                          const Record& record) {
    const auto action = record.body.text_at("action");
    for (auto* projection : projections) {
        if (!projection->knows(action)) continue;
        auto applied = projection->apply(transaction, jurisdiction, record);
        if (applied) continue;
        auto error = std::move(applied).error();
        error.message = fmt::format("第{}条流水不能重放：{}", record.seq, error.message);
        return refuse(std::move(error));
    }
    return {};
}

}  // namespace

Result<std::int64_t> replay(const Journal& journal, storage::Transaction& transaction,
                            JurisdictionId jurisdiction,
                            const std::vector<Projection*>& projections, const Progress& progress) {
    constexpr std::int64_t kRecordsPerReport = 500;
    auto& connection = connection_of(transaction);
    const auto of = journal.head(connection, jurisdiction).size;
    std::vector<ProjectedTable> tables;
    for (const auto* projection : projections) {
        for (auto& table : projection->tables()) tables.push_back(std::move(table));
    }
    empty_tables(transaction, jurisdiction, tables);

    std::int64_t done = 0;
    TRY_OK(journal.read(connection, jurisdiction, 1, [&](const Record& record) -> Result<void> {
        TRY_OK(apply_to_all(projections, transaction, jurisdiction, record));
        ++done;
        if (progress && (done % kRecordsPerReport == 0 || done == of)) progress(done, of);
        return {};
    }));
    return done;
}

}  // namespace fazhi::journal
