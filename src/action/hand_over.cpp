#include "action/hand_over.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/account_office.h"
#include "ledger/scan.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr std::string_view kTasks = "task";  // the built-in ledger

struct InHand {
    std::string ledger;
    EntryId entry;
    UnitId unit;
};

bool is_open(const definition::Ledger& ledger, const ledger::EntryHead& head) {
    const definition::State* state = ledger.state(head.state);
    return !head.voided && state != nullptr && !state->is_final;
}

std::vector<InHand> in_hand_of(storage::Connection& connection, const Office& office,
                               PersonId person) {
    std::vector<InHand> out;
    for (const definition::Ledger& ledger : office.definitions->ledgers()) {
        if (ledger.states.empty()) continue;
        ledger::scan(connection, office.directory.jurisdiction.id, ledger, {ledger.dated_by},
                     {.counting = true}, [&](const ledger::Entry& entry) {
                         if (entry.head.handler == person && is_open(ledger, entry.head)) {
                             out.push_back({ledger.id, entry.head.id, entry.head.unit});
                         }
                     });
    }
    return out;
}

class HandingOver {
public:
    HandingOver(Workplace& workplace, const HandOverOrder& order)
        : workplace_(workplace), order_(order) {}

    Result<HandedOver> run() {
        std::vector<InHand> waiting;
        {
            const auto connection = workplace_.database.reading();
            TRY(const Office office, open_office(workplace_, *connection, order_.office));
            TRY(const AccountOffice accounts,
                account_office(workplace_, *connection, order_.office));
            TRY_OK(find_persons(office, accounts));
            waiting = in_hand_of(*connection, office, from_);
        }
        for (std::size_t n = 0; n < waiting.size(); n += kHandOverSlice) {
            const auto begin = waiting.begin() + static_cast<std::ptrdiff_t>(n);
            const auto end = waiting.begin() + static_cast<std::ptrdiff_t>(
                                                   std::min(n + kHandOverSlice, waiting.size()));
            TRY_OK(assign_slice({begin, end}));
        }
        TRY_OK(finish());
        return out_;
    }

private:
    static Refusal bad(std::string message, const char* where) {
        return refuse(ErrorKind::InvalidInput, errors::kBadHandOver, std::move(message), where);
    }

    Result<void> find_persons(const Office& office, const AccountOffice& accounts) {
        TRY_OK(require_person_here(order_.by));
        keeper_ = keeps(accounts, order_.by, kKeepsAccounts);
        if (!keeper_ && order_.after == After::Leaves) {
            TRY_OK(require_keeper(accounts, order_.by, kKeepsAccounts));
        }
        TRY(const access::Person* from, person_of(office.directory, order_.from, "from"));
        TRY(const access::Person* to, person_of(office.directory, order_.to, "to"));
        if (from == to) return bad("不能交接给本人，请另选一人。", "to");
        if (to->posts.empty()) {
            return bad(fmt::format("{}没有岗位，接手以后办不了，请另选一人。", to->name), "to");
        }
        const bool own = order_.by.person == from->id && order_.by.jurisdiction == order_.office;
        if (own && order_.after == After::Leaves) {
            return bad("不能给本人办理离任，请由同岗位的另一人办理。", "from");
        }
        from_ = from->id;
        to_ = to->id;
        return {};
    }

    // Leaves out what was handed over, ended or voided meanwhile.
    Result<void> assign(storage::Transaction& transaction, ledger::Context& context,
                        const InHand& one, HandedOver& count) {
        TRY(const ledger::Entry entry,
            workplace_.ledgers.find(transaction, context, one.ledger, one.entry,
                                    ledger::Ledgers::Private::Masked));
        const definition::Ledger& ledger = *context.definitions.ledger(one.ledger);
        if (entry.head.handler != from_ || !is_open(ledger, entry.head)) return {};
        if (!keeper_) {
            TRY_OK(access::require(
                context.directory, context.definitions, order_.by, access::Ability::Assign,
                {.ledger = one.ledger, .unit = entry.head.unit, .handler = entry.head.handler}));
        }
        const auto assigned = workplace_.ledgers.assign(transaction, context, one.ledger, one.entry,
                                                        {to_, order_.note});
        if (!assigned) return refuse(assigned.error());
        ++count.entries;
        if (one.ledger == kTasks) ++count.tasks;
        return {};
    }

    Result<void> assign_slice(const std::vector<InHand>& slice) {
        HandedOver count;
        TRY_OK(workplace_.writer.run(
            order_.office, [&](storage::Transaction& transaction) -> Result<void> {
                count = {};
                TRY(const Office office, open_office(workplace_, transaction, order_.office));
                ledger::Context context = context_of(office, order_.by, workplace_.clock.now());
                for (const InHand& one : slice) {
                    TRY_OK(assign(transaction, context, one, count));
                }
                return {};
            }));
        out_.entries += count.entries;
        out_.tasks += count.tasks;
        return {};
    }

    // What came in hand meanwhile, and the leaving, in one: nothing is left behind.
    Result<void> finish() {
        HandedOver count;
        TRY_OK(workplace_.writer.run(
            order_.office, [&](storage::Transaction& transaction) -> Result<void> {
                count = {};
                const calendar::Instant now = workplace_.clock.now();
                TRY(const Office office, open_office(workplace_, transaction, order_.office));
                ledger::Context context = context_of(office, order_.by, now);
                for (const InHand& one : in_hand_of(transaction.connection(), office, from_)) {
                    TRY_OK(assign(transaction, context, one, count));
                }
                if (order_.after == After::Leaves) {
                    TRY_OK(leave(transaction, now, count));
                }
                workplace_.accounts.log(
                    transaction,
                    line_by(
                        order_.by, order_.office, access::accesses::kHandOver,
                        fmt::format("{}交接给{}，{}条{}", office.directory.person_name(from_),
                                    office.directory.person_name(to_), out_.entries + count.entries,
                                    order_.after == After::Leaves ? "，离任" : ""),
                        order_.address),
                    now);
                return {};
            }));
        out_.entries += count.entries;
        out_.tasks += count.tasks;
        out_.posts = count.posts;
        out_.account_disabled = count.account_disabled;
        return {};
    }

    Result<void> leave(storage::Transaction& transaction, calendar::Instant now,
                       HandedOver& count) {
        TRY(count.posts,
            workplace_.organisation.end_posts(transaction, {order_.office, order_.by, now}, from_));
        const access::Holder holder{order_.office, from_};
        const auto account = access::Accounts::find(transaction.connection(), holder);
        if (!account || account->disabled) return {};
        TRY_OK(workplace_.accounts.set_disabled(transaction, holder, true, now));
        count.account_disabled = true;
        return {};
    }

    Workplace& workplace_;
    const HandOverOrder& order_;
    bool keeper_ = false;
    PersonId from_;
    PersonId to_;
    HandedOver out_;
};

}  // namespace

Result<HandedOver> hand_over(Workplace& workplace, const HandOverOrder& order) {
    return HandingOver(workplace, order).run();
}

}  // namespace fazhi::action
