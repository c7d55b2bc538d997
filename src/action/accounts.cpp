#include "action/accounts.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "access/errors.h"
#include "access/permission.h"
#include "action/account_office.h"
#include "ledger/errors.h"
#include "storage/transaction.h"
#include "text/utf8.h"

namespace fazhi::action {
namespace {

using access::Holder;
namespace accesses = access::accesses;

// The office and the person a command is about, once it is known that the actor may.
struct About {
    storage::Transaction& transaction;
    const AccountOffice& office;
    const access::Person& person;
    calendar::Instant now;

    [[nodiscard]] Holder holder() const { return {office.directory.jurisdiction.id, person.id}; }
};

// One command about somebody's account, with its line in the log of the office.
Result<void> about_person(Workplace& workplace, const AccountOrder& order, std::string_view what,
                          const char* done, const std::function<Result<void>(const About&)>& step) {
    return workplace.writer.run(
        order.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const AccountOffice office, account_office(workplace, transaction, order.office));
            TRY_OK(require_keeper(office, order.by, kKeepsAccounts));
            TRY(const access::Person* person, person_of(office.directory, order.person));
            const calendar::Instant now = workplace.clock.now();
            TRY_OK(step({transaction, office, *person, now}));
            workplace.accounts.log(
                transaction,
                line_by(order.by, order.office, what,
                        fmt::format("{}：{}", done, office.login_of(*person)), order.address),
                now);
            return {};
        });
}

Refusal bad_token(std::string message, const char* where) {
    return refuse(ErrorKind::InvalidInput, access::errors::kBadToken, std::move(message), where);
}

bool is_ability(const std::string& word) {
    using access::Ability;
    constexpr std::array kAll = {Ability::View,    Ability::Record, Ability::Move,
                                 Ability::Assign,  Ability::Close,  Ability::Export,
                                 Ability::Publish, Ability::Verify};
    return std::any_of(kAll.begin(), kAll.end(),
                       [&](Ability ability) { return access::to_text(ability) == word; });
}

Result<std::vector<std::string>> checked_ledgers(const AccountOffice& office,
                                                 const std::vector<std::string>& named) {
    std::set<std::string> ids;
    for (const std::string& name : named) {
        const definition::Ledger* ledger =
            office.definitions ? office.definitions->ledger_named(name) : nullptr;
        if (ledger == nullptr) {
            return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchLedger,
                          fmt::format("本单位没有启用台账“{}”。", text::truncated(name, 50)),
                          "ledgers");
        }
        ids.insert(ledger->id);
    }
    return std::vector<std::string>(ids.begin(), ids.end());
}

// Everything of the row but whose it is, its number and its token.
Result<access::TokenRow> checked_token(const AccountOffice& office, const NewToken& wanted,
                                       calendar::Instant now) {
    access::TokenRow row;
    const auto title =
        text::checked_text(text::trimmed(wanted.title), {.length_max = kTokenTitleMax});
    if (!title || title->empty()) {
        return bad_token(fmt::format("请写明令牌作什么用，不超过{}字。", kTokenTitleMax), "title");
    }
    row.title = *title;
    const std::set<std::string> abilities(wanted.abilities.begin(), wanted.abilities.end());
    if (abilities.empty()) return bad_token("请选至少一项权限。", "abilities");
    for (const std::string& ability : abilities) {
        if (!is_ability(ability)) {
            return bad_token(fmt::format("没有“{}”这种权限。", text::truncated(ability, 50)),
                             "abilities");
        }
        row.abilities.push_back(ability);
    }
    TRY(row.ledgers, checked_ledgers(office, wanted.ledgers));
    const auto last = calendar::date_from(wanted.expires_on);
    const calendar::Date today = calendar::civil_date(now);
    if (!last || *last < today || calendar::days_between(today, *last) > kTokenDaysMax) {
        return bad_token(fmt::format("请写明令牌用到哪一天，最长{}天以内。", kTokenDaysMax),
                         "expires_on");
    }
    row.expires_at =
        calendar::to_text(calendar::instant_of({.date = calendar::add_days(*last, 1)}));
    row.created_at = calendar::to_text(now);
    return row;
}

}  // namespace

