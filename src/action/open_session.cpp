#include "action/open_session.h"

#include <algorithm>

#include "storage/transaction.h"

namespace fazhi::action {

bool demands_codes(const AccountOffice& office, const access::Person& person,
                   calendar::Instant now) {
    const access::Actor actor = office.directory.actor(person, calendar::civil_date(now));
    const auto& demanding = office.rules.totp_required_posts;
    return std::any_of(demanding.begin(), demanding.end(),
                       [&](const std::string& post) { return actor.holds(post); });
}

std::string open_session(Workplace& workplace, storage::Transaction& transaction,
                         const AccountOffice& office, const access::Person& person,
                         const Opening& opening) {
    const calendar::Instant now = workplace.clock.now();
    workplace.accounts.add_success(transaction, opening.holder, now);
    std::string token = access::new_token(opening.office_code);
    const auto end = std::min<std::chrono::seconds>(office.rules.idle, office.rules.session);
    workplace.accounts.open_session(transaction,
                                    {.holder = opening.holder,
                                     .token_hash = access::digest_of_token(token),
                                     .created_at = calendar::to_text(now),
                                     .last_seen_at = calendar::to_text(now),
                                     .expires_at = calendar::to_text(now + end),
                                     .agent = opening.agent,
                                     .address = opening.address,
                                     .needs_totp = demands_codes(office, person, now)},
                                    now);
    workplace.accounts.log(
        transaction,
        line_about(opening.holder, access::accesses::kSignIn, opening.reason, opening.address),
        now);
    return token;
}

}  // namespace fazhi::action
