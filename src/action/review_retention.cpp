#include "action/review_retention.h"

#include <vector>

#include "action/destroy_entry.h"
#include "action/reviews.h"
#include "definition/definition_set.h"
#include "ledger/scan.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

struct RunOut {
    ledger::EntryHead head;
    std::string file_digest;
};

// Those that have run out; one that was ended and not destroyed before an interruption is among
// them.
Result<std::vector<RunOut>> run_out(Workplace& workplace, JurisdictionId jurisdiction,
                                    calendar::Instant now) {
    const auto reading = workplace.database.reading();
    TRY(const Office office, open_office(workplace, *reading, jurisdiction));
    const ledger::Context context = context_of(office, access::system_actor(jurisdiction), now);
    std::vector<RunOut> out;
    const definition::Ledger* ledger = office.definitions->ledger(kReviewedReports);
    if (ledger == nullptr) return out;
    const std::string today = calendar::to_text(context.today);
    ledger::scan(*reading, jurisdiction, *ledger, {"file_digest", "retain_until"},
                 {.voided_too = true}, [&](const ledger::Entry& entry) {
                     const std::string until = entry.fields.text_at("retain_until");
                     if (!until.empty() && until < today)
                         out.push_back({entry.head, entry.fields.text_at("file_digest")});
                 });
    std::erase_if(out, [&](const RunOut& each) {
        return workplace.ledgers.is_destroyed(*reading, context, each.head.id);
    });
    return out;
}

Result<void> end_review(Workplace& workplace, JurisdictionId jurisdiction, EntryId entry,
                        calendar::Instant now) {
    return workplace.writer.run(
        jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office office, open_office(workplace, transaction, jurisdiction));
            ledger::Context context = context_of(office, access::system_actor(jurisdiction), now);
            TRY_OK(workplace.ledgers.move(transaction, context, kReviewedReports, entry,
                                          {.transition = "expire",
                                           .to = "expired",
                                           .happened_on = calendar::to_text(context.today),
                                           .change = {},
                                           .unit = {},
                                           .handler = {},
                                           .second_person = {}}));
            return {};
        });
}

}  // namespace

Result<int> destroy_expired_reviews(Workplace& workplace, JurisdictionId jurisdiction,
                                    calendar::Instant now) {
    TRY(const std::vector<RunOut> all, run_out(workplace, jurisdiction, now));
    for (const auto& [head, file_digest] : all) {
        if (head.state == "reviewing" && !head.voided) {
            TRY_OK(end_review(workplace, jurisdiction, head.id, now));
        }
        TRY_OK(destroy_expired(workplace, jurisdiction, kReviewedReports, head.id));
        workplace.reviewing.forget(file_digest);
    }
    return static_cast<int>(all.size());
}

}  // namespace fazhi::action