Result<access::Actor> actor_of(Workplace& workplace, storage::Connection& connection,
                               const access::SignedIn& who) {
    TRY(const auto directory, workplace.directories.find(connection, who.jurisdiction));
    return actor_of(workplace, *directory, who);
}

Result<access::Actor> actor_of(const Workplace& workplace, const access::Directory& directory,
                               const access::SignedIn& who) {
    const access::Person* person = directory.person(who.person);
    if (person == nullptr || person->code.empty()) {
        return refuse(ErrorKind::Unauthenticated, access::errors::kNotSignedIn,
                      "还没有登录，或登录已经失效，请重新登录。");
    }
    access::Actor actor = directory.actor(*person, workplace.clock.today());
    if (who.by_token) actor.token = access::TokenLimits{who.abilities, who.ledgers};
    return actor;
}

Result<FirstPassword> create_account(Workplace& workplace, const AccountOrder& order) {
    FirstPassword out;
    out.password = access::generated_password();
    const std::string hash = access::hash_password(out.password);
    TRY_OK(about_person(
        workplace, order, accesses::kAccount, "建立", [&](const About& about) -> Result<void> {
            out.login = about.office.login_of(about.person);
            out.name = about.person.name;
            return workplace.accounts.create(about.transaction, about.holder(), hash, about.now);
        }));
    return out;
}

Result<FirstPassword> reset_account(Workplace& workplace, const AccountOrder& order, Codes codes) {
    FirstPassword out;
    out.password = access::generated_password();
    const std::string hash = access::hash_password(out.password);
    const char* done = codes == Codes::Remove ? "重置口令并停用动态码" : "重置口令";
    TRY_OK(about_person(
        workplace, order, accesses::kReset, done, [&](const About& about) -> Result<void> {
            out.login = about.office.login_of(about.person);
            out.name = about.person.name;
            const Holder holder = about.holder();
            if (!access::Accounts::find(about.transaction.connection(), holder))
                return workplace.accounts.create(about.transaction, holder, hash, about.now);
            if (codes == Codes::Remove) workplace.accounts.remove_totp(about.transaction, holder);
            return workplace.accounts.reset(about.transaction, holder, hash, about.now);
        }));
    return out;
}

Result<void> disable_account(Workplace& workplace, const AccountOrder& order) {
    return about_person(
        workplace, order, accesses::kAccount, "停用", [&](const About& about) -> Result<void> {
            const bool own =
                order.by.person == about.person.id && order.by.jurisdiction == order.office;
            if (own) {
                return refuse(ErrorKind::RefusedByRule, errors::kOwnAccount,
                              "不能停用本人的账号，请由同岗位的另一人办理。", "person");
            }
            return workplace.accounts.set_disabled(about.transaction, about.holder(), true,
                                                   about.now);
        });
}

Result<void> enable_account(Workplace& workplace, const AccountOrder& order) {
    return about_person(workplace, order, accesses::kAccount, "启用",
                        [&](const About& about) -> Result<void> {
                            return workplace.accounts.set_disabled(
                                about.transaction, about.holder(), false, about.now);
                        });
}

Result<std::vector<FirstPassword>> create_missing_accounts(Workplace& workplace,
                                                           const AccountOrder& order) {
    struct Made {
        PersonId person;
        FirstPassword first;
        std::string hash;
    };
    std::vector<Made> made;
    {
        const auto connection = workplace.database.reading();
        TRY(const AccountOffice office, account_office(workplace, *connection, order.office));
        TRY_OK(require_keeper(office, order.by, kKeepsAccounts));
        std::set<std::int64_t> have;
        for (const access::Account& account : access::Accounts::all(*connection, order.office)) {
            have.insert(account.holder.person.value);
        }
        for (const access::Person& person : office.directory.persons) {
            if (person.code.empty() || have.count(person.id.value) > 0) continue;
            made.push_back({person.id, {office.login_of(person), person.name, {}}, {}});
        }
    }
    for (Made& each : made) {
        each.first.password = access::generated_password();
        each.hash = access::hash_password(each.first.password);
    }
    std::vector<FirstPassword> out;
    TRY_OK(
        workplace.writer.run(order.office, [&](storage::Transaction& transaction) -> Result<void> {
            out.clear();
            const calendar::Instant now = workplace.clock.now();
            for (const Made& each : made) {
                // Somebody else may have made it meanwhile.
                if (!workplace.accounts.create(transaction, {order.office, each.person}, each.hash,
                                               now))
                    continue;
                workplace.accounts.log(transaction,
                                       line_by(order.by, order.office, accesses::kAccount,
                                               "建立：" + each.first.login, order.address),
                                       now);
                out.push_back(each.first);
            }
            return {};
        }));
    return out;
}

Result<std::vector<AccountLine>> list_accounts(Workplace& workplace,
                                               storage::Connection& connection,
                                               const AccountOrder& order) {
    TRY(const AccountOffice office, account_office(workplace, connection, order.office));
    TRY_OK(require_keeper(office, order.by, kKeepsAccounts));
    const calendar::Instant now = workplace.clock.now();
    const std::vector<access::Account> accounts = access::Accounts::all(connection, order.office);
    std::vector<AccountLine> out;
    auto next = accounts.begin();
    for (const access::Person& person : office.directory.persons) {
        while (next != accounts.end() && next->holder.person < person.id) ++next;
        if (person.code.empty()) continue;
        AccountLine line{.person = person.id,
                         .login = office.login_of(person),
                         .name = person.name,
                         .unit = person.unit};
        if (next != accounts.end() && next->holder.person == person.id) {
            line.has_account = true;
            line.disabled = next->disabled;
            line.must_change = next->must_change;
            line.totp = next->totp_confirmed;
            if (next->is_locked(now)) line.locked_until = next->locked_until;
            line.created_at = next->created_at;
            line.signed_in_at = next->signed_in_at;
        }
        out.push_back(std::move(line));
    }
    return out;
}

Result<MadeToken> create_token(Workplace& workplace, const access::SignedIn& who,
                               const NewToken& wanted) {
    TRY_OK(require_person_here(who));
    MadeToken out;
    TRY_OK(workplace.writer.run(
        who.jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            const calendar::Instant now = workplace.clock.now();
            const Holder holder{who.jurisdiction, who.person};
            TRY(const AccountOffice office,
                account_office(workplace, transaction, who.jurisdiction));
            TRY(access::TokenRow row, checked_token(office, wanted, now));
            const auto account = access::Accounts::find(transaction.connection(), holder);
            if (!account || account->disabled) {
                return refuse(ErrorKind::NotFound, access::errors::kNoSuchAccount,
                              "还没有账号，或账号已停用，不能设访问令牌。");
            }
            out.token = access::new_token(office.directory.jurisdiction.code);
            out.expires_at = row.expires_at;
            row.holder = holder;
            row.token_hash = access::digest_of_token(out.token);
            TRY(out.id, workplace.accounts.add_token(transaction, row, now));
            workplace.accounts.log(transaction,
                                   line_about(holder, accesses::kToken,
                                              fmt::format("设第{}号：{}", out.id, row.title)),
                                   now);
            return {};
        }));
    return out;
}

Result<std::vector<OwnToken>> list_tokens(Workplace& workplace, storage::Connection& connection,
                                          const access::SignedIn& who) {
    TRY_OK(require_person_here(who));
    std::vector<OwnToken> out;
    for (const access::TokenRow& row :
         access::Accounts::tokens(connection, {who.jurisdiction, who.person})) {
        out.push_back({.id = row.id,
                       .title = row.title,
                       .abilities = row.abilities,
                       .ledgers = row.ledgers,
                       .created_at = row.created_at,
                       .expires_at = row.expires_at,
                       .last_used_at = row.last_used_at,
                       .revoked_at = row.revoked_at,
                       .in_force = row.is_in_force(workplace.clock.now())});
    }
    return out;
}

Result<void> revoke_token(Workplace& workplace, const access::SignedIn& who, std::int64_t id) {
    TRY_OK(require_person_here(who));
    return workplace.writer.run(
        who.jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            const Holder holder{who.jurisdiction, who.person};
            const calendar::Instant now = workplace.clock.now();
            TRY_OK(workplace.accounts.revoke_token(transaction, holder, id, now));
            workplace.accounts.log(
                transaction, line_about(holder, accesses::kToken, fmt::format("收回第{}号", id)),
                now);
            return {};
        });
}

void log_access(Workplace& workplace, storage::Transaction& transaction,
                const access::AccessLine& line) {
    workplace.accounts.log(transaction, line, workplace.clock.now());
}

Result<void> record_access(Workplace& workplace, const access::AccessLine& line) {
    return workplace.writer.run(line.jurisdiction,
                                [&](storage::Transaction& transaction) -> Result<void> {
                                    log_access(workplace, transaction, line);
                                    return {};
                                });
}

Result<AccessPage> list_access(Workplace& workplace, const access::Actor& by, JurisdictionId where,
                               const access::AccessQuery& query) {
    const auto bad = [](std::string message, const char* at) {
        return refuse(ErrorKind::InvalidInput, errors::kBadAccessQuery, std::move(message), at);
    };
    const auto is_day = [](const std::string& day) {
        return day.empty() || calendar::date_from(day).has_value();
    };
    if (!is_day(query.from_on)) return bad("日期应写成 2024-01-01 的样子。", "from_on");
    if (!is_day(query.until_on)) return bad("日期应写成 2024-01-01 的样子。", "until_on");
    const bool is_cursor = query.before_at.empty() || calendar::parse_instant(query.before_at);
    if (!is_cursor) return bad("翻页的位置不对，请从第一页看起。", "before_at");
    if (!text::valid_utf8(query.what)) return bad("没有这一类。", "what");
    if (query.limit < 1 || query.limit > access::kAccessLinesMax) {
        return bad(fmt::format("一次列1到{}条。", access::kAccessLinesMax), "limit");
    }
    AccessPage page;
    {
        const auto connection = workplace.database.reading();
        TRY(const AccountOffice office, account_office(workplace, *connection, where));
        TRY_OK(require_keeper(office, by,
                              {"access_log_post", errors::kNotAccessLogPost, "查看访问日志"}));
        access::AccessQuery more = query;
        more.limit += 1;
        page.lines = access::Accounts::lines(*connection, where, more);
    }
    page.more = static_cast<int>(page.lines.size()) > query.limit;
    if (page.more) page.lines.pop_back();
    TRY_OK(record_access(workplace, line_by(by, where, accesses::kLog, "查看")));
    return page;
}

Result<std::size_t> shorten_access_log(Workplace& workplace, JurisdictionId where) {
    std::size_t removed = 0;
    TRY_OK(workplace.writer.run(where, [&](storage::Transaction& transaction) -> Result<void> {
        const calendar::Instant now = workplace.clock.now();
        TRY(const AccountOffice office, account_office(workplace, transaction, where));
        removed = workplace.accounts.shorten_log(
            transaction, where, access::access_log_cutoff(office.rules.access_log_kept, now));
        if (removed == 0) return {};
        workplace.accounts.log(transaction,
                               line_by(access::system_actor(where), where, accesses::kLog,
                                       fmt::format("期满清理{}条", removed)),
                               now);
        return {};
    }));
    return removed;
}

}  // namespace fazhi::action
